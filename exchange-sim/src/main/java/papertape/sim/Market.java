package papertape.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Side;

/**
 * One instrument: its book and the traders around it. A fair value walks at random; limit orders gather around it, the
 * ones it has passed get traded, market orders come from both sides, and what lies far off is canceled first. Neither
 * side of the book ever runs empty. A pure function of the seed and the times of its steps.
 */
final class Market {
    private static final long WALK_MICROS = 50_000;
    private static final int MOST_WALKS = 40;
    private static final int SEED_ORDERS = 40;
    private static final int USUAL_ORDERS = 200;
    private static final int LEAST_ON_SIDE = 5;
    private static final int MARKET_PERCENT = 8;
    private static final int KEPT_TRADES = 20_000;

    final SimInstrument instrument;
    final MatchingBook book;
    /** The latest trades, the last one last. */
    final Deque<PrintedTrade> trades = new ArrayDeque<>();

    private final Random random;
    private long fair;
    private long walkedMicros;
    private long nextOrderId = 1;

    Market(SimInstrument instrument, long seed, long startMicros, MatchingBook.Listener tape) {
        this.instrument = instrument;
        this.random = new Random(seed);
        this.fair = instrument.startTicks();
        this.walkedMicros = startMicros;
        this.book = new MatchingBook(tape);
        for (int i = 0; i < SEED_ORDERS; i++) {
            limit(i % 2 == 0 ? Side.BUY : Side.SELL);
        }
    }

    /** One trader does one thing. */
    void step(long micros) {
        walk(micros);
        int limitPercent = Math.clamp(45 + (USUAL_ORDERS - book.size()) / 5, 10, 85);
        int roll = random.nextInt(100);
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        Side other = side.opposite();
        if (roll < limitPercent || book.count(other) < LEAST_ON_SIDE) {
            limit(book.count(other) < LEAST_ON_SIDE ? other : side);
        } else if (roll < limitPercent + MARKET_PERCENT) {
            long lots = bounded(side, lots());
            if (lots > 0) {
                book.market(nextOrderId++, side, lots);
            }
        } else {
            cancel();
        }
    }

    @Nullable
    PrintedTrade lastTrade() {
        return trades.peekLast();
    }

    void keep(PrintedTrade trade) {
        trades.addLast(trade);
        if (trades.size() > KEPT_TRADES) {
            trades.removeFirst();
        }
    }

    /** Up to a basis point each 50 ms: some 0.2 percent a minute, lively enough to watch. Never below a tenth of the start. */
    private void walk(long micros) {
        long walks = Math.min((micros - walkedMicros) / WALK_MICROS, MOST_WALKS);
        if (walks <= 0) {
            return;
        }
        walkedMicros = micros - (micros - walkedMicros) % WALK_MICROS;
        for (int i = 0; i < walks; i++) {
            int most = Math.clamp(fair / 10_000, 1, 1 << 30);
            fair += random.nextInt(2 * most + 1) - most;
        }
        fair = Math.clamp(fair, instrument.startTicks() / 10, instrument.startTicks() * 10);
    }

    private void limit(Side side) {
        long half = Math.max(1, fair / 50_000);
        long draw = random.nextInt(1 << 15);
        // The square gathers orders near the fair value
        long distance = half + ((40 * half * draw * draw) >> 30);
        long ticks = Math.max(1, side == Side.BUY ? fair - distance : fair + distance);
        long lots = crosses(side, ticks) ? bounded(side, lots()) : lots();
        if (lots > 0) {
            book.limit(nextOrderId++, side, ticks, lots);
        }
    }

    private boolean crosses(Side side, long ticks) {
        PriceLevel best = book.best(side.opposite());
        return best != null && (side == Side.BUY ? best.ticks <= ticks : best.ticks >= ticks);
    }

    private void cancel() {
        BookOrder one = book.order(random.nextInt(book.size()));
        BookOrder two = book.order(random.nextInt(book.size()));
        BookOrder order = Math.abs(one.level.ticks - fair) > Math.abs(two.level.ticks - fair) ? one : two;
        if (book.count(order.side) > LEAST_ON_SIDE) {
            book.cancel(order);
        } else {
            limit(order.side);
        }
    }

    /** One in twenty is large. */
    private long lots() {
        long lots = instrument.minLots() + random.nextInt(2 * instrument.typicalLots());
        return random.nextInt(20) == 0 ? lots * 8 : lots;
    }

    /** A taker leaves something on the other side. */
    private long bounded(Side taker, long lots) {
        return Math.min(lots, book.lots(taker.opposite()) - 1);
    }
}
