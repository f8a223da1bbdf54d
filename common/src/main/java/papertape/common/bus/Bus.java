package papertape.common.bus;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Channel;
import redis.clients.jedis.Protocol;

/** What a worker asks of Redis: leases, commits, offsets, lag. Used by one thread. */
public final class Bus {
    /** Field of the hash of what does not change. */
    private static final String STACK = "stack";

    private static final String CLOCKS = "clocks:";

    private final Redis redis;
    private final Keys keys;
    private final Journal journal;

    public Bus(Redis redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
        this.journal = new Journal(redis, keys);
    }

    public Journal journal() {
        return journal;
    }

    public Keys keys() {
        return keys;
    }

    public Redis redis() {
        return redis;
    }

    /**
     * Checks a number that must stay the same for the life of the data, and sets it at the first start.
     *
     * @throws IllegalStateException when it was something else
     */
    public void agreeOn(String name, long value) {
        redis.call("HSETNX", keys.meta(), name, Long.toString(value));
        String found = redis.hash(keys.meta()).get(name);
        if (!Long.toString(value).equals(found)) {
            throw new IllegalStateException("the data in redis has " + name + " " + found + ", the configuration "
                    + value + "; it cannot be changed for existing data");
        }
    }

    /** The id of the stack whose data Redis holds; empty where it has none yet. */
    public String stackId() {
        Object found = redis.call("HGET", keys.meta(), STACK);
        return found == null ? "" : Redis.text((byte[]) found);
    }

    /**
     * Makes the data a stack's where they are nobody's.
     *
     * @param id empty: a new one
     * @return the id that stands, which may be another stack's
     */
    public String claim(String id) {
        String wanted = id.isEmpty()
                ? HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong())
                : id;
        redis.call("HSETNX", keys.meta(), STACK, wanted);
        return stackId();
    }

    /** Says which channels a stage reads: all of them at once, so that nobody sees a part. */
    public void registerConsumer(String stage, List<Channel> channels) {
        if (channels.isEmpty()) {
            return;
        }
        List<byte[]> keysAndArgs = new ArrayList<>();
        channels.forEach(channel -> keysAndArgs.add(Redis.bytes(keys.consumers(channel))));
        keysAndArgs.add(Redis.bytes(stage));
        redis.eval(Scripts.REGISTER, channels.size(), keysAndArgs);
    }

    public Set<String> consumers(Channel channel) {
        Set<String> stages = new TreeSet<>();
        for (Object each : (List<?>) Objects.requireNonNull(redis.call("SMEMBERS", keys.consumers(channel)))) {
            stages.add(Redis.text((byte[]) each));
        }
        return stages;
    }

    /** The task's numbers with its new epoch, or null when another worker owns the task. */
    public @Nullable Map<String, Long> acquire(String stage, int partition, String worker, int leaseMs) {
        Object reply = redis.eval(
                Scripts.ACQUIRE,
                2,
                args(keys.lease(stage, partition), keys.task(stage, partition), worker, Integer.toString(leaseMs)));
        return reply == null ? null : numbers(Redis.pairs(reply));
    }

    /** What a renewal tells: who lives, and which of the worker's tasks are lost. */
    public record Renewal(List<String> workers, List<Integer> lost) {}

    /** @param epochs the tasks that the worker owns and their epochs, by partition */
    public Renewal renew(String stage, String worker, int leaseMs, Map<Integer, Long> epochs) {
        List<byte[]> keysAndArgs = args(keys.workers(stage));
        List<Integer> partitions = new ArrayList<>(epochs.keySet());
        for (int partition : partitions) {
            keysAndArgs.addAll(args(keys.lease(stage, partition), keys.task(stage, partition)));
        }
        int keyCount = keysAndArgs.size();
        keysAndArgs.addAll(args(worker, Integer.toString(leaseMs), keys.rebalance(stage)));
        for (int partition : partitions) {
            keysAndArgs.add(Redis.bytes(Long.toString(Objects.requireNonNull(epochs.get(partition)))));
        }
        List<?> reply = (List<?>) Objects.requireNonNull(redis.eval(Scripts.RENEW, keyCount, keysAndArgs));
        List<String> workers = new ArrayList<>();
        for (Object each : (List<?>) reply.get(0)) {
            workers.add(Redis.text((byte[]) each));
        }
        List<Integer> lost = new ArrayList<>();
        for (int i = 0; i < partitions.size(); i++) {
            if ((Long) ((List<?>) reply.get(1)).get(i) == 0) {
                lost.add(partitions.get(i));
            }
        }
        return new Renewal(workers.stream().sorted().toList(), lost);
    }

    public void release(String stage, int partition, String worker) {
        redis.eval(Scripts.RELEASE, 1, args(keys.lease(stage, partition), worker, keys.rebalance(stage)));
    }

    public void leave(String stage, String worker) {
        redis.eval(Scripts.LEAVE, 1, args(keys.workers(stage), worker, keys.rebalance(stage)));
    }

    /**
     * Commits several tasks' progress in one round trip, each by itself.
     *
     * @return for each commit null when it was done, otherwise why not
     * @throws Redis.Unavailable when the connection broke: each of them may or may not have been done
     */
    public List<Redis.@Nullable Refused> commit(List<Commit> commits) {
        for (Commit commit : commits) {
            redis.sendEval(Scripts.COMMIT, commit.keyCount(), commit.keysAndArgs());
        }
        List<Object> replies = redis.replies();
        List<Redis.@Nullable Refused> result = new ArrayList<>(commits.size());
        for (int i = 0; i < commits.size(); i++) {
            result.add(replies.get(i) instanceof Redis.Refused no ? again(commits.get(i), no) : null);
        }
        return result;
    }

    /** A script that Redis has forgotten changed nothing: load it and run it once more. */
    private Redis.@Nullable Refused again(Commit commit, Redis.Refused no) {
        if (!no.isNoScript()) {
            return no;
        }
        try {
            redis.eval(Scripts.COMMIT, commit.keyCount(), commit.keysAndArgs());
            return null;
        } catch (Redis.Refused e) {
            return e;
        }
    }

    /** Number of the last message of every partition, by {@code channel.partition}. */
    public Map<String, Long> sequences() {
        return numbered().messages();
    }

    /** What has been numbered, as of one moment. */
    public Numbered numbered() {
        Map<String, Long> messages = new TreeMap<>();
        Map<String, Long> clocks = new TreeMap<>();
        numbers(redis.rawHash(keys.sequences())).forEach((name, number) -> {
            if (name.startsWith(CLOCKS)) {
                clocks.put(name.substring(CLOCKS.length()), number);
            } else {
                messages.put(name, number);
            }
        });
        return new Numbered(messages, clocks);
    }

    /**
     * By {@code channel.partition}.
     *
     * @param messages number of the last message
     * @param clocks how many of the messages are clocks
     */
    public record Numbered(Map<String, Long> messages, Map<String, Long> clocks) {
        /** How many messages other than clocks there are; partitions without any are left out. */
        public Map<String, Long> withoutClocks() {
            Map<String, Long> counts = new TreeMap<>();
            messages.forEach((name, last) -> {
                long count = last - clocks.getOrDefault(name, 0L);
                if (count > 0) {
                    counts.put(name, count);
                }
            });
            return counts;
        }
    }

    /** A task's epoch, count of messages sent and offsets. */
    public Map<String, Long> task(String stage, int partition) {
        return numbers(redis.rawHash(keys.task(stage, partition)));
    }

    /** Begins a step of a run in lockstep, if its number is the next one; returns the text of the step that holds now. */
    public String beginStep(long number, String text) {
        Object now = redis.eval(
                Scripts.STEP,
                3,
                args(keys.step(), keys.last(Channel.MARKS), keys.stepMarks(), Long.toString(number), text));
        return Redis.text((byte[]) Objects.requireNonNull(now));
    }

    /** Tells the step that is under way once more, for those who have just taken a task over. */
    public void repeatStep(String text) {
        redis.call("PUBLISH", keys.step(), text);
    }

    /** The step of a run in lockstep that was begun last; null before the first. */
    public @Nullable String step() {
        Object text = redis.call("GET", keys.step());
        return text == null ? null : Redis.text((byte[]) text);
    }

    /** One number of each of several tasks, 0 where it has none, in one round trip. */
    public long[] numbers(List<TaskNumber> wanted) {
        for (TaskNumber each : wanted) {
            redis.send(
                    Protocol.Command.HGET,
                    Redis.bytes(keys.task(each.stage(), each.partition())),
                    Redis.bytes(each.name()));
        }
        List<Object> replies = redis.replies();
        long[] numbers = new long[wanted.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = replies.get(i) instanceof byte[] text ? Long.parseLong(Redis.text(text)) : 0;
        }
        return numbers;
    }

    /** Names a number of a task: an offset by its channel, or {@code out}, how many messages it has sent. */
    public record TaskNumber(String stage, int partition, String name) {}

    /** For each of a stage's partitions its task's numbers, in one round trip. */
    public List<Map<String, Long>> tasks(String stage, int partitions) {
        for (int p = 0; p < partitions; p++) {
            redis.send(Protocol.Command.HGETALL, Redis.bytes(keys.task(stage, p)));
        }
        List<Map<String, Long>> result = new ArrayList<>();
        for (Object reply : redis.replies()) {
            result.add(numbers(Redis.pairs(reply)));
        }
        return result;
    }

    /** Who owns each of a stage's partitions; empty text where nobody does. */
    public List<String> owners(String stage, int partitions) {
        for (int p = 0; p < partitions; p++) {
            redis.send(Protocol.Command.GET, Redis.bytes(keys.lease(stage, p)));
        }
        List<String> result = new ArrayList<>();
        for (Object reply : redis.replies()) {
            result.add(reply == null ? "" : Redis.text((byte[]) reply));
        }
        return result;
    }

    /** A stage's living workers, as they were when one of them last renewed its leases. */
    public List<String> workers(String stage) {
        List<String> workers = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(redis.call("ZRANGE", keys.workers(stage), "0", "-1"))) {
            workers.add(Redis.text((byte[]) each));
        }
        return workers;
    }

    /** The largest number of messages that any registered consumer is behind in one partition. */
    public long worstLag(Map<Channel, Set<String>> consumers, int partitions) {
        List<byte[]> allKeys = args(keys.sequences());
        List<byte[]> args = new ArrayList<>();
        consumers.forEach((channel, stages) -> {
            for (String stage : stages) {
                for (int p = 0; p < partitions; p++) {
                    allKeys.add(Redis.bytes(keys.task(stage, p)));
                    args.add(Redis.bytes(channel.text()));
                    args.add(Redis.bytes(channel.text() + "." + p));
                }
            }
        });
        int count = allKeys.size();
        allKeys.addAll(args);
        return (Long) Objects.requireNonNull(redis.eval(Scripts.LAG, count, allKeys));
    }

    private static Map<String, Long> numbers(Map<String, byte[]> fields) {
        Map<String, Long> result = new TreeMap<>();
        fields.forEach((name, value) -> result.put(name, Long.parseLong(Redis.text(value))));
        return result;
    }

    private static List<byte[]> args(String... texts) {
        List<byte[]> result = new ArrayList<>();
        for (String text : texts) {
            result.add(Redis.bytes(text));
        }
        return result;
    }
}
