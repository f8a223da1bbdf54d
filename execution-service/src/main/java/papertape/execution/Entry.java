package papertape.execution;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import papertape.common.value.FeedState;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/** Opens orders once their latency is over: the venue's last checks, then to the stops or into the matching. */
final class Entry {
    private final Orders orders;
    private final Lifecycle life;
    private final Matching matching;
    private final Containment guard;

    Entry(Orders orders, Lifecycle life, Matching matching, Containment guard) {
        this.guard = guard;
        this.orders = orders;
        this.life = life;
        this.matching = matching;
    }

    void enterDue(Market market, Tick tick) {
        guard.each(market.open().enteringBefore(tick.from()), key -> {
            if (orders.live(key) instanceof LiveOrder.Entering order && !waitsForPrint(market, order, tick)) {
                enter(market, order, tick);
            }
        });
    }

    /** Where only prints are known, an order that takes at once or not at all meets the next print, not the clock. */
    private static boolean waitsForPrint(Market market, LiveOrder.Entering order, Tick tick) {
        return tick.print() == null
                && !market.known().displays()
                && order.terms().isImmediate();
    }

    /** What was due when the instrument stopped being live is not accepted (rule 15). */
    void refuseDue(Market market, long ts) {
        guard.each(market.open().enteringBefore(ts), key -> {
            if (orders.live(key) instanceof LiveOrder.Pending order) {
                life.refuse(order, notLive(market));
            }
        });
    }

    static String notLive(Market market) {
        return "rule=15 feed=" + Explanation.word(market.known().state());
    }

    /** Why the instrument takes no such order now; null where it does (rule 15). */
    static @Nullable String notTaken(Market market, Terms terms) {
        FeedState state = market.known().state();
        boolean isTaken = market.known().isLive()
                && (state != FeedState.LIMIT_ONLY || terms.limitPx() != null)
                && (state != FeedState.POST_ONLY || terms.postOnly());
        return isTaken ? null : notLive(market);
    }

    private void enter(Market market, LiveOrder.Entering order, Tick tick) {
        switch (order) {
            case LiveOrder.Pending pending -> arrive(market, pending, tick);
            case LiveOrder.Released released -> {
                if (market.known().isMatching()) {
                    open(market, released, tick);
                }
            }
        }
    }

    private void arrive(Market market, LiveOrder.Pending order, Tick tick) {
        String refusal = notTaken(market, order.terms());
        if (refusal != null) {
            life.refuse(order, refusal);
            return;
        }
        open(market, order, tick);
    }

    private void open(Market market, LiveOrder.Entering order, Tick tick) {
        LiveOrder.Entering capped = order;
        if (order.terms().reduceOnly()) {
            Qty most = life.positions().reducible(order.terms());
            if (most.isZero()) {
                life.refuse(order, "rule=11 reduce-only would open a position");
                return;
            }
            capped = order.withTerms(order.terms().withQty(order.terms().qty().min(most)));
        }
        switch (order.terms().ordType()) {
            case MARKET -> openMarket(market, capped, tick);
            case LIMIT -> openLimit(market, capped, tick);
            case STOP, STOP_LIMIT -> openStop(market, capped, tick);
            case TRAILING_STOP -> openTrailing(market, capped);
        }
    }

    private void openMarket(Market market, LiveOrder.Entering order, Tick tick) {
        Side side = order.terms().side();
        Price best = market.opposite(side, tick.print());
        if (best == null) {
            life.refuse(order, "rule=2 no opposite side");
            return;
        }
        Price bound = market.protection(side, Objects.requireNonNull(market.oppositeLeft(side, tick.print())));
        LiveOrder.Seeking seeking = order.seek(bound);
        accept(order, seeking, "rule=3 protection=" + bound);
        matching.sweep(
                market,
                seeking,
                tick,
                tick.print() == null ? null : tick.print().price());
    }

    private void openLimit(Market market, LiveOrder.Entering order, Tick tick) {
        Price limit = Objects.requireNonNull(order.terms().limitPx());
        if (order.terms().postOnly() && market.crosses(order.terms(), limit, tick.print())) {
            life.refuse(
                    order,
                    "rule=11 post-only would cross best="
                            + market.opposite(order.terms().side(), tick.print()));
            return;
        }
        LiveOrder.Seeking seeking = order.seek(limit);
        accept(order, seeking, "rule=1");
        matching.sweep(
                market,
                seeking,
                tick,
                tick.print() == null ? null : tick.print().price());
    }

    private void openStop(Market market, LiveOrder.Entering order, Tick tick) {
        Price stop = Objects.requireNonNull(order.terms().stopPx());
        Price reference = market.reference(order.terms().side());
        LiveOrder.Untriggered waiting = order.await(stop, null);
        if (reference == null || !isThrough(order.terms().side(), reference, stop)) {
            accept(order, waiting, "rule=10 stop=" + stop);
            return;
        }
        switch (order) {
            case LiveOrder.Pending _ ->
                life.refuse(order, "rule=10 already through stop=" + stop + " price=" + reference);
            // the exit was accepted with its bracket: it protects a position and must not vanish because the price ran
            case LiveOrder.Released _ -> matching.trigger(market, waiting, tick, reference);
        }
    }

    private void openTrailing(Market market, LiveOrder.Entering order) {
        Price best = market.reference(order.terms().side());
        Price tick = market.settings().tick();
        Price stop = best == null ? null : Matching.trailingStop(order.terms(), best, tick);
        accept(order, order.await(stop, best), "rule=12 stop=" + stop);
    }

    static boolean isThrough(Side side, Price price, Price stop) {
        return side == Side.BUY ? !price.isBelow(stop) : !price.isAbove(stop);
    }

    private void accept(LiveOrder.Entering from, LiveOrder order, String text) {
        switch (from) {
            case LiveOrder.Pending _ -> life.acknowledge(order, text);
            case LiveOrder.Released released -> acceptReleased(released, order);
        }
    }

    /** It was acknowledged long ago; only a cut of its quantity is news. */
    private void acceptReleased(LiveOrder.Released from, LiveOrder order) {
        LiveOrder before = Objects.requireNonNull(orders.live(from.key()));
        if (before.terms().qty().equals(order.terms().qty())) {
            orders.put(order);
        } else {
            life.replaced(order, "rule=11 reduce-only qty=" + order.terms().qty());
        }
    }
}
