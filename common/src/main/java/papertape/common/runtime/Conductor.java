package papertape.common.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Bus;
import papertape.common.bus.Bus.TaskNumber;
import papertape.common.message.Channel;

/**
 * Leads a run in lockstep, from the feed's side: begins a step when the one before is done and something new has been
 * published, and says when everything is at rest. Each feed worker has one: a step's number is given out once, and as nothing
 * moves between two steps they agree on what belongs to it. Used by one thread.
 */
final class Conductor {
    /** Environment variable with the stages that keep step, separated by commas; absent: the run is not in lockstep. */
    private static final String STAGES = "PAPERTAPE_LOCKSTEP";

    private static final long REPEAT_NS = 20_000_000;
    private static final Step NONE = new Step(0, Map.of());

    /**
     * Nothing moves.
     *
     * @param sent how many messages each partition of the source has sent in its life
     * @param isBehind whether something was published that a stage has not read: the next step can begin
     */
    record Rest(long[] sent, boolean isBehind) {}

    private final int partitions;
    private final List<String> stages;
    private final List<TaskNumber> sources;
    /** Every offset of every task that keeps step, and how far each was known to be. */
    private List<TaskNumber> offsets = List.of();

    private long[] known = {};
    private Map<String, Long> sequences = Map.of();
    private @Nullable Step current;
    /** Indexes of the offsets that the current step still waits for. */
    private List<Integer> open = List.of();

    private long lastSaid;

    private Conductor(String source, int partitions, List<String> stages) {
        this.partitions = partitions;
        this.stages = stages;
        this.sources = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            sources.add(new TaskNumber(source, p, "out"));
        }
    }

    static boolean isWanted(Map<String, String> environment) {
        return !environment.getOrDefault(STAGES, "").isBlank();
    }

    /** @param source the stage that publishes what the steps begin with */
    static Conductor of(String source, Map<String, String> environment, int partitions) {
        return new Conductor(
                source, partitions, List.of(environment.getOrDefault(STAGES, "").split(",")));
    }

    /** Null while something is still moving. */
    @Nullable
    Rest rest(Bus bus) {
        if (!knowsConsumers(bus)) {
            return null;
        }
        Step step = current;
        if (step == null) {
            String text = bus.step();
            step = text == null ? NONE : Step.of(text);
            enter(step);
        }
        if (!isDone(bus)) {
            repeat(bus, step);
            return null;
        }
        // read before the sequences: a step that begins now has all of what the source is known to have sent
        long[] sent = bus.numbers(sources);
        sequences = bus.sequences();
        refresh(bus);
        boolean isBehind = !news().isEmpty();
        // another worker's conductor may have begun a step: then a task may have read and sent on between the two looks
        if (!isBehind && !bus.sequences().equals(sequences)) {
            return null;
        }
        return new Rest(sent, isBehind);
    }

    /** Other workers' conductors may have led steps since this one looked: what seems to be behind may have been read. */
    private void refresh(Bus bus) {
        List<Integer> behind = new ArrayList<>();
        for (int i = 0; i < known.length; i++) {
            if (sequences.getOrDefault(nameOf(offsets.get(i)), 0L) > known[i]) {
                behind.add(i);
            }
        }
        long[] now = behind.isEmpty()
                ? new long[0]
                : bus.numbers(behind.stream().map(offsets::get).toList());
        for (int i = 0; i < now.length; i++) {
            known[behind.get(i)] = now[i];
        }
    }

    /** Begins the next step with all that has been published. To be called at rest, when something is behind. */
    void begin(Bus bus) {
        long number = current == null ? 1 : current.number() + 1;
        String text = bus.beginStep(number, new Step(number, news()).text());
        enter(Step.of(text));
    }

    private void enter(Step step) {
        current = step;
        open = new ArrayList<>();
        for (int i = 0; i < known.length; i++) {
            if (known[i] < step.limit(nameOf(offsets.get(i)))) {
                open.add(i);
            }
        }
        lastSaid = System.nanoTime();
    }

    private boolean isDone(Bus bus) {
        if (open.isEmpty()) {
            return true;
        }
        List<TaskNumber> asked = open.stream().map(offsets::get).toList();
        long[] now = bus.numbers(asked);
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < now.length; i++) {
            known[open.get(i)] = now[i];
            if (now[i] < step().limit(nameOf(asked.get(i)))) {
                left.add(open.get(i));
            }
        }
        open = left;
        return open.isEmpty();
    }

    private Step step() {
        return current == null ? NONE : current;
    }

    /** Where something has been published that a stage has not read. */
    private Map<String, Long> news() {
        Map<String, Long> news = new TreeMap<>();
        for (int i = 0; i < known.length; i++) {
            String name = nameOf(offsets.get(i));
            long last = sequences.getOrDefault(name, 0L);
            if (last > known[i]) {
                news.put(name, last);
            }
        }
        return news;
    }

    private static String nameOf(TaskNumber offset) {
        return offset.name() + "." + offset.partition();
    }

    /** A stage registers at once for all channels that it reads, so a second look finds all of them. */
    private boolean knowsConsumers(Bus bus) {
        if (offsets.isEmpty() && areRegistered(bus)) {
            offsets = registered(bus);
            known = bus.numbers(offsets);
        }
        return !offsets.isEmpty();
    }

    private boolean areRegistered(Bus bus) {
        Set<String> missing = new TreeSet<>(stages);
        for (Channel channel : Channel.values()) {
            missing.removeAll(bus.consumers(channel));
        }
        return missing.isEmpty();
    }

    private List<TaskNumber> registered(Bus bus) {
        List<TaskNumber> found = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            Set<String> consumers = bus.consumers(channel);
            consumers.retainAll(stages);
            for (String stage : consumers) {
                for (int p = 0; p < partitions; p++) {
                    found.add(new TaskNumber(stage, p, channel.text()));
                }
            }
        }
        return found;
    }

    /** Says it again from time to time: a worker that has just taken a task over has not heard it. */
    private void repeat(Bus bus, Step step) {
        long now = System.nanoTime();
        if (now - lastSaid > REPEAT_NS) {
            lastSaid = now;
            bus.repeatStep(step.text());
        }
    }

    @Override
    public String toString() {
        return step().text() + " of " + Arrays.toString(known);
    }
}
