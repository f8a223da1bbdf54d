package papertape.common.message;

import papertape.common.value.Average;
import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * Trades of one interval. {@code ts} is the interval's start.
 *
 * @param interval length as the configuration spells it ({@code 1s}, {@code 1m})
 * @param vwap volume-weighted average price, 16 significant digits
 * @param trades number of trades
 * @param closed false while the interval still runs
 */
public record Bar(
        Header header,
        Instrument instrument,
        String interval,
        Price open,
        Price high,
        Price low,
        Price close,
        Qty volume,
        @Average Price vwap,
        long trades,
        boolean closed)
        implements MarketData {}
