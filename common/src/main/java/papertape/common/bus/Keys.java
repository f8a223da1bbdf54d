package papertape.common.bus;

import papertape.common.message.Channel;

/**
 * Every key and channel name, built here and nowhere else. In a cluster a cell's keys share one slot through the hash tag
 * around the cell's name, so that a commit stays one script.
 *
 * @param prefix namespace, and the cell in braces where there is one
 */
public record Keys(String prefix) {
    public static Keys of(String namespace) {
        return new Keys(namespace);
    }

    public static Keys of(String namespace, String cell) {
        return new Keys(namespace + "{" + cell + "}:");
    }

    /** Pub/sub channel of a partition, {@code pt:ticks.3}. */
    public String channel(Channel channel, int partition) {
        return prefix + channel.text() + "." + partition;
    }

    /** Pub/sub channel without a partition, {@code pt:signals}: the front door, or a plain channel. */
    public String channel(Channel channel) {
        return prefix + channel.text();
    }

    /** Stream that holds a partition's frames. */
    public String journal(Channel channel, int partition) {
        return prefix + "journal:" + channel.text() + "." + partition;
    }

    /** Hash: for each {@code channel.partition} the sequence number of its last message. */
    public String sequences() {
        return prefix + "seq";
    }

    /** Hash: a task's epoch, how many messages it has sent, and its offset in each input channel. */
    public String task(String stage, int partition) {
        return prefix + "task:" + stage + "." + partition;
    }

    /** Hash: a task's state entries, {@code table|key}. */
    public String state(String stage, int partition) {
        return prefix + "state:" + stage + "." + partition;
    }

    /** String with a time to live: the worker that owns a task. */
    public String lease(String stage, int partition) {
        return prefix + "lease:" + stage + "." + partition;
    }

    /** Sorted set: a stage's workers by the server time in milliseconds at which they count as gone. */
    public String workers(String stage) {
        return prefix + "workers:" + stage;
    }

    /** Pub/sub channel that tells a stage's workers that tasks have become free or a worker has joined. */
    public String rebalance(String stage) {
        return prefix + "rebalance:" + stage;
    }

    /** Set: the stages that read a channel and hold up the trimming of its journals. */
    public String consumers(Channel channel) {
        return prefix + "consumers:" + channel.text();
    }

    /** Hash: what each worker says of itself, as JSON, by {@code stage/worker}. */
    public String stats() {
        return prefix + "stats";
    }

    /** Hash: last value of a plain channel by key, for those who join late. */
    public String last(Channel channel) {
        return prefix + "last:" + channel.text();
    }

    /** Hash: how many workers each stage is to have, by its name; the supervisor keeps them to it. */
    public String scale() {
        return prefix + "scale";
    }

    /** Hash of instrument to mark: the latest marks before the step of a run in lockstep that is under way. */
    public String stepMarks() {
        return prefix + "step:marks";
    }

    /** Hash with a time to live: the supervisor that starts and stops the workers. */
    public String supervisor() {
        return prefix + "supervisor";
    }

    /** Text and pub/sub channel: the step of a run in lockstep that is under way. */
    public String step() {
        return prefix + "step";
    }

    /** Hash: what must not change during the life of the data, such as the number of partitions. */
    public String meta() {
        return prefix + "meta";
    }
}
