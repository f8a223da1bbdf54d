package papertape.pnl;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * A second, obvious reading of the rules: a queue of single units (of 0.1) per instrument. Closing takes the oldest under
 * FIFO; under average cost every unit is first given the average. Recomputed from nothing each time it is asked.
 */
final class NaiveAccount {
    static final BigDecimal UNIT = new BigDecimal("0.1");

    private final boolean fifo;
    private final Map<String, BigDecimal> rates;
    private final Map<String, Deque<BigDecimal>> longs = new TreeMap<>();
    private final Map<String, Deque<BigDecimal>> shorts = new TreeMap<>();
    private final Map<String, BigDecimal> marks = new TreeMap<>();
    BigDecimal cash = BigDecimal.ZERO;
    BigDecimal realized = BigDecimal.ZERO;
    BigDecimal fees = BigDecimal.ZERO;

    NaiveAccount(boolean fifo, Map<String, BigDecimal> rates) {
        this.fifo = fifo;
        this.rates = rates;
    }

    void flow(BigDecimal amount) {
        cash = cash.add(amount);
    }

    void mark(String instrument, BigDecimal price) {
        marks.put(instrument, price);
    }

    void fill(String instrument, boolean buy, int units, BigDecimal px, BigDecimal fee) {
        Deque<BigDecimal> own = units(buy ? longs : shorts, instrument);
        Deque<BigDecimal> other = units(buy ? shorts : longs, instrument);
        BigDecimal rate = rates.get(instrument);
        BigDecimal paid = px.multiply(UNIT).multiply(BigDecimal.valueOf(buy ? -units : units));
        cash = cash.add(paid.subtract(fee).multiply(rate));
        fees = fees.add(fee.multiply(rate));
        for (int i = 0; i < units; i++) {
            if (other.isEmpty()) {
                own.add(px);
            } else {
                BigDecimal entry = fifo ? other.element() : average(other);
                BigDecimal gain = buy ? entry.subtract(px) : px.subtract(entry);
                realized = realized.add(gain.multiply(UNIT).multiply(rate));
                takeOne(other, entry);
            }
        }
    }

    BigDecimal position(String instrument) {
        int net = units(longs, instrument).size() - units(shorts, instrument).size();
        return UNIT.multiply(BigDecimal.valueOf(net));
    }

    /** Cash and every open unit at its mark, or at what it cost where there is none. */
    BigDecimal equity() {
        return cash.add(worth(longs)).subtract(worth(shorts));
    }

    private BigDecimal worth(Map<String, Deque<BigDecimal>> side) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<String, Deque<BigDecimal>> entry : side.entrySet()) {
            for (BigDecimal paid : entry.getValue()) {
                BigDecimal price = marks.getOrDefault(entry.getKey(), paid);
                sum = sum.add(price.multiply(UNIT).multiply(rates.get(entry.getKey())));
            }
        }
        return sum;
    }

    private void takeOne(Deque<BigDecimal> units, BigDecimal entry) {
        if (fifo) {
            units.remove();
        } else {
            int left = units.size() - 1;
            units.clear();
            for (int i = 0; i < left; i++) {
                units.add(entry);
            }
        }
    }

    private static BigDecimal average(Deque<BigDecimal> units) {
        BigDecimal sum = units.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.divide(BigDecimal.valueOf(units.size()), new MathContext(60));
    }

    private static Deque<BigDecimal> units(Map<String, Deque<BigDecimal>> side, String instrument) {
        return side.computeIfAbsent(instrument, any -> new ArrayDeque<>());
    }
}
