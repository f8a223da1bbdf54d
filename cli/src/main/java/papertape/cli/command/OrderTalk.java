package papertape.cli.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import papertape.cli.look.Currencies;
import papertape.common.message.CancelOrder;
import papertape.common.message.Execution;
import papertape.common.message.NewOrder;
import papertape.common.message.OrderRequest;
import papertape.common.message.ReplaceOrder;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.look.trade.ExecutionText;
import papertape.look.trade.OrderDialog;
import picocli.CommandLine;

/** Sends requests about orders and shows every execution that answers them; knows which answers are a no. */
final class OrderTalk {
    /** What follows an acknowledgement at once (its fills, say) is shown as well. */
    private static final long QUIET_MS = 300;

    private final Session session;
    private final PrintWriter out;
    private final Currencies currencies;
    private boolean isRefused;

    OrderTalk(Session session, PrintWriter out) {
        this.session = session;
        this.out = out;
        this.currencies = Currencies.of(session.config());
    }

    /** An order, or a bracket; returns the exit code. */
    int place(NewOrder order) {
        OrderDialog dialog = dialog(order.account());
        Map<?, Execution> heard = dialog.ask(
                List.of(order), last -> last.ordStatus().isFinal() || !order.isImmediate(), QUIET_MS, Session.WAIT_MS);
        explainSilence(order, heard.get(order.orderId()));
        return code();
    }

    int cancel(CancelOrder cancel) {
        return change(cancel, last -> last.ordStatus().isFinal() || last.execType() == ExecType.CANCEL_REJECTED);
    }

    int replace(ReplaceOrder replace) {
        return change(
                replace,
                last -> last.ordStatus().isFinal()
                        || last.execType() == ExecType.REPLACED
                        || last.execType() == ExecType.CANCEL_REJECTED);
    }

    private int change(OrderRequest request, Predicate<Execution> isAnswer) {
        Map<?, Execution> heard = dialog(request.account()).ask(List.of(request), isAnswer, 0, Session.WAIT_MS);
        Execution last = heard.get(request.orderId());
        explainSilence(request, last == null || !isAnswer.test(last) ? null : last);
        return code();
    }

    private OrderDialog dialog(AccountId account) {
        return new OrderDialog(session.door(), account, this::show);
    }

    private void show(Execution execution) {
        out.println(ExecutionText.line(execution, currencies.of(execution.instrument())));
        out.flush();
        switch (execution.execType()) {
            case REJECTED, DENIED, CANCEL_REJECTED -> isRefused = true;
            case NEW, TRADE, CANCELED, REPLACED, EXPIRED, TRIGGERED -> {}
        }
    }

    private void explainSilence(OrderRequest request, @Nullable Execution heard) {
        if (heard != null) {
            return;
        }
        isRefused = true;
        String state = session.books()
                .order(request.account(), request.orderId())
                .map(view -> "it is at the venue, " + view.why())
                .orElse("it is not at the venue; see papertape status, papertape deadletter");
        out.println(
                "order " + request.orderId() + " was not answered within " + Session.WAIT_MS / 1_000 + " s: " + state);
        out.flush();
    }

    private int code() {
        return isRefused ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }
}
