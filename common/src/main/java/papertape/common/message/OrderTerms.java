package papertape.common.message;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** What an order asks for, as {@link NewOrder} explains it. */
public interface OrderTerms {
    OrderId orderId();

    Side side();

    OrdType ordType();

    Qty qty();

    @Nullable
    Price limitPx();

    @Nullable
    Price stopPx();

    @Nullable
    Price trailAmount();

    @Nullable
    BigDecimal trailPercent();

    TimeInForce tif();

    boolean postOnly();

    boolean reduceOnly();

    @Nullable
    OrderId parentId();

    @Nullable
    Price takeProfitPx();

    @Nullable
    Price stopLossPx();

    /** Whether it is a bracket's entry. */
    default boolean isBracket() {
        return takeProfitPx() != null || stopLossPx() != null;
    }

    default boolean isImmediate() {
        return tif() == TimeInForce.IOC || tif() == TimeInForce.FOK;
    }
}
