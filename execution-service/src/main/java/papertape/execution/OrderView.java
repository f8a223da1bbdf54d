package papertape.execution;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.stage.StateStore;
import papertape.common.stage.StateTable;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/**
 * An order that is not final, for those who look at the saved state from outside.
 *
 * @param seq order of arrival in its partition
 * @param stopPx where a stop stands now; a trailing one moves
 * @param avgPx of all fills; absent before the first
 * @param endTs of DAY and GTD orders: event time in microseconds from which the order is over
 * @param why why the order is where it is, in words (rule 18)
 */
public record OrderView(
        long seq,
        AccountId account,
        OrderId orderId,
        Instrument instrument,
        Side side,
        OrdType ordType,
        TimeInForce tif,
        Qty qty,
        Qty cumQty,
        @Nullable Price limitPx,
        @Nullable Price stopPx,
        @Nullable Price avgPx,
        @Nullable OrderId parentId,
        @Nullable Long endTs,
        String why) {

    /** All live orders of the partition whose state this is, in the order of accounts and ids; only reads. */
    public static List<OrderView> all(StateStore saved) {
        StateTable<OrderKey, OrderEntry> orders = saved.table("orders", OrderKey::parse, OrderEntry.class);
        StateTable<Instrument, MarketEntry> markets = saved.table("markets", Instrument::of, MarketEntry.class);
        StateTable<LevelKey, LevelEntry> levels = saved.table("levels", LevelKey::parse, LevelEntry.class);
        StateTable<LevelKey, EatenEntry> eaten = saved.table("eaten", LevelKey::parse, EatenEntry.class);
        List<OrderView> views = new ArrayList<>();
        for (OrderEntry order : orders.values()) {
            Instrument instrument = order.terms().instrument();
            Display display = new Display(instrument, levels, new Eaten(instrument, eaten));
            String why = Explanation.of(
                    order,
                    markets.getOrDefault(instrument, MarketEntry.UNKNOWN),
                    display.bestPx(Side.BUY),
                    display.bestPx(Side.SELL));
            views.add(of(order, why));
        }
        return views;
    }

    private static OrderView of(OrderEntry order, String why) {
        Terms terms = order.terms();
        return new OrderView(
                order.seq(),
                terms.account(),
                terms.orderId(),
                terms.instrument(),
                terms.side(),
                terms.ordType(),
                terms.tif(),
                terms.qty(),
                order.fills().cumQty(),
                terms.limitPx(),
                order.stop() == null ? terms.stopPx() : order.stop(),
                order.fills().avgPx(),
                terms.parentId(),
                terms.endTs(),
                why);
    }
}
