package papertape.common.message;

import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrderId;

/** Names an order: an id is unique within its account. */
public interface AboutOrder {
    OrderId orderId();

    AccountId account();

    Instrument instrument();
}
