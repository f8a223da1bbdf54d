package papertape.common.runtime;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Pnl;
import papertape.common.value.Money;

/**
 * What a worker says of itself, as Prometheus wants it. Made anew for each scrape from the worker's latest statistics, so
 * that nothing is measured twice and the hot path knows nothing of it. Amounts of money are shown here as floating-point
 * numbers, as the format has no others; nothing is computed from them.
 */
final class Metrics {
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.create();
    private static final double MICROS = 1e6;

    private final List<MetricSnapshot> all = new ArrayList<>();
    private final Labels own;

    private Metrics(String stage, String worker) {
        this.own = Labels.of("stage", stage, "worker", worker);
    }

    static Metrics of(Vitals vitals, String stage, String worker) {
        Metrics metrics = new Metrics(stage, worker);
        metrics.gauge(
                "papertape_healthy",
                "1 when /health says so",
                vitals.complaint().isEmpty() ? 1 : 0);
        Runtime jvm = Runtime.getRuntime();
        metrics.gauge("papertape_heap_used_bytes", "Java heap in use", jvm.totalMemory() - jvm.freeMemory());
        metrics.gauge("papertape_heap_max_bytes", "Most the Java heap may be", jvm.maxMemory());
        WorkerStats stats = vitals.stats();
        if (stats != null) {
            metrics.addStats(stats);
        }
        if (!vitals.reports().isEmpty()) {
            metrics.addAccounts(vitals.reports());
            metrics.addPositions(vitals.reports());
        }
        return metrics;
    }

    void writeTo(OutputStream out) throws IOException {
        WRITER.write(out, new MetricSnapshots(all));
    }

    private void addStats(WorkerStats stats) {
        counter("papertape_messages_in", "Messages read since the start", stats.in());
        counter("papertape_messages_out", "Messages sent since the start", stats.out());
        counter("papertape_dead_letters", "Messages stepped over since the start", stats.deadLetters());
        gauge("papertape_messages_in_rate", "Messages read a second, over the last second", stats.inRate());
        gauge("papertape_messages_out_rate", "Messages sent a second, over the last second", stats.outRate());
        gauge("papertape_lag_messages", "Messages on the inputs that are not committed", stats.lag());
        gauge(
                "papertape_partitions_owned",
                "Partitions that this worker owns",
                stats.tasks().size());
        delay(stats);
        GaugeSnapshot.Builder counters =
                GaugeSnapshot.builder().name("papertape_worker_counts").help("Further counts of the worker, by name");
        stats.counters().forEach((name, value) -> counters.dataPoint(point(own.merge(Labels.of("name", name)), value)));
        all.add(counters.build());
    }

    private void delay(WorkerStats stats) {
        Quantiles quantiles = Quantiles.of(
                new Quantile(0.5, stats.delayP50() / MICROS), new Quantile(0.99, stats.delayP99() / MICROS));
        all.add(SummarySnapshot.builder()
                .name("papertape_delay_seconds")
                .help("From the feed's reception to this worker's commit, over the last second")
                .dataPoint(SummaryDataPointSnapshot.builder()
                        .labels(own)
                        .quantiles(quantiles)
                        .build())
                .build());
    }

    private void addAccounts(List<Pnl> reports) {
        List<Pnl> accounts =
                reports.stream().filter(pnl -> pnl.instrument() == null).toList();
        money("papertape_account_equity", "Equity, in the account's currency", accounts, Pnl::equity);
        money("papertape_account_cash", "Cash, in the account's currency", accounts, Pnl::cash);
        money("papertape_account_realized", "Realized profit before fees", accounts, Pnl::realized);
        money("papertape_account_unrealized", "Unrealized profit", accounts, Pnl::unrealized);
        money("papertape_account_fees", "Fees paid", accounts, Pnl::fees);
        money("papertape_account_drawdown_ratio", "Share of the peak equity lost since", accounts, Pnl::drawdown);
    }

    private void addPositions(List<Pnl> reports) {
        GaugeSnapshot.Builder positions =
                GaugeSnapshot.builder().name("papertape_position").help("Signed quantity held");
        List<Pnl> held =
                reports.stream().filter(pnl -> pnl.instrument() != null).toList();
        for (Pnl pnl : held) {
            double quantity =
                    pnl.position() == null ? 0 : pnl.position().value().doubleValue();
            positions.dataPoint(point(labels(pnl), quantity));
        }
        all.add(positions.build());
        money("papertape_position_unrealized", "Unrealized profit of a position", held, Pnl::unrealized);
    }

    private void money(String name, String help, List<Pnl> reports, Function<Pnl, @Nullable Money> amount) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        for (Pnl pnl : reports) {
            Money value = amount.apply(pnl);
            if (value != null) {
                gauge.dataPoint(point(labels(pnl), value.value().doubleValue()));
            }
        }
        all.add(gauge.build());
    }

    private static Labels labels(Pnl pnl) {
        String account = pnl.account().value();
        return pnl.instrument() == null
                ? Labels.of("account", account)
                : Labels.of("account", account, "instrument", pnl.instrument().name());
    }

    private void gauge(String name, String help, double value) {
        all.add(GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(point(own, value))
                .build());
    }

    private void counter(String name, String help, double value) {
        all.add(CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(CounterDataPointSnapshot.builder()
                        .labels(own)
                        .value(value)
                        .build())
                .build());
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }
}
