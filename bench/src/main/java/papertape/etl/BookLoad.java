package papertape.etl;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import papertape.common.stage.StateTable;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/** Work for an order book: seeded changes near its best prices. In this package because the book is the service's own. */
public final class BookLoad {
    private static final int CHANGES = 4_096;
    private static final int DRAIN_EVERY = 64;

    private final StateTable<LevelKey, Qty> levels = new StateTable<>(new TreeMap<LevelKey, Qty>());
    private final OrderBook book = new OrderBook(Instrument.of("SIM", "S001-USD"), levels);
    private final List<List<Level>> changes = new ArrayList<>();
    private int at;

    /** @param depth levels a side */
    public BookLoad(int depth) {
        Random random = new Random(42);
        List<Level> bids = new ArrayList<>();
        List<Level> asks = new ArrayList<>();
        for (int i = 1; i <= depth; i++) {
            bids.add(new Level(price(100_000 - i), Qty.of("1.5")));
            asks.add(new Level(price(100_000 + i), Qty.of("1.5")));
        }
        book.replace(bids, asks);
        for (int i = 0; i < CHANGES; i++) {
            int away = 1 + (int) Math.abs(random.nextGaussian() * 20);
            Qty qty = random.nextInt(4) == 0 ? Qty.ZERO : Qty.of(Integer.toString(1 + random.nextInt(1_000)));
            changes.add(List.of(new Level(price(i % 2 == 0 ? 100_000 - away : 100_000 + away), qty)));
        }
    }

    private static Price price(int cents) {
        return new Price(BigDecimal.valueOf(cents, 2));
    }

    /** One change; every so often what changed is drained as a commit would. */
    public int update() {
        int index = at++ % CHANGES;
        if (at % DRAIN_EVERY == 0) {
            levels.drainChanges((key, qty) -> {});
        }
        return book.apply(index % 2 == 0 ? Side.BUY : Side.SELL, changes.get(index))
                .size();
    }
}
