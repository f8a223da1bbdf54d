package papertape.common.runtime;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import papertape.common.message.CancelOrder;
import papertape.common.message.Channel;
import papertape.common.message.Mark;
import papertape.common.message.Message;
import papertape.common.message.Signal;
import papertape.common.stage.Outbox;
import papertape.common.stage.Stage;
import papertape.common.stage.StageContext;
import papertape.common.stage.StateTable;
import papertape.common.value.AccountId;
import papertape.common.value.OrderId;

/**
 * The rules under test: answers the n-th signal of an account with {@code <account>/<n>/<reason>}, so that every loss,
 * doubling or change of order shows in what it sends.
 */
final class Echo implements Stage {
    /** Reasons that make it fail in a way of their own. */
    static final String REFUSE = "refuse";

    static final String BREAK = "break";
    /** A reason that is counted and not answered. */
    static final String KEEP = "keep";

    static final String BREAK_ONCE = "break-once";

    static final AtomicInteger BREAKS = new AtomicInteger();
    static final Set<String> MARKS = ConcurrentHashMap.newKeySet();

    private final StateTable<AccountId, Long> counts;
    private final int partition;

    Echo(StageContext context) {
        this.partition = context.partition();
        this.counts = context.state().table("count", AccountId::of, Long.class);
    }

    static Service service() {
        return Service.stage("echo", List.of(Input.all(Channel.SIGNALS)), config -> Echo::new);
    }

    static Service withMarks() {
        return Service.stage(
                "echo", List.of(Input.all(Channel.SIGNALS), Input.all(Channel.MARKS)), config -> Echo::new);
    }

    @Override
    public void onMessage(Message message, Outbox out) {
        switch (message) {
            case Signal signal -> answer(signal, out);
            case Mark mark -> MARKS.add(partition + " " + mark.instrument() + "=" + mark.price());
            default -> throw new IllegalArgumentException("not for this stage");
        }
    }

    private void answer(Signal signal, Outbox out) {
        if (signal.reason().equals(REFUSE)) {
            throw new IllegalArgumentException("refused as it was told to");
        }
        long n = counts.getOrDefault(signal.account(), 0L) + 1;
        counts.put(signal.account(), n);
        if (signal.reason().equals(KEEP)) {
            return;
        }
        if (signal.reason().equals(BREAK) || (signal.reason().equals(BREAK_ONCE) && BREAKS.getAndIncrement() == 0)) {
            throw new IllegalStateException("broke as it was told to");
        }
        out.send(
                Channel.ORDERS,
                new CancelOrder(
                        out.header(signal.ts()),
                        OrderId.of(signal.account() + "/" + n + "/" + signal.reason()),
                        signal.account(),
                        signal.instrument()));
    }
}
