package papertape.common.runtime;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import papertape.common.bus.Bus;
import papertape.common.message.Channel;

/**
 * Leads a run in lockstep, from the feed's side: begins a step when the one before is done and something new has been
 * published, and says when everything is at rest. Several feed workers may each have one: a step's number is given out
 * once, and as nothing moves between two steps they agree on what belongs to it. Used by one thread.
 */
final class Conductor {
    /** Environment variable with the stages that keep step, separated by commas; without it nobody does. */
    private static final String STAGES = "PAPERTAPE_LOCKSTEP";

    private static final long REPEAT_NS = 20_000_000;

    private final int partitions;
    private final List<String> stages;
    private Map<Channel, Set<String>> consumers = Map.of();
    private long lastSaid;

    private Conductor(int partitions, List<String> stages) {
        this.partitions = partitions;
        this.stages = stages;
    }

    static boolean isWanted(Map<String, String> environment) {
        return !environment.getOrDefault(STAGES, "").isBlank();
    }

    static Conductor of(Map<String, String> environment, int partitions) {
        return new Conductor(
                partitions, List.of(environment.getOrDefault(STAGES, "").split(",")));
    }

    /** How many raw messages have been handled with all that followed from them; -1 while something is still moving. */
    long rest(Bus bus) {
        if (!knowsConsumers(bus)) {
            return -1;
        }
        Map<String, String> steps = bus.redis().hash(bus.keys().step());
        long current = steps.keySet().stream().mapToLong(Long::parseLong).max().orElse(0);
        Map<String, List<Map<String, Long>>> tasks = new HashMap<>();
        for (String stage : stages) {
            List<Map<String, Long>> numbers = bus.tasks(stage, partitions);
            if (numbers.stream().anyMatch(task -> task.getOrDefault(Step.FIELD, 0L) < current)) {
                say(bus, steps.getOrDefault(Long.toString(current), ""));
                return -1;
            }
            tasks.put(stage, numbers);
        }
        // read after the offsets, so that nothing newer than they are can hide
        Map<String, Long> sequences = bus.sequences();
        if (isBehind(tasks, sequences)) {
            begin(bus, new Step(current + 1, sequences));
            return -1;
        }
        return sequences.entrySet().stream()
                .filter(each -> each.getKey().startsWith(Channel.RAW.text() + "."))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private boolean knowsConsumers(Bus bus) {
        if (!consumers.isEmpty()) {
            return true;
        }
        Map<Channel, Set<String>> found = new EnumMap<>(Channel.class);
        Set<String> missing = new TreeSet<>(stages);
        for (Channel channel : Channel.values()) {
            Set<String> all = bus.consumers(channel);
            all.retainAll(stages);
            missing.removeAll(all);
            if (!all.isEmpty()) {
                found.put(channel, all);
            }
        }
        if (missing.isEmpty()) {
            consumers = found;
        }
        return missing.isEmpty();
    }

    private boolean isBehind(Map<String, List<Map<String, Long>>> tasks, Map<String, Long> sequences) {
        for (Map.Entry<Channel, Set<String>> each : consumers.entrySet()) {
            String channel = each.getKey().text();
            for (String stage : each.getValue()) {
                List<Map<String, Long>> numbers = tasks.getOrDefault(stage, List.of());
                for (int p = 0; p < partitions; p++) {
                    long last = sequences.getOrDefault(channel + "." + p, 0L);
                    if (last > numbers.get(p).getOrDefault(channel, 0L)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void begin(Bus bus, Step step) {
        String number = Long.toString(step.number());
        bus.redis().call("HSETNX", bus.keys().step(), number, step.text());
        List<String> old = new ArrayList<>();
        for (String each : bus.redis().hash(bus.keys().step()).keySet()) {
            if (Long.parseLong(each) < step.number() - 1) {
                old.add(each);
            }
        }
        old.forEach(each -> bus.redis().call("HDEL", bus.keys().step(), each));
        lastSaid = 0;
        say(bus, step.text());
    }

    /** Says it, and again from time to time: who has just taken a task over has not heard it. */
    private void say(Bus bus, String step) {
        long now = System.nanoTime();
        if (lastSaid == 0 || now - lastSaid > REPEAT_NS) {
            lastSaid = now;
            bus.redis().call("PUBLISH", bus.keys().step(), step);
        }
    }
}
