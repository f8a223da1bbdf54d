package papertape.common.order;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.message.NewOrder;
import papertape.common.message.Order;
import papertape.common.message.OrderFields;
import papertape.common.message.OrderTerms;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** One entry and its exits, which travel as one order: {@code takeProfitPx} and {@code stopLossPx} of the entry. */
public final class Bracket {
    private static final String TAKE_PROFIT = "-tp";
    private static final String STOP_LOSS = "-sl";

    /** Longest id of an entry: an exit's is three characters longer. */
    public static final int MAX_ENTRY_ID = 125;

    private Bracket() {}

    public static OrderId takeProfitId(OrderId entry) {
        return OrderId.of(entry.value() + TAKE_PROFIT);
    }

    public static OrderId stopLossId(OrderId entry) {
        return OrderId.of(entry.value() + STOP_LOSS);
    }

    /** The exits of an order, the take-profit first; none when it is no bracket's entry. */
    public static List<NewOrder> exits(NewOrder entry) {
        List<NewOrder> exits = new ArrayList<>(2);
        if (entry.takeProfitPx() != null) {
            exits.add(exit(entry, takeProfitId(entry.orderId()), entry.takeProfitPx(), null));
        }
        if (entry.stopLossPx() != null) {
            exits.add(exit(entry, stopLossId(entry.orderId()), null, entry.stopLossPx()));
        }
        return exits;
    }

    /** The other side, the entry's quantity, until canceled: a limit order takes the profit, a stop the loss. */
    private static NewOrder exit(NewOrder entry, OrderId id, @Nullable Price limitPx, @Nullable Price stopPx) {
        OrdType type = limitPx != null ? OrdType.LIMIT : OrdType.STOP;
        OrderTerms terms = new OrderTerms(
                entry.side().opposite(), type, TimeInForce.GTC, entry.qty(), limitPx, stopPx, entry.orderId());
        return new NewOrder(entry.header(), new Order(entry.order().ref().withOrderId(id), terms));
    }

    /**
     * Whether the prices are in their order: for a buy take-profit above entry above stop-loss, for a sell the other way
     * round. The entry's prices are its limit and stop; those of a market order are not known before it fills.
     *
     * @param reference stands for the price of a market order; null where none is known
     */
    static @Nullable Fault fault(OrderFields entry, @Nullable Price reference) {
        Price profit = entry.takeProfitPx();
        Price loss = entry.stopLossPx();
        if (profit != null && loss != null && !isBetter(entry.side(), profit, loss)) {
            return fault(entry, "stopLossPx " + loss, "takeProfitPx " + profit);
        }
        boolean isOpen = entry.limitPx() == null && entry.stopPx() == null;
        Price limit = isOpen ? reference : entry.limitPx();
        String name = isOpen ? "mark " : "limitPx ";
        Fault fault = fault(entry, limit, name);
        return fault != null ? fault : fault(entry, entry.stopPx(), "stopPx ");
    }

    private static @Nullable Fault fault(OrderFields entry, @Nullable Price px, String name) {
        Price profit = entry.takeProfitPx();
        Price loss = entry.stopLossPx();
        if (px == null) {
            return null;
        }
        if (profit != null && !isBetter(entry.side(), profit, px)) {
            return fault(entry, name + px, "takeProfitPx " + profit);
        }
        return loss != null && !isBetter(entry.side(), px, loss) ? fault(entry, "stopLossPx " + loss, name + px) : null;
    }

    private static Fault fault(OrderFields entry, String than, String value) {
        return new Fault(Fault.Kind.BRACKET, (entry.side() == Side.BUY ? "above " : "below ") + than, value);
    }

    private static boolean isBetter(Side entry, Price px, Price than) {
        return entry == Side.BUY ? px.isAbove(than) : px.isBelow(than);
    }
}
