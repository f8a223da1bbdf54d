package papertape.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import papertape.common.message.CancelOrder;
import papertape.common.message.OrderRequest;
import papertape.common.message.ReplaceOrder;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;
import papertape.common.value.OrdType;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/** Cancels and replaces: accepted, delayed by their latency, then applied to what is left of the order. */
final class Requests {
    private final Orders orders;
    private final Lifecycle life;
    private final Reports reports;
    private final Counts counts;
    private final Containment guard;
    private final long cancelLatency;
    private final long replaceLatency;

    Requests(
            Orders orders,
            Lifecycle life,
            Reports reports,
            Counts counts,
            Containment guard,
            long cancelLatency,
            long replaceLatency) {
        this.orders = orders;
        this.life = life;
        this.reports = reports;
        this.counts = counts;
        this.guard = guard;
        this.cancelLatency = cancelLatency;
        this.replaceLatency = replaceLatency;
    }

    void onCancel(@Nullable Market market, CancelOrder cancel) {
        LiveOrder order = find(cancel);
        if (order == null || market == null) {
            refuseUnknown(OrderKey.of(cancel), cancel.instrument());
        } else if (isQuiet(market)) {
            life.cancel(
                    order,
                    "rule=15 canceled while feed="
                            + Explanation.word(market.known().state()));
        } else {
            long due = after(order, cancel.ts() + cancelLatency);
            orders.add(RequestEntry.of(cancel, due, counts.lateBy(market, due)));
        }
    }

    void onReplace(@Nullable Market market, ReplaceOrder replace) {
        LiveOrder order = find(replace);
        if (order == null || market == null) {
            refuseUnknown(OrderKey.of(replace), replace.instrument());
        } else if (!market.known().isLive()) {
            reports.event(order, ExecType.CANCEL_REJECTED, Entry.notLive(market));
        } else {
            long due = after(order, replace.ts() + replaceLatency);
            orders.add(RequestEntry.of(replace, due, counts.lateBy(market, due)));
        }
    }

    private @Nullable LiveOrder find(OrderRequest request) {
        LiveOrder order = orders.live(OrderKey.of(request));
        return order != null && order.terms().instrument().equals(request.instrument()) ? order : null;
    }

    private void refuseUnknown(OrderKey key, Instrument instrument) {
        FinishedEntry finished = orders.finished(key);
        String why = finished == null ? "unknown order" : "too late: " + Lifecycle.word(finished.status());
        reports.noSuchOrder(key, instrument, finished, ExecType.CANCEL_REJECTED, why);
    }

    /** Nothing trades and nothing may come that a cancel could wait for. */
    private static boolean isQuiet(Market market) {
        return !market.known().isLive() || market.known().isUnheardOf();
    }

    /** A request never overtakes its order. */
    private static long after(LiveOrder order, long due) {
        return order instanceof LiveOrder.Pending ? Math.max(due, order.visibleAfter()) : due;
    }

    /**
     * Applies what is due before data of that time, but for requests whose order is still to enter.
     *
     * @return orders that a replace sent to the back of the queue and that have to meet the market anew
     */
    List<OrderKey> applyDue(Market market, Tick tick) {
        List<OrderKey> reentered = new ArrayList<>(0);
        for (OpenOrders.Due due : market.open().requestsBefore(tick.from())) {
            RequestEntry request = market.open().request(due);
            if (request != null && !(orders.live(request.key()) instanceof LiveOrder.Pending)) {
                guard.handle(request.key(), () -> {
                    orders.remove(due, request);
                    if (apply(market, request, tick)) {
                        reentered.add(request.key());
                    }
                });
            }
        }
        return reentered;
    }

    /** Whether the order has to enter anew. */
    private boolean apply(Market market, RequestEntry request, Tick tick) {
        LiveOrder order = orders.live(request.key());
        if (order == null) {
            refuseLate(request);
            return false;
        }
        if (request.cancel()) {
            life.cancel(order, request.tell("rule=1 canceled by request"));
            return false;
        }
        return replace(market, order, request, tick);
    }

    /** A cancel that is due ends an order that still waits for a print to enter with. */
    void cancelWaiting(Market market, Tick tick) {
        for (OpenOrders.Due due : market.open().requestsBefore(tick.from())) {
            RequestEntry request = market.open().request(due);
            if (request != null
                    && request.cancel()
                    && orders.live(request.key()) instanceof LiveOrder.Pending order
                    && order.sees(tick.from())) {
                guard.handle(request.key(), () -> {
                    orders.remove(due, request);
                    life.cancel(order, request.tell("rule=1 canceled by request"));
                });
            }
        }
    }

    /** The feed is not to be believed any more: no fill can beat a cancel, so none needs to wait (rule 15). */
    void settleCancels(Market market) {
        for (OpenOrders.Due due : market.open().allRequests()) {
            RequestEntry request = market.open().request(due);
            if (request != null && request.cancel()) {
                guard.handle(request.key(), () -> {
                    orders.remove(due, request);
                    LiveOrder order = orders.live(request.key());
                    if (order == null) {
                        refuseLate(request);
                    } else {
                        life.cancel(order, Entry.notLive(market));
                    }
                });
            }
        }
    }

    private void refuseLate(RequestEntry request) {
        refuseUnknown(request.key(), request.instrument());
    }

    /** Whether the order has to enter anew. */
    private boolean replace(Market market, LiveOrder order, RequestEntry request, Tick tick) {
        Terms old = order.terms();
        Terms terms = old.with(request.change().of(old.order().terms()));
        String refusal = refusal(market, order, terms, tick);
        if (refusal != null) {
            reports.event(order, ExecType.CANCEL_REJECTED, refusal);
            return false;
        }
        if (order instanceof LiveOrder.Resting resting && losesPlace(old, terms)) {
            LiveOrder.Seeking seeking = resting.reentering(terms, orders.nextSeq(), request.visibleAfter());
            life.replaced(seeking, request.tell("rule=8 to the back of the queue"));
            return true;
        }
        life.replaced(replaced(order, terms, request), request.tell("rule=8 keeps its place"));
        LiveOrder entry = entryOf(terms);
        if (entry != null) {
            orders.put(entry.withTerms(entry.terms().withExit(terms)));
        }
        return false;
    }

    /** The live entry of a bracket's exit; null where there is none. */
    private @Nullable LiveOrder entryOf(Terms exit) {
        OrderKey parent = exit.parentKey();
        return parent == null ? null : orders.live(parent);
    }

    /** An exit has its entry's quantity, and while that is not final the bracket's prices stay in their order. */
    private @Nullable String exitRefusal(Market market, LiveOrder order, Terms terms) {
        if (terms.parentId() == null) {
            return null;
        }
        if (!terms.qty().equals(order.terms().qty())) {
            return "rule=12 the quantity of an exit follows its entry parent=" + terms.parentId();
        }
        LiveOrder entry = entryOf(terms);
        return entry == null ? null : TermsCheck.refusal(entry.terms().withExit(terms), market.settings());
    }

    private static LiveOrder replaced(LiveOrder order, Terms terms, RequestEntry request) {
        boolean stopMoved = !Objects.equals(order.terms().stopPx(), terms.stopPx());
        return order instanceof LiveOrder.Untriggered stop && stopMoved
                ? stop.replaced(terms, request.visibleAfter())
                : order.withTerms(terms);
    }

    private static boolean losesPlace(Terms old, Terms terms) {
        return !Objects.equals(old.limitPx(), terms.limitPx()) || terms.qty().compareTo(old.qty()) > 0;
    }

    private @Nullable String refusal(Market market, LiveOrder order, Terms terms, Tick tick) {
        String notTaken = Entry.notTaken(market, terms);
        if (notTaken != null) {
            return notTaken;
        }
        Qty cumQty = order.fills().cumQty();
        if (terms.qty().compareTo(cumQty) <= 0) {
            return "qty=" + terms.qty() + " is not above cumQty=" + cumQty;
        }
        String wrong = TermsCheck.refusal(terms, market.settings());
        wrong = wrong != null ? wrong : exitRefusal(market, order, terms);
        return wrong != null ? wrong : priceRefusal(market, order, terms, tick);
    }

    private static @Nullable String priceRefusal(Market market, LiveOrder order, Terms terms, Tick tick) {
        Price limit = terms.limitPx();
        if (order instanceof LiveOrder.Resting
                && limit != null
                && terms.postOnly()
                && market.crosses(terms, limit, tick.print())) {
            return "rule=11 post-only would cross";
        }
        Price stop = terms.stopPx();
        Price reference = market.reference(terms.side());
        boolean waits = order instanceof LiveOrder.Untriggered && terms.ordType() != OrdType.TRAILING_STOP;
        if (waits && stop != null && reference != null && Entry.isThrough(terms.side(), reference, stop)) {
            return "rule=10 already through stop=" + stop + " price=" + reference;
        }
        return waits || Objects.equals(order.terms().stopPx(), stop) || !isTriggered(order)
                ? null
                : "rule=10 the stop has triggered";
    }

    private static boolean isTriggered(LiveOrder order) {
        return order instanceof LiveOrder.Active;
    }
}
