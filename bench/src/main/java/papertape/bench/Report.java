package papertape.bench;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.bench.Results.Bare;
import papertape.bench.Results.Delays;
import papertape.bench.Results.Grown;
import papertape.bench.Results.Overhead;
import papertape.bench.Results.Scaling;
import papertape.bench.Results.Speed;
import papertape.bench.Results.Start;
import papertape.bench.Results.Stored;
import papertape.cli.report.PageParts;
import papertape.common.json.JsonText;

/** A benchmark's results as text for a terminal, and as one page that loads nothing else. */
final class Report {

    private Report() {}

    static String text(Results results) {
        StringBuilder text = new StringBuilder();
        line(text, "%nPapertape benchmark, %s%n%s, Java %s%n", results.date(), results.machine(), results.java());
        baseline(text, results);
        database(text, results);
        results.throughput().forEach(speed -> throughput(text, speed, results));
        Medians.text(text, results.throughput());
        delays(text, results);
        scaling(text, results);
        results.start().forEach(start -> start(text, start));
        growth(text, results);
        results.failures().forEach(failure -> line(text, "%nFAILED %s%n", failure));
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }

    private static void baseline(StringBuilder text, Results results) {
        if (results.baseline().isEmpty()) {
            return;
        }
        line(text, "%nWithout the stack%n");
        for (Bare bare : results.baseline()) {
            line(
                    text,
                    "  %-40s %,12.0f messages/s %8.1f MB/s%n",
                    bare.what(),
                    bare.perSecond(),
                    bare.megabytesPerSecond());
        }
        line(text, "%nCommit over bare PUBLISH of the same frames, 8 frames a round trip%n");
        line(text, "  %8s %12s %12s %8s   %s%n", "messages", "PUBLISH/s", "commit/s", "times", "CPU of Redis a frame");
        for (Overhead each : results.overhead()) {
            line(
                    text,
                    "  %8d %,12.0f %,12.0f %8.2f   %.1f us and %.1f us%n",
                    each.messages(),
                    each.publish(),
                    each.commit(),
                    each.times(),
                    each.publishCpuMicros(),
                    each.commitCpuMicros());
        }
    }

    private static void database(StringBuilder text, Results results) {
        if (results.database().isEmpty()) {
            return;
        }
        line(text, "%nCPU of the database for a row, by how batches follow each other in event time%n");
        for (Stored each : results.database()) {
            line(
                    text,
                    "  batches of %,7d rows, %-22s %6.2f us%n",
                    each.rows(),
                    each.overlapMicros() == 0 ? "in order" : "overlapping by " + each.overlapMicros() + " us",
                    each.cpuMicros());
        }
    }

    private static void throughput(StringBuilder text, Speed speed, Results results) {
        line(text, "%nThroughput%s%n", speed.workers().isEmpty() ? "" : ", workers " + speed.workers());
        line(text, "  market messages %,d, on all channels %,d%n", speed.raw(), speed.all());
        line(
                text,
                "  warm %,.0f market messages/s (from the first on: %,.0f)%n",
                speed.perSecond(),
                speed.perSecondCold());
        double megabytes = speed.allPerSecond() * speed.textBytes() / 1e6;
        line(
                text,
                "  on all channels %,.0f messages/s of %.0f bytes, %.1f MB/s%n",
                speed.allPerSecond(),
                speed.textBytes(),
                megabytes);
        for (Bare bare : results.baseline()) {
            line(text, "    %5.1f %% of the bytes of %s%n", 100 * megabytes / bare.megabytesPerSecond(), bare.what());
        }
        line(text, "  lost %d, duplicated %d%n", speed.lost(), speed.duplicated());
        speed.problems().forEach(problem -> line(text, "  audit: %s%n", problem));
        line(text, "  redis holds %,.0f MB for a million market messages%n", speed.redisBytes());
        line(text, "  CPU for one market message, microseconds, and resident MiB:%n");
        speed.cpuMicros()
                .forEach((name, micros) -> line(
                        text,
                        "    %-16s %7.2f %s%n",
                        name,
                        micros,
                        memory(speed.residentMb().get(name))));
        line(
                text,
                "    %-16s %7.2f, of which just-in-time compilers %.2f%n",
                "sum",
                speed.cpuSum(),
                speed.compilerMicros());
        line(text, "  furthest behind: %s%n", speed.slowest());
    }

    private static String memory(@Nullable Double mb) {
        return mb == null ? "" : String.format(Locale.ROOT, "%7.1f", mb);
    }

    private static void delays(StringBuilder text, Results results) {
        if (results.delays().isEmpty()) {
            return;
        }
        line(text, "%nDelay, milliseconds%n");
        line(
                text,
                "  %6s %-8s %-44s %8s %8s %8s %8s %8s%n",
                "rate/s",
                "from",
                "to",
                "samples",
                "p50",
                "p99",
                "p99.9",
                "max");
        for (Delays each : results.delays()) {
            line(
                    text,
                    "  %6d %-8s %-44s %8d %8.2f %8.2f %8.2f %8.2f%n",
                    each.perSecond(),
                    each.from(),
                    each.to(),
                    each.samples(),
                    each.p50(),
                    each.p99(),
                    each.p999(),
                    each.max());
        }
    }

    private static void scaling(StringBuilder text, Results results) {
        if (results.scaling().isEmpty()) {
            return;
        }
        line(text, "%nA stage that takes 1 ms a message%n");
        double one = results.scaling().getFirst().perSecond();
        for (Scaling point : results.scaling()) {
            line(
                    text,
                    "  %d workers %,9.0f messages/s, %.2f times one%n",
                    point.workers(),
                    point.perSecond(),
                    point.perSecond() / one);
        }
    }

    private static void start(StringBuilder text, Start start) {
        line(text, "%nStart and size%n  first fill after %.1f s%n", start.firstFillSeconds());
        for (Map.Entry<String, Double> each : start.residentMb().entrySet()) {
            line(text, "    %-16s %7.1f MiB%n", each.getKey(), each.getValue());
        }
        line(text, "    %-16s %7.1f MiB%n", "sum", start.sumMb());
        line(text, "    %-16s %7.1f MiB%n", "shared once", start.sharedOnceMb());
    }

    private static void growth(StringBuilder text, Results results) {
        if (results.growth().isEmpty()) {
            return;
        }
        line(text, "%nGrowth: CPU for one market message, microseconds; delays from intended, milliseconds%n");
        line(
                text,
                "  %-16s %6s %8s %8s %10s %9s %9s %9s %9s %7s%n",
                "of",
                "size",
                "rate/s",
                "CPU",
                "compilers",
                "tick p50",
                "tick p99",
                "fill p50",
                "fill p99",
                "fills");
        for (Grown each : results.growth()) {
            line(
                    text,
                    "  %-16s %6d %8.0f %8.1f %10.1f %9.2f %9.2f %9.2f %9.2f %7d%n",
                    each.of(),
                    each.size(),
                    each.perSecond(),
                    each.cpuSum(),
                    each.compilerMicros(),
                    each.tickP50(),
                    each.tickP99(),
                    each.fillP50(),
                    each.fillP99(),
                    each.fills());
        }
    }

    static String html(Results results) {
        return PageParts.resource(Report.class, "bench.html")
                .replace("{{chartCss}}", PageParts.chartCss())
                .replace("{{chartJs}}", PageParts.chartJs())
                .replace("{{js}}", PageParts.resource(Report.class, "bench.js"))
                .replace("{{text}}", escaped(text(results)))
                .replace("{{data}}", JsonText.of(results).replace("<", "\\u003c"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
