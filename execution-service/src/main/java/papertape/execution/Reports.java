package papertape.execution;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.stage.Outbox;
import papertape.common.value.ExecId;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;
import papertape.common.value.Liquidity;
import papertape.common.value.Money;
import papertape.common.value.OrdStatus;
import papertape.common.value.OrdType;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

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
        send(order, type, order.status(), null, order.leaves(), Money.ZERO, null, text);
    }

    /** Nothing traded and the order is over. */
    void end(LiveOrder order, ExecType type, OrdStatus status, String text) {
        send(order, type, status, null, Qty.ZERO, Money.ZERO, null, text);
    }

    /** @param order as it is after the fill */
    void fill(LiveOrder order, Take take, Money fee, Liquidity liquidity, String text) {
        Qty leaves = order.leaves();
        OrdStatus status = leaves.isZero() ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED;
        send(order, ExecType.TRADE, status, take, leaves, fee, liquidity, text);
    }

    private void send(
            LiveOrder order,
            ExecType type,
            OrdStatus status,
            @Nullable Take fill,
            Qty leaves,
            Money fee,
            @Nullable Liquidity liquidity,
            String text) {
        Terms terms = order.terms();
        Fills fills = order.fills();
        Outbox outbox = Objects.requireNonNull(out);
        var header = outbox.header(ts);
        outbox.send(
                Channel.EXECUTIONS,
                new Execution(
                        header,
                        ExecId.of(header.id().value()),
                        terms.orderId(),
                        terms.account(),
                        terms.strategy(),
                        terms.instrument(),
                        type,
                        status,
                        terms.side(),
                        terms.ordType(),
                        terms.tif(),
                        terms.qty(),
                        terms.limitPx(),
                        stop(order),
                        fill == null ? Qty.ZERO : fill.qty(),
                        fill == null ? null : fill.px(),
                        leaves,
                        fills.cumQty(),
                        fills.avgPx(),
                        fee,
                        liquidity,
                        terms.parentId(),
                        LateText.tell(text, terms.lateBy())));
    }

    private static @Nullable Price stop(LiveOrder order) {
        return order instanceof LiveOrder.Untriggered stop
                ? stop.stop()
                : order.terms().stopPx();
    }

    /** A request that met no live order. Of an order that is not known at all the side and type are placeholders. */
    void noSuchOrder(
            OrderKey key, Instrument instrument, @Nullable FinishedEntry finished, ExecType type, String text) {
        Outbox outbox = Objects.requireNonNull(out);
        var header = outbox.header(ts);
        outbox.send(
                Channel.EXECUTIONS,
                new Execution(
                        header,
                        ExecId.of(header.id().value()),
                        key.orderId(),
                        key.account(),
                        null,
                        instrument,
                        type,
                        finished == null ? OrdStatus.REJECTED : finished.status(),
                        finished == null ? Side.BUY : finished.side(),
                        finished == null ? OrdType.MARKET : finished.ordType(),
                        finished == null ? TimeInForce.GTC : finished.tif(),
                        finished == null ? Qty.ZERO : finished.qty(),
                        null,
                        null,
                        Qty.ZERO,
                        null,
                        Qty.ZERO,
                        finished == null ? Qty.ZERO : finished.cumQty(),
                        null,
                        Money.ZERO,
                        null,
                        null,
                        text));
    }
}
