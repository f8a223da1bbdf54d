package papertape.execution;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Account;
import papertape.common.message.Channel;
import papertape.common.stage.Outbox;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.common.value.OrdStatus;
import papertape.common.value.Qty;

/**
 * One order never harms another's: a failure while an order is handled takes back what was done for it, ends that order and
 * halts its account, and the tick goes on. Without this a single order that no check had foreseen makes every tick of its
 * instrument a dead letter, for all accounts.
 */
final class Containment {
    private static final int LONGEST_REASON = 200;

    private final Tables tables;
    private final Orders orders;
    private final Lifecycle life;
    private final Reports reports;
    private final Counts counts;
    private @Nullable Print print;

    Containment(Tables tables, Orders orders, Lifecycle life, Reports reports, Counts counts) {
        this.tables = tables;
        this.orders = orders;
        this.life = life;
        this.reports = reports;
        this.counts = counts;
    }

    /** What orders meet from now on. */
    void meeting(@Nullable Print now) {
        this.print = now;
    }

    void each(List<OrderKey> keys, Consumer<OrderKey> part) {
        for (int i = 0; i < keys.size(); i++) {
            OrderKey key = keys.get(i);
            handle(key, () -> part.accept(key));
        }
    }

    /** Does what concerns this order; where that fails, the order ends. */
    void handle(OrderKey key, Runnable part) {
        RuntimeException failure = attempt(part);
        if (failure != null) {
            end(key, failure);
        }
    }

    /** Does it whole or not at all; returns why not. */
    @Nullable
    RuntimeException attempt(Runnable part) {
        Outbox out = reports.out();
        Map<AccountId, Qty> taken = print == null ? Map.of() : print.taken();
        tables.savepoint();
        try {
            out.whole(part);
            return null;
        } catch (RuntimeException e) {
            tables.rollBack();
            orders.derive();
            if (print != null) {
                print.restore(taken);
            }
            return e;
        } finally {
            tables.release();
        }
    }

    private void end(OrderKey key, RuntimeException failure) {
        String text = text(failure);
        LiveOrder order = orders.live(key);
        if (order != null && attempt(() -> end(order, text)) != null) {
            // not even its end can be told as usual
            orders.finish(order, OrdStatus.CANCELED, reports.ts());
            reports.noSuchOrder(key, order.terms().instrument(), orders.finished(key), ExecType.CANCELED, text);
        }
        failed(key, failure);
    }

    private void end(LiveOrder order, String text) {
        switch (order) {
            case LiveOrder.Entering entering -> life.refuse(entering, text);
            case LiveOrder some -> life.cancel(some, text);
        }
    }

    static String text(RuntimeException failure) {
        return "failed: " + brief(failure.toString());
    }

    /** A reason of a length that fits a report. */
    static String brief(String text) {
        String reason = text.replaceAll("\\p{Cntrl}", " ");
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
    }

    /** Counts and tells that an order was ended, and has its account halted: a fault that is ours may have cost a fill. */
    void failed(OrderKey key, RuntimeException failure) {
        counts.failed();
        Outbox out = reports.out();
        String what = "handling order " + key.orderId() + " of " + key.account() + " failed; it was ended";
        out.contained(what, failure);
        out.send(
                Channel.ACCOUNTS,
                new Account(
                        out.header(reports.ts()),
                        key.account(),
                        AccountAction.HALT,
                        null,
                        null,
                        null,
                        null,
                        "execution: " + what));
    }
}
