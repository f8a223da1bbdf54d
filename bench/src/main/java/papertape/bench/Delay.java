package papertape.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import papertape.bench.Results.Delays;
import papertape.common.message.Book;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.message.Message;
import papertape.common.message.NewOrder;
import papertape.common.message.Quote;
import papertape.common.message.Signal;
import papertape.common.message.Trade;
import papertape.common.value.ExecType;
import papertape.common.value.OrderId;

/**
 * How long it takes from a market message to what follows from it, seen by a subscriber on the same machine.
 *
 * <p>Measured twice: from when the feed had received the message, and from when the venue was to send it by its own
 * schedule. Only the second shows what a stall of the feed itself costs (coordinated omission). The venue's schedule is
 * laid on the wall clock so that its quickest message of the run took no time; it sends every half millisecond, which is
 * in the second figure.
 *
 * <p>Counted is what follows from the messages that were received within a span of time, however late it comes: to stop
 * listening at the end of the span would leave out the slowest.
 */
final class Delay {
    private static final int INSTRUMENTS = 10;
    private static final long MOST_MICROS = 60_000_000;
    private static final int DIGITS = 3;

    /** Orders often, and of a size that no limit denies. */
    private static final String CONFIGURATION = """
            strategies:
              - {name: "*", instruments: ["*"], sizing: quantity, size: 0.01, ordType: market, tif: ioc}
              - {name: flip, kind: bench-flip, account: bench, parameters: {every: 3}}
            accounts:
              - {name: bench, type: margin, deposit: 1000000000}
            limits:
              maxRepeats: 1000000
              minNotional: 0
              maxNotional: 1000000000
              maxPositionPercent: 100
              maxSubmitsPerSecond: 100000
              maxOrdersPerDay: 100000000
              dailyLossReducingPercent: 100
              dailyLossHaltPercent: 100
              maxDrawdownPercent: 100
            execution:
              insertLatencyMs: 0
            """;

    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long MOST_GRACE_NS = TimeUnit.SECONDS.toNanos(60);

    /** When something arrived, when the feed received what led to it, and when the venue meant to send that: microseconds. */
    private record Sample(long arrived, long origin, long venueTime) {}

    private final Queue<Sample> ticks = new ConcurrentLinkedQueue<>();
    private final Queue<Sample> signals = new ConcurrentLinkedQueue<>();
    private final Queue<Sample> approved = new ConcurrentLinkedQueue<>();
    private final Queue<Sample> fills = new ConcurrentLinkedQueue<>();
    /** Orders and their first fills come through different connections, in either order. */
    private final Map<OrderId, Sample> orders = new ConcurrentHashMap<>();

    private final Map<OrderId, Long> firstFills = new ConcurrentHashMap<>();
    private final CountDownLatch firstFill = new CountDownLatch(1);
    private volatile long begin = Long.MAX_VALUE;
    private volatile long end = Long.MAX_VALUE;
    private volatile long lastOfSpan;

    static List<Delays> measure(int perSecond, int warmUpSeconds, int seconds)
            throws IOException, InterruptedException {
        try (Rig rig = Rig.start(new Load(INSTRUMENTS, perSecond, 0), Map.of(), CONFIGURATION)) {
            return new Delay().run(rig, perSecond, warmUpSeconds, seconds);
        }
    }

    private List<Delays> run(Rig rig, int perSecond, int warmUpSeconds, int seconds)
            throws IOException, InterruptedException {
        try (Arrivals _ = listen(rig, Channel.TICKS);
                Arrivals _ = listen(rig, Channel.SIGNALS);
                Arrivals _ = listen(rig, Channel.APPROVED);
                Arrivals _ = listen(rig, Channel.EXECUTIONS)) {
            if (!firstFill.await(2, TimeUnit.MINUTES)) {
                throw new IOException("no fill within two minutes");
            }
            TimeUnit.SECONDS.sleep(warmUpSeconds);
            begin = Arrivals.nowMicros();
            TimeUnit.SECONDS.sleep(seconds);
            end = Arrivals.nowMicros();
            lastOfSpan = System.nanoTime();
            awaitStragglers();
        }
        return summary(perSecond);
    }

    private void awaitStragglers() throws InterruptedException {
        long deadline = System.nanoTime() + MOST_GRACE_NS;
        while (System.nanoTime() - lastOfSpan < GRACE_NS && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private List<Delays> summary(int perSecond) {
        // book changes, quotes and trades are all of what the venue sent at its own time
        long offset = ticks.stream()
                .mapToLong(tick -> tick.origin - tick.venueTime)
                .min()
                .orElse(0);
        List<Sample> roundTrips = new ArrayList<>();
        orders.forEach((id, order) -> {
            Long filled = firstFills.get(id);
            if (filled != null) {
                roundTrips.add(new Sample(filled, order.origin, order.venueTime));
            }
        });
        List<Delays> all = new ArrayList<>();
        add(all, perSecond, "tick", ticks, offset);
        add(all, perSecond, "signal", signals, offset);
        add(all, perSecond, "approved order", approved, offset);
        add(all, perSecond, "fill, from the message that led to the order", roundTrips, offset);
        add(all, perSecond, "fill, from the message that fills", fills, offset);
        return all;
    }

    private Arrivals listen(Rig rig, Channel channel) {
        return new Arrivals(rig.stack.redisSettings(), rig.keys(), channel, this::take);
    }

    private void take(Message message, long now) {
        if (message instanceof Execution execution && execution.execType() == ExecType.TRADE) {
            firstFill.countDown();
            if (now >= begin) {
                firstFills.putIfAbsent(execution.orderId(), now);
            }
        }
        long origin = message.header().origin();
        if (origin < begin || origin >= end) {
            return;
        }
        Sample sample = new Sample(now, origin, message.ts());
        if (message instanceof Trade || message instanceof Quote || message instanceof Book) {
            ticks.add(sample);
        } else if (message instanceof Signal) {
            signals.add(sample);
        } else if (message instanceof NewOrder order) {
            approved.add(sample);
            orders.put(order.orderId(), sample);
        } else if (message instanceof Execution fill && fill.execType() == ExecType.TRADE) {
            fills.add(sample);
        } else {
            return;
        }
        lastOfSpan = System.nanoTime();
    }

    private static void add(List<Delays> all, int perSecond, String to, Collection<Sample> samples, long offset) {
        Histogram received = new Histogram(MOST_MICROS, DIGITS);
        Histogram intended = new Histogram(MOST_MICROS, DIGITS);
        for (Sample sample : samples) {
            received.recordValue(Math.clamp(sample.arrived - sample.origin, 0, MOST_MICROS));
            intended.recordValue(Math.clamp(sample.arrived - sample.venueTime - offset, 0, MOST_MICROS));
        }
        all.add(of(perSecond, "receive", to, received));
        all.add(of(perSecond, "intended", to, intended));
    }

    private static Delays of(int perSecond, String from, String to, Histogram histogram) {
        return new Delays(
                perSecond,
                from,
                to,
                histogram.getTotalCount(),
                millis(histogram, 50),
                millis(histogram, 99),
                millis(histogram, 99.9),
                millis(histogram, 100));
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1e3;
    }
}
