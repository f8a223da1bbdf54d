package papertape.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import papertape.bench.Results.Delays;
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
 */
final class Delay {
    private static final int INSTRUMENTS = 10;
    private static final long MOST_MICROS = 60_000_000;
    private static final int DIGITS = 3;

    /** Orders often, and of a size that no limit denies. */
    private static final String CONFIGURATION = """
            strategies:
              - {name: "*", instruments: ["*"], sizing: quantity, size: 0.01, ordType: market, tif: ioc}
              - {name: flip, kind: bench-flip, account: bench, parameters: {every: 10}}
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

    /** The samples of one kind of message. One thread writes; they are read when it has ended. */
    private static final class Samples {
        final Histogram received = new Histogram(MOST_MICROS, DIGITS);
        final List<Long> sinceVenueTime = new ArrayList<>();

        synchronized void add(long arrived, long origin, long venueTime) {
            received.recordValue(Math.clamp(arrived - origin, 0, MOST_MICROS));
            sinceVenueTime.add(arrived - venueTime);
        }

        synchronized Histogram intended(long offset) {
            Histogram histogram = new Histogram(MOST_MICROS, DIGITS);
            sinceVenueTime.forEach(micros -> histogram.recordValue(Math.clamp(micros - offset, 0, MOST_MICROS)));
            return histogram;
        }
    }

    private final Samples ticks = new Samples();
    private final Samples signals = new Samples();
    private final Samples approved = new Samples();
    private final Samples fills = new Samples();
    private final Samples roundTrips = new Samples();
    private final Map<OrderId, NewOrder> orders = new ConcurrentHashMap<>();
    private final CountDownLatch firstFill = new CountDownLatch(1);
    private volatile boolean isMeasuring;
    private long offset = Long.MAX_VALUE;

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
            isMeasuring = true;
            TimeUnit.SECONDS.sleep(seconds);
            isMeasuring = false;
        }
        List<Delays> all = new ArrayList<>();
        add(all, perSecond, "tick", ticks);
        add(all, perSecond, "signal", signals);
        add(all, perSecond, "approved order", approved);
        add(all, perSecond, "fill, from the message that fills", fills);
        add(all, perSecond, "fill, from the message that led to the order", roundTrips);
        return all;
    }

    private Arrivals listen(Rig rig, Channel channel) {
        return new Arrivals(rig.stack.redisSettings(), rig.keys(), channel, this::take);
    }

    private void take(Message message, long now) {
        if (message instanceof Execution execution && execution.execType() == ExecType.TRADE) {
            firstFill.countDown();
        }
        if (!isMeasuring) {
            return;
        }
        if (message instanceof Trade || message instanceof Quote) {
            synchronized (ticks) {
                offset = Math.min(offset, message.header().origin() - message.ts());
            }
            add(ticks, message, now);
        } else if (message instanceof Signal) {
            add(signals, message, now);
        } else if (message instanceof NewOrder order) {
            orders.put(order.orderId(), order);
            add(approved, message, now);
        } else if (message instanceof Execution fill && fill.execType() == ExecType.TRADE) {
            add(fills, message, now);
            NewOrder order = orders.remove(fill.orderId());
            if (order != null) {
                add(roundTrips, order, now);
            }
        }
    }

    private static void add(Samples samples, Message message, long now) {
        samples.add(now, message.header().origin(), message.ts());
    }

    private void add(List<Delays> all, int perSecond, String to, Samples samples) {
        all.add(of(perSecond, "receive", to, samples.received));
        all.add(of(perSecond, "intended", to, samples.intended(offset)));
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
