package papertape.system;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Config;
import papertape.common.json.CodecException;
import papertape.common.json.MessageCodec;
import papertape.common.message.Account;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.message.Header;
import papertape.common.message.MarketData;
import papertape.common.message.Message;
import papertape.common.stage.Skipped;
import papertape.common.testkit.StageTester;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.AccountId;
import papertape.common.value.OrderId;
import papertape.execution.ExecutionStage;
import papertape.execution.OrderView;
import papertape.risk.AccountView;
import papertape.risk.RiskStage;

/** The pre-trade checks and the simulated venue, one behind the other; what lies between them waits until it is delivered. */
final class CoupledStages {
    private final Config config;
    private final StageTester risk;
    private final StageTester execution;
    private final Deque<Message> approved = new ArrayDeque<>();
    private final Deque<Execution> reports = new ArrayDeque<>();
    private final List<Execution> executions = new ArrayList<>();
    private final List<Account> events = new ArrayList<>();
    private @Nullable OpenedState riskState;
    private @Nullable OpenedState executionState;

    CoupledStages(Config config) {
        this.config = config;
        this.risk = new StageTester("risk", context -> {
            OpenedState state = new OpenedState(context);
            riskState = state;
            return new RiskStage(config, state);
        });
        this.execution = new StageTester("execution", context -> {
            OpenedState state = new OpenedState(context);
            executionState = state;
            return new ExecutionStage(config, state);
        });
    }

    Header header(long ts) {
        return risk.header(ts);
    }

    /** Market data to execution, everything else to the pre-trade checks; returns what they answered. */
    List<Sent> send(Message message) {
        if (message instanceof MarketData) {
            report(execution.send(message));
            return List.of();
        }
        List<Sent> sent = risk.send(message);
        for (Sent each : sent) {
            if (each.channel() == Channel.APPROVED) {
                approved.add(each.message());
            } else if (each.message() instanceof Execution denial) {
                executions.add(denial);
                reports.add(denial);
            } else if (each.message() instanceof Account event) {
                events.add(event);
            }
        }
        return sent;
    }

    private void report(List<Sent> sent) {
        for (Sent each : sent) {
            if (each.message() instanceof Execution execution) {
                executions.add(execution);
                reports.add(execution);
            }
        }
    }

    void deliverApproved() {
        Message next = approved.poll();
        if (next != null) {
            report(execution.send(next));
        }
    }

    /** The next approved request reaches the simulated venue with another text, which is a dead letter there. */
    void deliverDamaged(UnaryOperator<String> damage) {
        byte[] text = damage.apply(new MessageCodec().encode(approved.remove())).getBytes(StandardCharsets.UTF_8);
        AccountId account = MessageCodec.peekAccount(text, 0, text.length);
        OrderId order = MessageCodec.peekOrderId(text, 0, text.length);
        report(execution.skip(new Skipped(
                Channel.APPROVED,
                null,
                MessageCodec.peekInstrument(text, 0, text.length),
                account == null || order == null ? null : new Skipped.OrderName(account, order),
                reason(text))));
    }

    private static String reason(byte[] text) {
        try {
            return "readable: " + new MessageCodec().decode(text, 0, text.length, null);
        } catch (CodecException e) {
            return String.valueOf(e.getMessage());
        }
    }

    Map<String, Long> executionCounts() {
        return execution.counters();
    }

    void deliverReport() {
        Execution next = reports.poll();
        if (next != null) {
            send(next);
        }
    }

    void deliverAll() {
        while (!approved.isEmpty() || !reports.isEmpty()) {
            deliverApproved();
            deliverReport();
        }
    }

    void restart() {
        risk.restart();
        execution.restart();
    }

    /** All executions, denials included, in the order in which they were made. */
    List<Execution> executions() {
        return executions;
    }

    List<Account> events() {
        return events;
    }

    List<AccountView> accounts() {
        return AccountView.all(java.util.Objects.requireNonNull(riskState), config);
    }

    List<OrderView> live() {
        return OrderView.all(java.util.Objects.requireNonNull(executionState));
    }
}
