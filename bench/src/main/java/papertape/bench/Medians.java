package papertape.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import papertape.bench.Results.Speed;

/** Several throughput runs of one kind side by side: what two states of the code are compared by. */
final class Medians {
    private Medians() {}

    /** Adds a table for each kind of run of which there are several. */
    static void text(StringBuilder text, List<Speed> runs) {
        Map<SortedMap<String, Integer>, List<Speed>> kinds = new LinkedHashMap<>();
        runs.forEach(run ->
                kinds.computeIfAbsent(run.workers(), any -> new ArrayList<>()).add(run));
        kinds.values().stream().filter(kind -> kind.size() > 1).forEach(kind -> table(text, kind));
    }

    private static void table(StringBuilder text, List<Speed> runs) {
        line(text, "%nThroughput, %d runs%n  %-28s %10s %10s %10s%n", runs.size(), "", "median", "least", "most");
        row(text, "market messages/s, warm", runs, Speed::perSecond);
        row(text, "market messages/s", runs, Speed::perSecondCold);
        line(text, "  CPU for one market message, microseconds%n");
        TreeSet<String> processes = new TreeSet<>();
        runs.forEach(run -> processes.addAll(run.cpuMicros().keySet()));
        for (String process : processes) {
            row(text, "  " + process, runs, run -> run.cpuMicros().getOrDefault(process, 0.0));
        }
        row(text, "  sum", runs, Speed::cpuSum);
        row(text, "  of which compilers", runs, Speed::compilerMicros);
        row(text, "  sum without compilers", runs, run -> run.cpuSum() - run.compilerMicros());
    }

    private static void row(StringBuilder text, String name, List<Speed> runs, ToDoubleFunction<Speed> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        line(text, "  %-28s %,10.2f %,10.2f %,10.2f%n", name, median, sorted[0], sorted[sorted.length - 1]);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
