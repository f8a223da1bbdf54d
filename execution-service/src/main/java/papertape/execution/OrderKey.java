package papertape.execution;

import papertape.common.message.AboutOrder;
import papertape.common.value.AccountId;
import papertape.common.value.Flat;
import papertape.common.value.OrderId;

/** An order's name over all accounts. Its text is {@code account orderId}: ids contain no spaces. */
@Flat
record OrderKey(AccountId account, OrderId orderId) implements Comparable<OrderKey> {
    static OrderKey of(AboutOrder order) {
        return new OrderKey(order.account(), order.orderId());
    }

    static OrderKey parse(String text) {
        int space = text.indexOf(' ');
        return new OrderKey(AccountId.of(text.substring(0, space)), OrderId.of(text.substring(space + 1)));
    }

    @Override
    public int compareTo(OrderKey other) {
        int byAccount = account.compareTo(other.account);
        return byAccount != 0 ? byAccount : orderId.compareTo(other.orderId);
    }

    @Override
    public String toString() {
        return account.value() + ' ' + orderId.value();
    }
}
