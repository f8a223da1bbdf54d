package papertape.look.trade;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import papertape.common.message.NewOrder;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** Fills in orders: what is not said follows from what is. */
public final class OrderTicket {
    private final FrontDoor door;
    private final AccountId account;
    private final Instrument instrument;
    private final Qty qty;
    private final OrderId id;

    /** @param id absent: a fresh one */
    public OrderTicket(FrontDoor door, AccountId account, Instrument instrument, Qty qty, @Nullable OrderId id) {
        this.door = door;
        this.account = account;
        this.instrument = instrument;
        this.qty = qty;
        this.id = id == null ? OrderIds.fresh(Instant.now()) : id;
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

    /** @param tif absent: immediate or cancel for a market order, else until canceled */
    public NewOrder order(
            Side side,
            @Nullable Price limit,
            @Nullable Price stop,
            @Nullable Price trail,
            @Nullable BigDecimal trailPercent,
            @Nullable TimeInForce tif,
            @Nullable Long end,
            boolean isPostOnly,
            boolean isReduceOnly) {
        OrdType type = type(limit, stop, trail != null || trailPercent != null);
        TimeInForce usual = type == OrdType.MARKET ? TimeInForce.IOC : TimeInForce.GTC;
        return new NewOrder(
                door.header(),
                id,
                account,
                null,
                instrument,
                side,
                type,
                qty,
                limit,
                stop,
                trail,
                trailPercent,
                tif == null ? usual : tif,
                end,
                isPostOnly,
                isReduceOnly,
                null);
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
