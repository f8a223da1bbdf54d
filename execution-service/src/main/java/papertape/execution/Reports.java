package papertape.execution;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.message.LastFill;
import papertape.common.message.Order;
import papertape.common.message.OrderProgress;
import papertape.common.message.OrderRef;
import papertape.common.message.OrderTerms;
import papertape.common.stage.Outbox;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;
import papertape.common.value.Liquidity;
import papertape.common.value.Money;
import papertape.common.value.OrdStatus;
import papertape.common.value.Qty;

/** Writes executions at the event time that is being handled. */
final class Reports {
    private @Nullable Outbox out;
    private long ts;

    /** From now on executions go there and bear that event time. */
    void at(Outbox outbox, long eventTs) {
        this.out = outbox;
        this.ts = eventTs;
    }

    Outbox out() {
        return Objects.requireNonNull(out);
    }

    long ts() {
        return ts;
    }

    /** Nothing traded and the order goes on. */
    void event(LiveOrder order, ExecType type, String text) {
        send(order, progress(order, type, order.status(), order.leaves()), LastFill.NONE, text);
    }

    /** Nothing traded and the order is over. */
    void end(LiveOrder order, ExecType type, OrdStatus status, String text) {
        send(order, progress(order, type, status, Qty.ZERO), LastFill.NONE, text);
    }

    /** @param order as it is after the fill */
    void fill(LiveOrder order, Take take, Money fee, Liquidity liquidity, String text) {
        Qty leaves = order.leaves();
        OrdStatus status = leaves.isZero() ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED;
        LastFill fill = new LastFill(take.qty(), take.px(), fee, liquidity);
        send(order, progress(order, ExecType.TRADE, status, leaves), fill, text);
    }

    private static OrderProgress progress(LiveOrder order, ExecType type, OrdStatus status, Qty leaves) {
        return new OrderProgress(
                type, status, leaves, order.fills().cumQty(), order.fills().avgPx());
    }

    private void send(LiveOrder live, OrderProgress progress, LastFill fill, String text) {
        Order order = live.terms().order();
        OrderTerms terms =
                live instanceof LiveOrder.Untriggered stop ? order.terms().withStopPx(stop.stop()) : order.terms();
        send(
                order.ref(),
                terms,
                progress,
                fill,
                LateText.tell(text, live.terms().lateBy()));
    }

    /** Answers a request that met no live order; the terms of an order that is not known at all are absent. */
    void noSuchOrder(
            OrderKey key, Instrument instrument, @Nullable FinishedEntry finished, ExecType type, String text) {
        OrderRef ref = new OrderRef(key.orderId(), key.account(), null, instrument);
        OrderTerms terms = finished == null ? null : finished.terms();
        OrderProgress progress = finished == null
                ? OrderProgress.none(type, OrdStatus.REJECTED)
                : new OrderProgress(type, finished.status(), Qty.ZERO, finished.cumQty(), null);
        send(ref, terms, progress, LastFill.NONE, text);
    }

    private void send(OrderRef ref, @Nullable OrderTerms terms, OrderProgress progress, LastFill fill, String text) {
        Outbox outbox = out();
        outbox.send(Channel.EXECUTIONS, new Execution(outbox.header(ts), ref, terms, progress, fill, text));
    }
}
