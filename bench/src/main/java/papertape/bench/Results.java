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
        List<Bare> baseline) {
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
            long lost,
            long duplicated,
            List<String> problems,
            String slowest,
            List<Moment> moments) {
        double cpuSum() {
            return cpuMicros.values().stream().mapToDouble(Double::doubleValue).sum();
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

    /** From nothing to the first fill; memory a little later. */
    record Start(double firstFillSeconds, SortedMap<String, Double> residentMb, double sumMb) {}

    /** What the machine does without the stack. */
    record Bare(String what, double perSecond) {}
}
