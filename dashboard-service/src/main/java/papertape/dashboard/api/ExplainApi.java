package papertape.dashboard.api;

import java.util.ArrayList;
import java.util.List;
import papertape.common.message.Execution;
import papertape.common.value.AccountId;
import papertape.common.value.MessageId;
import papertape.common.value.OrderId;
import papertape.dashboard.web.Answer;
import papertape.dashboard.web.Request;
import papertape.look.History;
import papertape.look.trade.ExecutionText;

/** Why an order is where it is: its life, and each step's causes back to the venue's message. */
public final class ExplainApi {
    /** @param line the execution in words, as {@code papertape explain} prints it @param text its reason, times readable */
    record LifeStep(Execution execution, String line, String text) {}

    record Life(String account, String orderId, List<LifeStep> steps) {}

    /** @param complete whether it reaches the venue's message, or the front door that the order came by */
    record Causes(List<Trail.Step> steps, boolean complete) {}

    private final Connections connections;

    public ExplainApi(Connections connections) {
        this.connections = connections;
    }

    public Answer explain(Request request) {
        AccountId account = AccountId.of(request.need("account"));
        OrderId order = OrderId.of(request.need("order"));
        return connections.with(bus -> {
            List<LifeStep> steps = new ArrayList<>();
            for (Execution each : new History(bus, connections.config()).executions(account, order)) {
                steps.add(new LifeStep(each, ExecutionText.line(each, ""), ExecutionText.text(each.text())));
            }
            if (steps.isEmpty()) {
                throw new IllegalArgumentException("unknown order " + order + " of account " + account);
            }
            return Answer.of(new Life(account.value(), order.value(), steps));
        });
    }

    public Answer causes(Request request) {
        MessageId id = MessageId.of(request.need("id"));
        int partitions = connections.config().bus().partitions();
        return connections.with(bus -> {
            List<Trail.Step> steps = new Trail(bus, partitions).back(id);
            return Answer.of(new Causes(steps, !steps.getLast().text().isEmpty()));
        });
    }
}
