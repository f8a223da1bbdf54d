package papertape.look.trade;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import papertape.common.message.NewOrder;
import papertape.common.message.Order;
import papertape.common.message.OrderOptions;
import papertape.common.message.OrderRef;
import papertape.common.message.OrderTerms;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** Makes orders of what a command line says. */
public final class OrderTicket {
    private final FrontDoor door;
    private final OrderRef ref;

    /** @param id absent: a new one */
    public OrderTicket(FrontDoor door, AccountId account, Instrument instrument, @Nullable OrderId id) {
        this.door = door;
        this.ref = new OrderRef(id == null ? OrderIds.fresh(Instant.now()) : id, account, null, instrument);
    }

    /** @throws IllegalArgumentException for terms of which no order has both */
    public static void checkTogether(
            @Nullable Price limit,
            @Nullable Price stop,
            @Nullable Price trail,
            @Nullable BigDecimal trailPercent,
            @Nullable TimeInForce tif,
            boolean ends) {
        if (trail != null && trailPercent != null) {
            throw new IllegalArgumentException("--trail and --trail-percent exclude each other");
        }
        if ((trail != null || trailPercent != null) && (limit != null || stop != null)) {
            throw new IllegalArgumentException("a trailing stop has neither --limit nor --stop");
        }
        if (tif == TimeInForce.GTD && !ends) {
            throw new IllegalArgumentException("--tif gtd needs --expire TIME");
        }
        if (ends && tif != null && tif != TimeInForce.GTD) {
            throw new IllegalArgumentException(
                    "--expire goes with --tif gtd, not " + ExecutionText.word(tif) + " (gtd may be left out)");
        }
    }

    /**
     * Questions a stop-limit that cannot fill when its stop is reached, which is nearly always a slip.
     *
     * @throws IllegalArgumentException for a buy with a limit below its stop, or a sell with one above it
     */
    public static void checkReachable(Side side, @Nullable Price limit, @Nullable Price stop) {
        if (limit == null || stop == null) {
            return;
        }
        int above = limit.compareTo(stop);
        if (side == Side.BUY ? above < 0 : above > 0) {
            throw new IllegalArgumentException("a " + ExecutionText.word(side) + " whose limit " + limit + " is "
                    + (side == Side.BUY ? "below" : "above") + " its stop " + stop
                    + " cannot fill when the stop is reached: it would rest until the market comes back to " + limit
                    + " (--anyway if it is meant so)");
        }
    }

    public NewOrder order(OrderTerms terms, OrderOptions options) {
        return new NewOrder(door.header(), new Order(ref, terms, options));
    }

    /** @param tif absent: immediate or cancel for a market order, otherwise until canceled */
    public static OrderTerms terms(
            Side side,
            Qty qty,
            @Nullable Price limit,
            @Nullable Price stop,
            boolean isTrailing,
            @Nullable TimeInForce tif) {
        OrdType type = type(limit, stop, isTrailing);
        TimeInForce usual = type == OrdType.MARKET ? TimeInForce.IOC : TimeInForce.GTC;
        return new OrderTerms(side, type, tif == null ? usual : tif, qty, limit, stop, null);
    }

    private static OrdType type(@Nullable Price limit, @Nullable Price stop, boolean isTrailing) {
        if (isTrailing) {
            return OrdType.TRAILING_STOP;
        }
        if (stop != null) {
            return limit == null ? OrdType.STOP : OrdType.STOP_LIMIT;
        }
        return limit == null ? OrdType.MARKET : OrdType.LIMIT;
    }
}
