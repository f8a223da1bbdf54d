package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Instrument;
import papertape.common.value.Price;

/**
 * Latest price of an instrument for valuing positions; conflated. Sent when the price changes and, while it stays the same,
 * again from time to time as long as the feed confirms it.
 *
 * @param source mid, trade or settlement
 * @param since event time in microseconds since which the price is what it is; absent: since {@code ts}
 * @param confirmed event time in microseconds at which the instrument's stream was last known to be alive; absent: {@code ts}
 */
public record Mark(
        Header header,
        Instrument instrument,
        Price price,
        String source,
        @Nullable Long since,
        @Nullable Long confirmed)
        implements Message {
    /** A mark whose price has just been seen. */
    public static Mark seen(Header header, Instrument instrument, Price price, String source) {
        return new Mark(header, instrument, price, source, header.ts(), header.ts());
    }

    public long confirmedTs() {
        return confirmed == null ? ts() : confirmed;
    }
}
