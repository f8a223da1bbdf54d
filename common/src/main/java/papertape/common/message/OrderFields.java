package papertape.common.message;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.StrategyId;
import papertape.common.value.TimeInForce;

/** Has an {@link Order} and reads its fields as they are named on the wire. */
public interface OrderFields extends AboutOrder {
    Order order();

    @Override
    default OrderId orderId() {
        return order().ref().orderId();
    }

    @Override
    default AccountId account() {
        return order().ref().account();
    }

    default @Nullable StrategyId strategy() {
        return order().ref().strategy();
    }

    @Override
    default Instrument instrument() {
        return order().ref().instrument();
    }

    default Side side() {
        return order().terms().side();
    }

    default OrdType ordType() {
        return order().terms().ordType();
    }

    default TimeInForce tif() {
        return order().terms().tif();
    }

    default Qty qty() {
        return order().terms().qty();
    }

    default @Nullable Price limitPx() {
        return order().terms().limitPx();
    }

    default @Nullable Price stopPx() {
        return order().terms().stopPx();
    }

    default @Nullable OrderId parentId() {
        return order().terms().parentId();
    }

    default @Nullable Price trailAmount() {
        return order().options().trailAmount();
    }

    default @Nullable BigDecimal trailPercent() {
        return order().options().trailPercent();
    }

    default @Nullable Long expireTs() {
        return order().options().expireTs();
    }

    default boolean postOnly() {
        return order().options().postOnly();
    }

    default boolean reduceOnly() {
        return order().options().reduceOnly();
    }

    default @Nullable Price takeProfitPx() {
        return order().options().takeProfitPx();
    }

    default @Nullable Price stopLossPx() {
        return order().options().stopLossPx();
    }

    /** Whether the order is a bracket's entry. */
    default boolean isBracket() {
        return takeProfitPx() != null || stopLossPx() != null;
    }

    default boolean isImmediate() {
        return tif() == TimeInForce.IOC || tif() == TimeInForce.FOK;
    }
}
