package papertape.signal;

import papertape.common.message.Bar;
import papertape.common.strategy.Parameters;

/** The parameter {@code on}: {@code trades}, or {@code bars:1m} for the closes of finished bars of that interval. */
record PriceSource(String interval) {
    private static final String BARS = "bars:";

    static PriceSource of(Parameters parameters) {
        String on = parameters.values().getOrDefault("on", "trades");
        if (on.equals("trades")) {
            return new PriceSource("");
        }
        if (on.startsWith(BARS) && isInterval(on.substring(BARS.length()))) {
            return new PriceSource(on.substring(BARS.length()));
        }
        throw Parameters.wrong("on", on, "trades, or bars: and an interval of etl.bars, as in bars:1s");
    }

    private static boolean isInterval(String text) {
        try {
            return text.length() > 1 && Intervals.micros(text) > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    boolean isTrades() {
        return interval.isEmpty();
    }

    boolean takes(Bar bar) {
        return bar.closed() && bar.interval().equals(interval);
    }
}
