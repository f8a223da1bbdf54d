package papertape.sim;

import java.math.BigDecimal;
import java.util.Map;
import papertape.common.config.SimSettings;
import papertape.common.value.Instrument;

/**
 * How a simulated venue runs.
 *
 * @param seed of the order flow
 * @param ratePerSecond messages, all instruments together; {@link #MAX_RATE}: as fast as the clients read, from when
 *     every instrument has a subscriber
 * @param port of the WebSocket; 0: any free one
 * @param restPort of REST and control; 0: any free one
 * @param throttle whether a slow client holds the whole simulation up, its clock included unless it is {@code live}; false:
 *     it is disconnected
 * @param messages how many are printed before the flow ends; 0: no end
 * @param startMicros virtual time of the start, microseconds since the epoch
 * @param startPrices first prices, where not the usual ones
 * @param tradesBefore numbers of trades that an earlier run may have given out; this run's are above it
 * @param burst how many of the first messages come as fast as the clients read, from when every instrument has a
 *     subscriber; the rate holds after them
 * @param live whether virtual time is the wall clock's: where the venue starts late, stands still or is held up by a
 *     throttling client, its time jumps ahead afterwards instead of staying behind for good
 */
public record SimOptions(
        long seed,
        int ratePerSecond,
        int port,
        int restPort,
        boolean throttle,
        long messages,
        long startMicros,
        Map<Instrument, BigDecimal> startPrices,
        long tradesBefore,
        long burst,
        boolean live) {
    public static final int MAX_RATE = Integer.MAX_VALUE;

    public SimOptions {
        startPrices = Map.copyOf(startPrices);
        if (ratePerSecond < 1) {
            throw new IllegalArgumentException("rate " + ratePerSecond + " (accepted: 1 or more messages a second)");
        }
    }

    /** At its rate from the first message on. */
    public SimOptions(
            long seed,
            int ratePerSecond,
            int port,
            int restPort,
            boolean throttle,
            long messages,
            long startMicros,
            Map<Instrument, BigDecimal> startPrices,
            long tradesBefore) {
        this(seed, ratePerSecond, port, restPort, throttle, messages, startMicros, startPrices, tradesBefore, 0, false);
    }

    /** A venue without a past. */
    public SimOptions(
            long seed,
            int ratePerSecond,
            int port,
            int restPort,
            boolean throttle,
            long messages,
            long startMicros,
            Map<Instrument, BigDecimal> startPrices) {
        this(seed, ratePerSecond, port, restPort, throttle, messages, startMicros, startPrices, 0);
    }

    /** As configured: throttled, without end, REST on the port after the WebSocket's. */
    public static SimOptions of(SimSettings settings, long startMicros) {
        int restPort = settings.port() == 0 ? 0 : settings.port() + 1;
        // a market prints fewer trades than microseconds pass, so that no two runs share a trade's number
        return new SimOptions(
                settings.seed(),
                settings.ratePerSecond(),
                settings.port(),
                restPort,
                true,
                0,
                startMicros,
                Map.of(),
                startMicros,
                0,
                true);
    }

    /** The same on other ports; a free one stays a free one. */
    SimOptions shifted(int by) {
        return new SimOptions(
                seed,
                ratePerSecond,
                port == 0 ? 0 : port + by,
                restPort == 0 ? 0 : restPort + by,
                throttle,
                messages,
                startMicros,
                startPrices,
                tradesBefore,
                burst,
                live);
    }

    /** The same with its first messages as fast as the clients read. */
    public SimOptions withBurst(long messages) {
        return new SimOptions(
                seed,
                ratePerSecond,
                port,
                restPort,
                throttle,
                this.messages,
                startMicros,
                startPrices,
                tradesBefore,
                messages,
                live);
    }

    boolean isUnpaced() {
        return ratePerSecond == MAX_RATE;
    }
}
