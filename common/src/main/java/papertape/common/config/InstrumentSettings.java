package papertape.common.config;

import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * What can be traded.
 *
 * @param tick smallest step of price
 * @param lot smallest step of quantity
 * @param minQty smallest order
 * @param maxQty largest order
 * @param base currency (or thing) one unit is of
 * @param quote currency of the price
 */
public record InstrumentSettings(
        Instrument name, Price tick, Qty lot, Qty minQty, Qty maxQty, String base, String quote) {}
