package papertape.sim;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import papertape.common.config.InstrumentSettings;
import papertape.common.value.Instrument;

/**
 * An instrument in the simulation's whole numbers.
 *
 * @param product the symbol
 * @param tick unscaled value of the tick, of {@code priceScale} decimals
 * @param lot unscaled value of the lot, of {@code sizeScale} decimals
 * @param startTicks first fair value
 * @param typicalLots usual size of an order: about 500 of the quote currency at the first fair value
 * @param minLots smallest order
 */
record SimInstrument(
        InstrumentSettings settings,
        String product,
        long tick,
        int priceScale,
        long lot,
        int sizeScale,
        long startTicks,
        int typicalLots,
        int minLots) {
    private static final Map<String, BigDecimal> USUAL_PRICES = Map.of(
            "BTC", new BigDecimal("60000"),
            "ETH", new BigDecimal("3000"),
            "SOL", new BigDecimal("150"),
            "XRP", new BigDecimal("2"),
            "ADA", new BigDecimal("0.5"),
            "DOGE", new BigDecimal("0.2"));

    private static final BigDecimal USUAL_NOTIONAL = new BigDecimal(500);
    private static final int MOST_LOTS = 500_000_000;

    /** So that prices have room to move in steps that are small against them. */
    private static final long LEAST_START_TICKS = 1_000;

    /** @param startPrices by instrument; where absent a usual price of the base currency, else 100 */
    static SimInstrument of(InstrumentSettings settings, Map<Instrument, BigDecimal> startPrices) {
        BigDecimal tick = settings.tick().value();
        BigDecimal lot = settings.lot().value();
        BigDecimal usual = USUAL_PRICES.getOrDefault(settings.base(), new BigDecimal(100));
        BigDecimal price = startPrices.getOrDefault(settings.name(), usual);
        long startTicks = Math.max(
                LEAST_START_TICKS, price.divide(tick, 0, RoundingMode.HALF_EVEN).longValueExact());
        BigDecimal start = tick.multiply(BigDecimal.valueOf(startTicks));
        int least = lots(settings.minQty().value(), lot, RoundingMode.UP);
        int typical = lots(USUAL_NOTIONAL.divide(start, 18, RoundingMode.DOWN), lot, RoundingMode.DOWN);
        return new SimInstrument(
                settings,
                settings.name().symbol(),
                tick.unscaledValue().longValueExact(),
                tick.scale(),
                lot.unscaledValue().longValueExact(),
                lot.scale(),
                startTicks,
                Math.max(typical, least),
                least);
    }

    private static int lots(BigDecimal qty, BigDecimal lot, RoundingMode mode) {
        long lots = qty.divide(lot, 0, mode).min(BigDecimal.valueOf(MOST_LOTS)).longValueExact();
        return (int) Math.max(1, lots);
    }
}
