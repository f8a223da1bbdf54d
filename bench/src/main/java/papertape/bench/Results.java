package papertape.bench;

import java.util.List;
import java.util.SortedMap;

/** What a benchmark found; its JSON form is the file that it writes. */
record Results(
        String date,
        String machine,
        String java,
        boolean quick,
        List<Speed> throughput,
        List<Delays> delays,
        List<Scaling> scaling,
        List<Start> start,
        List<Bare> baseline,
        List<Overhead> overhead,
        List<Stored> database,
        List<Grown> growth,
        List<String> failures) {
    /**
     * A run at full speed.
     *
     * @param workers of stages that have more than one
     * @param raw market messages
     * @param all messages on all channels
     * @param perSecond market messages a second when warm, until all was drained
     * @param perSecondCold the same from the first message on
     * @param cpuMicros of each process for one market message, when warm
     * @param compilerMicros of the just-in-time compilers, in the above
     * @param residentMb of each process at the end
     * @param redisBytes that Redis holds for one market message and all that follows from it
     * @param textBytes of a message on any channel, on average
     * @param lost numbers missing in a journal, rows missing in the database, trades of the venue that are on no channel
     * @param duplicated numbers that a journal has twice, trades that are twice on the channel
     * @param problems whatever else the audit found, in words
     * @param slowest stage that was furthest behind on average, persistence aside
     */
    record Speed(
            SortedMap<String, Integer> workers,
            long raw,
            long all,
            double perSecond,
            double perSecondCold,
            SortedMap<String, Double> cpuMicros,
            double compilerMicros,
            SortedMap<String, Double> residentMb,
            double redisBytes,
            double textBytes,
            long lost,
            long duplicated,
            List<String> problems,
            String slowest,
            List<Moment> moments) {
        double cpuSum() {
            return cpuMicros.values().stream().mapToDouble(Double::doubleValue).sum();
        }

        /** Messages on all channels a second, when warm. */
        double allPerSecond() {
            return perSecond * all / raw;
        }

        boolean holds() {
            return lost == 0 && duplicated == 0 && problems.isEmpty();
        }
    }

    /** @param second since the first message */
    record Moment(double second, long raw, SortedMap<String, Long> lag) {}

    /**
     * Delays at a rate.
     *
     * @param to what was waited for: tick, signal, approved, fill
     * @param from receive: when the feed received the market message; intended: when the venue was to send it
     */
    record Delays(
            int perSecond, String from, String to, long samples, double p50, double p99, double p999, double max) {}

    /** A stage that takes a millisecond a message. */
    record Scaling(int workers, double perSecond) {}

    /**
     * From the command to the first fill; memory a little later.
     *
     * @param sumMb of the processes' resident memory
     * @param sharedOnceMb the same with pages that several processes share counted once
     */
    record Start(double firstFillSeconds, SortedMap<String, Double> residentMb, double sumMb, double sharedOnceMb) {}

    /** What the machine does without the stack. */
    record Bare(String what, double perSecond, double megabytesPerSecond) {}

    /**
     * What a row costs the database's server.
     *
     * @param rows of a batch
     * @param overlapMicros by which each batch begins before the one before it has ended; 0: in order
     */
    record Stored(int rows, int overlapMicros, double cpuMicros) {}

    /**
     * What the journal and the atomic commit cost over a bare PUBLISH of the same frames.
     *
     * @param messages in a frame
     * @param publish frames a second
     * @param commit frames a second
     * @param publishCpuMicros of Redis for one frame
     * @param commitCpuMicros of Redis for one frame
     */
    record Overhead(int messages, double publish, double commit, double publishCpuMicros, double commitCpuMicros) {
        double times() {
            return publish / commit;
        }
    }

    /**
     * What a market message costs with so many of something.
     *
     * @param of what there is more and more of
     * @param perSecond market messages that the feed published
     * @param cpuMicros of each stage and server for one market message
     * @param compilerMicros of the just-in-time compilers, in the above
     * @param tickP50 milliseconds from when the venue was to send until the tick was seen; the others alike
     * @param fills how many were seen
     */
    record Grown(
            String of,
            int size,
            double perSecond,
            SortedMap<String, Double> cpuMicros,
            double compilerMicros,
            double tickP50,
            double tickP99,
            double fillP50,
            double fillP99,
            long fills) {
        double cpuSum() {
            return cpuMicros.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }
}
