package papertape.look.trade;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.message.Message;
import papertape.common.message.OrderRequest;
import papertape.common.value.AccountId;
import papertape.common.value.OrderId;

/**
 * Sends requests about orders of one account and hears what becomes of them. What is not in the journal after a while was
 * lost on its way in and is published again: an order's id enters once, so a second copy can do no harm.
 */
public final class OrderDialog {
    private static final long LOST_MS = 2_000;
    private static final String DUPLICATE = "check=duplicate_order_id";

    private final FrontDoor door;
    private final Consumer<Execution> heard;
    private final Answers asked;
    private final Answers answers;
    private final Map<OrderId, Execution> last = new HashMap<>();
    private boolean isRepeated;

    /** @param heard takes every execution of the orders asked about, as it comes */
    public OrderDialog(FrontDoor door, AccountId account, Consumer<Execution> heard) {
        this.door = door;
        this.heard = heard;
        this.asked = door.listen(Channel.ORDERS, account);
        this.answers = door.listen(Channel.EXECUTIONS, account);
    }

    /**
     * Publishes the requests and listens until all their orders are settled.
     *
     * @param isSettled of an order's latest execution: nothing more needs to be waited for
     * @param quietMs after the latest execution: how long something may still follow at once
     * @return for each order its latest execution; those that nothing was heard of are missing
     */
    public Map<OrderId, Execution> ask(
            List<? extends OrderRequest> requests, Predicate<Execution> isSettled, long quietMs, long waitMs) {
        requests.forEach(request -> door.publish(Channel.ORDERS, request));
        long start = System.nanoTime();
        long latest = start;
        Map<String, OrderRequest> missing = new HashMap<>();
        requests.forEach(request -> missing.put(request.header().id().value(), request));
        while (millisSince(start) < waitMs) {
            if (hear(requests)) {
                latest = System.nanoTime();
            }
            if (isOver(requests, isSettled) && (allFinal(requests) || millisSince(latest) >= quietMs)) {
                break;
            }
            repeatIfLost(missing, start);
            FrontDoor.pause();
        }
        return last;
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private boolean hear(List<? extends OrderRequest> requests) {
        boolean isNews = false;
        for (Message message : answers.poll()) {
            if (message instanceof Execution execution && isOurs(execution, requests) && !isEcho(execution)) {
                last.put(execution.orderId(), execution);
                heard.accept(execution);
                isNews = true;
            }
        }
        return isNews;
    }

    private static boolean isOurs(Execution execution, List<? extends OrderRequest> requests) {
        for (OrderRequest request : requests) {
            boolean isAbout = request.orderId().equals(execution.orderId())
                    // the exits of a bracket that was asked for
                    || request.orderId().equals(execution.parentId());
            if (isAbout && request.account().equals(execution.account())) {
                return true;
            }
        }
        return false;
    }

    /** The refusal of our own second copy. */
    private boolean isEcho(Execution execution) {
        return isRepeated && execution.text().startsWith(DUPLICATE);
    }

    private boolean isOver(List<? extends OrderRequest> requests, Predicate<Execution> isSettled) {
        for (OrderRequest request : requests) {
            Execution known = last.get(request.orderId());
            if (known == null || !isSettled.test(known)) {
                return false;
            }
        }
        return true;
    }

    private boolean allFinal(List<? extends OrderRequest> requests) {
        return requests.stream().allMatch(request -> isFinal(last.get(request.orderId())));
    }

    private static boolean isFinal(@Nullable Execution execution) {
        return execution != null && execution.ordStatus().isFinal();
    }

    private void repeatIfLost(Map<String, OrderRequest> missing, long start) {
        if (missing.isEmpty()) {
            return;
        }
        asked.poll().forEach(message -> missing.remove(message.header().id().value()));
        if (!isRepeated && !missing.isEmpty() && millisSince(start) > LOST_MS) {
            isRepeated = true;
            missing.values().forEach(request -> door.publish(Channel.ORDERS, request));
        }
    }
}
