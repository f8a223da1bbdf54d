package papertape.risk;

import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.message.Header;
import papertape.common.message.NewOrder;
import papertape.common.message.OrderRequest;
import papertape.common.stage.Outbox;
import papertape.common.value.ExecId;
import papertape.common.value.ExecType;
import papertape.common.value.Money;
import papertape.common.value.OrdStatus;
import papertape.common.value.OrdType;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** Refusals, for the executions channel. */
final class OrderReports {
    private OrderReports() {}

    /** An order that never was: final. */
    static void deny(NewOrder order, Denial denial, Outbox out) {
        Header header = out.header(order.ts());
        out.send(
                Channel.EXECUTIONS,
                new Execution(
                        header,
                        ExecId.of(header.id().value()),
                        order.orderId(),
                        order.account(),
                        order.strategy(),
                        order.instrument(),
                        ExecType.DENIED,
                        OrdStatus.DENIED,
                        order.side(),
                        order.ordType(),
                        order.tif(),
                        order.qty(),
                        order.limitPx(),
                        order.stopPx(),
                        Qty.ZERO,
                        null,
                        Qty.ZERO,
                        Qty.ZERO,
                        null,
                        Money.ZERO,
                        null,
                        order.parentId(),
                        denial.text()));
    }

    /** A request about an open order that goes on as it was: {@code execType} and terms say so. */
    static void refuse(OrderRequest request, OpenOrder order, ExecType type, Denial denial, Outbox out) {
        Header header = out.header(request.ts());
        out.send(
                Channel.EXECUTIONS,
                new Execution(
                        header,
                        ExecId.of(header.id().value()),
                        order.id(),
                        request.account(),
                        order.strategy(),
                        order.instrument(),
                        type,
                        order.status(),
                        order.side(),
                        order.ordType(),
                        order.tif(),
                        order.terms().qty(),
                        order.terms().limitPx(),
                        order.terms().stopPx(),
                        Qty.ZERO,
                        null,
                        order.left(order.terms()),
                        order.cumQty(),
                        order.avgPx(),
                        Money.ZERO,
                        null,
                        order.parentId(),
                        denial.text()));
    }

    /** A cancel or replace that reached for no order of its account: nothing of another account's order shows. */
    static void refuse(OrderRequest request, Denial denial, Outbox out) {
        Header header = out.header(request.ts());
        out.send(
                Channel.EXECUTIONS,
                new Execution(
                        header,
                        ExecId.of(header.id().value()),
                        request.orderId(),
                        request.account(),
                        null,
                        request.instrument(),
                        ExecType.CANCEL_REJECTED,
                        OrdStatus.DENIED,
                        Side.BUY,
                        OrdType.MARKET,
                        TimeInForce.GTC,
                        Qty.ZERO,
                        null,
                        null,
                        Qty.ZERO,
                        null,
                        Qty.ZERO,
                        Qty.ZERO,
                        null,
                        Money.ZERO,
                        null,
                        null,
                        denial.text()));
    }
}
