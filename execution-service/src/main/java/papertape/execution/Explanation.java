package papertape.execution;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import papertape.common.stage.StateStore;
import papertape.common.stage.StateTable;
import papertape.common.value.AccountId;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Side;

/** Why an order is where it is (rule 18), from the saved state alone. */
public final class Explanation {
    private Explanation() {}

    /**
     * Answers for an order of the partition whose state this is.
     *
     * @param saved the execution stage's saved state; only read
     * @return one line of words; for an order that was never here or is forgotten, that
     */
    public static String of(StateStore saved, AccountId account, OrderId orderId) {
        OrderKey key = new OrderKey(account, orderId);
        StateTable<OrderKey, OrderEntry> orders = saved.table("orders", OrderKey::parse, OrderEntry.class);
        OrderEntry order = orders.get(key);
        if (order == null) {
            FinishedEntry ended = saved.table("finished", OrderKey::parse, FinishedEntry.class)
                    .get(key);
            return ended == null ? "unknown order" : "final: " + Lifecycle.word(ended.status());
        }
        Instrument instrument = order.terms().instrument();
        MarketEntry market =
                saved.table("markets", Instrument::of, MarketEntry.class).getOrDefault(instrument, MarketEntry.UNKNOWN);
        StateTable<LevelKey, EatenEntry> eaten = saved.table("eaten", LevelKey::parse, EatenEntry.class);
        StateTable<LevelKey, LevelEntry> levels = saved.table("levels", LevelKey::parse, LevelEntry.class);
        Display display = new Display(instrument, levels, new Eaten(instrument, eaten));
        return of(order, market, display.bestPx(Side.BUY), display.bestPx(Side.SELL));
    }

    static String of(OrderEntry order, MarketEntry market, @Nullable Price bid, @Nullable Price ask) {
        String where = where(order, market, bid, ask);
        return market.isLive() ? where : "instrument " + word(market.state()) + ": nothing fills; " + where;
    }

    private static String where(OrderEntry order, MarketEntry market, @Nullable Price bid, @Nullable Price ask) {
        Terms terms = order.terms();
        return switch (order.phase()) {
            case PENDING -> "waiting for latency: enters on the first market data later than " + order.visibleAfter();
            case HELD -> "held until its parent " + terms.parentId() + " is final";
            case RELEASED ->
                "its parent " + terms.parentId() + " is final: opens on the first market data later than "
                        + order.visibleAfter();
            case UNTRIGGERED -> untriggered(order, market, bid, ask);
            case SEEKING -> distance(terms, bid, ask, order.bound(), "protection");
            case RESTING -> resting(order, bid, ask);
        };
    }

    private static String untriggered(OrderEntry order, MarketEntry market, @Nullable Price bid, @Nullable Price ask) {
        boolean buy = order.terms().side() == Side.BUY;
        if (order.stop() == null) {
            return "stop not set: no price seen yet";
        }
        String stop = (buy ? " < stop " : " > stop ") + order.stop();
        String trail = order.best() == null ? "" : ", trailing from " + order.best();
        if (market.lastTrade() != null) {
            return "stop not reached: last trade " + market.lastTrade() + stop + trail;
        }
        Price quoted = buy ? ask : bid;
        return "stop not reached: " + (quoted == null ? "no price" : (buy ? "ask " : "bid ") + quoted) + stop + trail;
    }

    private static String resting(OrderEntry order, @Nullable Price bid, @Nullable Price ask) {
        Price limit = Objects.requireNonNull(order.terms().limitPx());
        String queue =
                order.queueAhead() == null ? "not known" : order.queueAhead().toString();
        return "resting at " + limit + ", queue ahead " + queue + ", "
                + distance(order.terms(), bid, ask, limit, "limit");
    }

    private static String distance(
            Terms terms, @Nullable Price bid, @Nullable Price ask, @Nullable Price bound, String name) {
        boolean buy = terms.side() == Side.BUY;
        Price opposite = buy ? ask : bid;
        if (opposite == null || bound == null) {
            return "not marketable: no " + (buy ? "ask" : "bid") + " is displayed";
        }
        String prices = (buy ? "ask " : "bid ") + opposite;
        return terms.reaches(opposite, bound)
                ? "marketable: " + prices + ", but what is displayed is taken already; waiting for an update"
                : "not marketable: " + prices + (buy ? " > " : " < ") + name + " " + bound;
    }

    static String word(@Nullable FeedState feed) {
        return feed == null ? "unknown" : feed.name().toLowerCase(Locale.ROOT);
    }
}
