package papertape.common.config;

/**
 * The bus.
 *
 * @param namespace what every key and channel begins with
 * @param partitions of every channel; fixed for the life of the data
 * @param leaseMs how long a worker that says nothing keeps its tasks
 * @param journalTail messages kept a partition after every consumer has read them
 * @param maxFrameBytes largest message and largest frame
 * @param maxBatch most messages of a channel that a task handles between two commits; a sink's: four times as many
 * @param maxClientSkewMs how far the {@code ts} of a message at a front door may be from the market's time
 * @param maxLag the stack's worst lag, in messages of a partition, at which a replay or simulation is slowed down
 */
public record BusSettings(
        String namespace,
        int partitions,
        int leaseMs,
        int journalTail,
        int maxFrameBytes,
        int maxBatch,
        int maxClientSkewMs,
        int maxLag) {}
