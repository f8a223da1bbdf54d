package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.message.LastFill;
import papertape.common.message.NewOrder;
import papertape.common.message.OrderProgress;
import papertape.common.message.OrderRef;
import papertape.common.message.OrderRequest;
import papertape.common.message.OrderTerms;
import papertape.common.stage.Outbox;
import papertape.common.value.ExecType;
import papertape.common.value.OrdStatus;

/** Refusals, for the executions channel. */
final class OrderReports {
    private OrderReports() {}

    /** Denies a new order: final. */
    static void deny(NewOrder order, Denial denial, Outbox out) {
        OrderProgress progress = OrderProgress.none(ExecType.DENIED, OrdStatus.DENIED);
        send(order, order.order().ref(), order.order().terms(), progress, denial, out);
    }

    /** Refuses a request about an open order, which goes on as it was: {@code execType} and terms say so. */
    static void refuse(OrderRequest request, OpenOrder open, ExecType type, Denial denial, Outbox out) {
        OrderProgress progress =
                new OrderProgress(type, open.status(), open.left(open.qty()), open.cumQty(), open.avgPx());
        send(request, open.order().ref(), open.order().terms(), progress, denial, out);
    }

    /** Refuses a cancel or replace of an order that its account does not have; another account's order stays unseen. */
    static void refuse(OrderRequest request, Denial denial, Outbox out) {
        OrderRef ref = new OrderRef(request.orderId(), request.account(), null, request.instrument());
        OrderProgress progress = OrderProgress.none(ExecType.CANCEL_REJECTED, OrdStatus.DENIED);
        send(request, ref, null, progress, denial, out);
    }

    private static void send(
            OrderRequest request,
            OrderRef ref,
            @Nullable OrderTerms terms,
            OrderProgress progress,
            Denial denial,
            Outbox out) {
        out.send(
                Channel.EXECUTIONS,
                new Execution(out.header(request.ts()), ref, terms, progress, LastFill.NONE, denial.text()));
    }
}
