package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.AccountId;
import papertape.common.value.Flat;
import papertape.common.value.Instrument;
import papertape.common.value.OrderId;
import papertape.common.value.StrategyId;

/**
 * Which order: its name, its owner and its instrument.
 *
 * @param orderId the sender's id, unique within the account for ever (FIX: ClOrdID)
 * @param strategy absent for an order placed by hand
 */
@Flat
public record OrderRef(
        OrderId orderId, AccountId account, @Nullable StrategyId strategy, Instrument instrument) {
    public OrderRef withOrderId(OrderId other) {
        return new OrderRef(other, account, strategy, instrument);
    }
}
