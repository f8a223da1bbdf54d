package papertape.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.common.value.Side.BUY;
import static papertape.common.value.Side.SELL;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import papertape.common.value.Side;

class MatchingBookTest {
    private final List<String> heard = new ArrayList<>();
    private final MatchingBook book = new MatchingBook(new MatchingBook.Listener() {
        @Override
        public void traded(BookOrder maker, long takerId, long lots) {
            heard.add(takerId + " takes " + lots + " of " + maker.id + " at " + maker.level.ticks);
        }

        @Override
        public void levelChanged(Side side, long ticks, long lots) {
            heard.add(side + " " + ticks + ": " + lots);
        }
    });

    @Test
    void theBestPriceTradesFirstAndAtOnePriceTheOldest() {
        book.limit(1, SELL, 101, 5);
        book.limit(2, SELL, 100, 5);
        book.limit(3, SELL, 100, 5);
        heard.clear();
        book.limit(4, BUY, 101, 12);
        assertThat(heard)
                .containsExactly(
                        "4 takes 5 of 2 at 100",
                        "4 takes 5 of 3 at 100",
                        "SELL 100: 0",
                        "4 takes 2 of 1 at 101",
                        "SELL 101: 3");
    }

    @Test
    void whatALimitDoesNotTradeRests() {
        book.limit(1, BUY, 100, 5);
        heard.clear();
        book.limit(2, SELL, 100, 8);
        assertThat(heard).containsExactly("2 takes 5 of 1 at 100", "BUY 100: 0", "SELL 100: 3");
    }

    @Test
    void aLimitDoesNotTradeBeyondItsPrice() {
        book.limit(1, SELL, 100, 5);
        book.limit(2, SELL, 102, 5);
        book.limit(3, BUY, 101, 9);
        assertThat(book.lots(BUY)).isEqualTo(4);
        assertThat(book.lots(SELL)).isEqualTo(5);
    }

    @Test
    void whatAMarketOrderDoesNotTradeIsGone() {
        book.limit(1, BUY, 100, 5);
        book.market(2, SELL, 8);
        assertThat(book.size()).isZero();
        assertThat(book.lots(SELL)).isZero();
    }

    @Test
    void aCanceledOrderLeavesTheOthersOfItsLevelInTheirOrder() {
        book.limit(1, BUY, 100, 5);
        book.limit(2, BUY, 100, 6);
        book.limit(3, BUY, 100, 7);
        book.cancel(order(2));
        heard.clear();
        book.market(4, SELL, 12);
        assertThat(heard).containsExactly("4 takes 5 of 1 at 100", "4 takes 7 of 3 at 100", "BUY 100: 0");
    }

    @Test
    void aRandomFlowMatchesAsAPlainListOfOrdersWould() {
        for (long seed = 1; seed <= 20; seed++) {
            compareWithPlainList(seed);
        }
    }

    private void compareWithPlainList(long seed) {
        Random random = new Random(seed);
        PlainBook plain = new PlainBook();
        List<String> trades = new ArrayList<>();
        MatchingBook tested = new MatchingBook(new Trades(trades));
        for (long id = 1; id <= 3000; id++) {
            Side side = random.nextBoolean() ? BUY : SELL;
            int kind = random.nextInt(10);
            long lots = 1 + random.nextInt(20);
            if (kind < 6) {
                long ticks = 95 + random.nextInt(11);
                tested.limit(id, side, ticks, lots);
                plain.submit(id, side, ticks, lots, true);
            } else if (kind < 8) {
                tested.market(id, side, lots);
                plain.submit(id, side, side == BUY ? 1_000_000 : 0, lots, false);
            } else if (tested.size() > 0) {
                BookOrder order = tested.order(random.nextInt(tested.size()));
                tested.cancel(order);
                plain.resting.removeIf(each -> each[0] == order.id);
            }
            assertThat(trades).as("seed %d, order %d", seed, id).isEqualTo(plain.trades);
            assertSound(tested, plain, seed, id);
        }
    }

    private static void assertSound(MatchingBook book, PlainBook plain, long seed, long id) {
        PriceLevel bid = book.best(BUY);
        PriceLevel ask = book.best(SELL);
        assertThat(bid == null || ask == null || bid.ticks < ask.ticks)
                .as("not crossed: seed %d, order %d", seed, id)
                .isTrue();
        for (Side side : Side.values()) {
            Map<Long, Long> levels = new HashMap<>();
            book.levels(side).forEach(level -> levels.put(level.ticks, level.lots));
            assertThat(levels).as("levels: seed %d, order %d", seed, id).isEqualTo(plain.levels(side));
            assertThat(book.lots(side))
                    .isEqualTo(levels.values().stream().mapToLong(Long::longValue).sum());
            assertThat(book.count(side)).isEqualTo((int) plain.resting.stream()
                    .filter(order -> order[1] == side.ordinal())
                    .count());
        }
    }

    private BookOrder order(long id) {
        for (int i = 0; i < book.size(); i++) {
            if (book.order(i).id == id) {
                return book.order(i);
            }
        }
        throw new AssertionError("no order " + id);
    }

    private record Trades(List<String> trades) implements MatchingBook.Listener {
        @Override
        public void traded(BookOrder maker, long takerId, long lots) {
            trades.add(takerId + "/" + maker.id + " " + lots + "@" + maker.level.ticks);
        }

        @Override
        public void levelChanged(Side side, long ticks, long lots) {
            // Levels are compared whole
        }
    }

    /** The rules of matching in their plainest form: a list searched anew for the best counterpart each time. */
    private static final class PlainBook {
        /** Id, side, price, lots; the oldest first. */
        final List<long[]> resting = new ArrayList<>();

        final List<String> trades = new ArrayList<>();

        void submit(long id, Side side, long ticks, long lots, boolean rests) {
            long left = lots;
            long[] best = best(side, ticks);
            while (left > 0 && best != null) {
                long traded = Math.min(left, best[3]);
                trades.add(id + "/" + best[0] + " " + traded + "@" + best[2]);
                left -= traded;
                best[3] -= traded;
                resting.removeIf(order -> order[3] == 0);
                best = best(side, ticks);
            }
            if (rests && left > 0) {
                resting.add(new long[] {id, side.ordinal(), ticks, left});
            }
        }

        private long[] best(Side taker, long limit) {
            Comparator<long[]> byPrice = Comparator.comparingLong(order -> taker == BUY ? order[2] : -order[2]);
            return resting.stream()
                    .filter(order -> order[1] != taker.ordinal())
                    .filter(order -> taker == BUY ? order[2] <= limit : order[2] >= limit)
                    .min(byPrice)
                    .orElse(null);
        }

        Map<Long, Long> levels(Side side) {
            Map<Long, Long> levels = new HashMap<>();
            resting.stream()
                    .filter(order -> order[1] == side.ordinal())
                    .forEach(order -> levels.merge(order[2], order[3], Long::sum));
            return levels;
        }
    }
}
