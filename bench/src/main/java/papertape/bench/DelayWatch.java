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
final class DelayWatch implements AutoCloseable {
    static final String RECEIVE = "receive";
    static final String INTENDED = "intended";
    static final String TICK = "tick";
    static final String SIGNAL = "signal";
    static final String APPROVED = "approved order";
    static final String FILL = "fill, from the message that led to the order";
    static final String FILLING = "fill, from the message that fills";

    private static final long MOST_MICROS = 60_000_000;
    private static final int DIGITS = 3;
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

    private final List<Arrivals> arrivals = new ArrayList<>();

    DelayWatch(Rig rig) {
        for (Channel channel : List.of(Channel.TICKS, Channel.SIGNALS, Channel.APPROVED, Channel.EXECUTIONS)) {
            arrivals.add(new Arrivals(rig.stack.redisSettings(), rig.keys(), channel, this::take));
        }
    }

    void awaitFirstFill() throws IOException, InterruptedException {
        if (!firstFill.await(2, TimeUnit.MINUTES)) {
            throw new IOException("no fill within two minutes");
        }
    }

    /** What is received from now on counts. */
    void begin() {
        begin = Arrivals.nowMicros();
    }

    /** What is received from now on does not count. Returns when what follows from the rest has come. */
    void end() throws InterruptedException {
        end = Arrivals.nowMicros();
        lastOfSpan = System.nanoTime();
        awaitStragglers();
    }

    @Override
    public void close() {
        arrivals.forEach(Arrivals::close);
    }

    private void awaitStragglers() throws InterruptedException {
        long deadline = System.nanoTime() + MOST_GRACE_NS;
        while (System.nanoTime() - lastOfSpan < GRACE_NS && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** @param perSecond the rate that these were measured at */
    List<Delays> summary(int perSecond) {
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
        add(all, perSecond, TICK, ticks, offset);
        add(all, perSecond, SIGNAL, signals, offset);
        add(all, perSecond, APPROVED, approved, offset);
        add(all, perSecond, FILL, roundTrips, offset);
        add(all, perSecond, FILLING, fills, offset);
        return all;
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
        all.add(of(perSecond, RECEIVE, to, received));
        all.add(of(perSecond, INTENDED, to, intended));
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
