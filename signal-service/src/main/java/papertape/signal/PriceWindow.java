package papertape.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBar;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;
import papertape.common.strategy.StrategyContext;
import papertape.common.value.Price;

/**
 * The latest prices with indicators over them, saved as they come. It holds from {@code keep} to twice as many; when full,
 * the older half goes and the indicators begin anew with the rest. Their values are therefore a function of the saved
 * prices alone, the same after a restart to the last bit, and memory is bounded. A recursive indicator (RSI) forgets what
 * is older: {@code keep} must be long enough for that not to matter.
 */
final class PriceWindow {
    private static final Duration STEP = Duration.ofSeconds(1);

    private final StrategyContext context;
    private final int keep;
    private final Function<Indicator<Num>, List<Indicator<Num>>> factory;
    private final List<Price> prices = new ArrayList<>();
    private BarSeries series;
    private List<Indicator<Num>> indicators;
    private boolean hasMoved;

    PriceWindow(StrategyContext context, int keep, Function<Indicator<Num>, List<Indicator<Num>>> factory) {
        this.context = context;
        this.keep = keep;
        this.factory = factory;
        this.series = newSeries();
        this.indicators = factory.apply(new ClosePriceIndicator(series));
        int saved = Integer.parseInt(savedOr("n", "0"));
        for (int i = 0; i < saved; i++) {
            append(Price.of(savedOr(slot(i), "0")));
        }
    }

    void add(Price price) {
        if (prices.size() == 2 * keep) {
            dropOlderHalf();
        }
        context.save(slot(prices.size()), price.toString());
        append(price);
        context.save("n", Integer.toString(prices.size()));
    }

    int size() {
        return prices.size();
    }

    /** Whether any price differs from the others: without a move an oscillator says nothing. */
    boolean hasMoved() {
        return hasMoved;
    }

    /** The latest value of an indicator, by its place in the factory's list. */
    double value(int indicator) {
        return indicators.get(indicator).getValue(series.getEndIndex()).doubleValue();
    }

    private void dropOlderHalf() {
        List<Price> rest = List.copyOf(prices.subList(keep, prices.size()));
        prices.clear();
        hasMoved = false;
        series = newSeries();
        indicators = factory.apply(new ClosePriceIndicator(series));
        for (Price price : rest) {
            context.save(slot(prices.size()), price.toString());
            append(price);
        }
    }

    private void append(Price price) {
        hasMoved |= !prices.isEmpty() && !price.equals(prices.getFirst());
        prices.add(price);
        Num number = series.numFactory().numOf(price.value());
        Num none = series.numFactory().zero();
        // the series wants times; the index serves, since the indicators here look at order only
        Instant end = Instant.ofEpochSecond(prices.size());
        series.addBar(new BaseBar(STEP, end.minus(STEP), end, number, number, number, number, none, none, 1), false);
        // each index in turn, so that sums and recursions inside take the same path live and after a restart
        for (Indicator<Num> indicator : indicators) {
            indicator.getValue(series.getEndIndex());
        }
    }

    private String savedOr(String key, String otherwise) {
        String saved = context.saved(key);
        return saved == null ? otherwise : saved;
    }

    private static String slot(int index) {
        return "p" + index;
    }

    private static BarSeries newSeries() {
        return new BaseBarSeriesBuilder()
                .withNumFactory(DoubleNumFactory.getInstance())
                .build();
    }
}
