package papertape.common.statistics;

import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/**
 * A position from its opening to flat.
 *
 * @param side of the opening: BUY for a long position
 * @param opened microseconds since the epoch, as is {@code closed}
 * @param qty sum of the opening fills
 * @param entryPx average of the opening fills, 16 significant digits
 * @param exitPx average of the closing fills, 16 significant digits
 * @param profit after fees, in the account's currency
 * @param fees of all its fills, in the account's currency
 */
public record RoundTrip(
        Instrument instrument,
        Side side,
        long opened,
        long closed,
        Qty qty,
        Price entryPx,
        Price exitPx,
        Money profit,
        Money fees) {}
