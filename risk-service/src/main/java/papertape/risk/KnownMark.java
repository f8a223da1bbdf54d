package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Price;

/**
 * The last mark of an instrument.
 *
 * @param ts event time in microseconds
 * @param confirmed event time at which the feed last confirmed it; absent in state of an older version
 */
record KnownMark(Price price, long ts, @Nullable Long confirmed) {
    long confirmedTs() {
        return confirmed == null ? ts : confirmed;
    }
}
