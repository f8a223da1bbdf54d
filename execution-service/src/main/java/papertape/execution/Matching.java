package papertape.execution;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Book;
import papertape.common.message.MarketData;
import papertape.common.value.Level;
import papertape.common.value.Liquidity;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** Matches orders with market data: rules 2 to 10 and 13. */
final class Matching {
    private final Orders orders;
    private final Lifecycle life;
    private final Containment guard;

    Matching(Orders orders, Lifecycle life, Containment guard) {
        this.orders = orders;
        this.life = life;
        this.guard = guard;
    }

    /** Market data meets the orders that are there: resting ones first, then those that seek, then stops. */
    void match(Market market, Tick tick, MarketData data) {
        Print print = tick.print();
        if (print != null) {
            printed(market, tick, print, Side.BUY);
            printed(market, tick, print, Side.SELL);
        } else {
            capQueues(market, data);
            crossed(market, tick, Side.BUY);
            crossed(market, tick, Side.SELL);
        }
        if (print == null || !market.known().displays()) {
            guard.each(market.open().seekingOrders(), key -> {
                if (orders.live(key) instanceof LiveOrder.Seeking order && order.sees(tick.from())) {
                    sweep(market, order, tick, print == null ? null : print.price());
                }
            });
        }
        stops(market, tick);
    }

    /** Rules 6b, 6c, 7 and 8: a print against the resting orders of one side. */
    private void printed(Market market, Tick tick, Print print, Side side) {
        if (!print.mayFill(side)) {
            return;
        }
        Price extreme = print.extremeFor(side);
        guard.each(market.open().restingUpTo(side, extreme), key -> {
            if (orders.live(key) instanceof LiveOrder.Resting order && order.sees(tick.from())) {
                if (order.limit().equals(extreme)) {
                    printedAt(market, tick, print, order);
                } else {
                    printedThrough(market, print, order);
                }
            }
        });
    }

    private void printedThrough(Market market, Print print, LiveOrder.Resting order) {
        LiveOrder.Resting first = order.behind(order.queue().cleared());
        orders.put(first);
        boolean displayed = market.known().displays();
        Qty volume = displayed ? print.volume() : market.shareOf(print);
        String text =
                "rule=6b trade-through price=" + print.extremeFor(order.terms().side())
                        + (displayed
                                ? " assumption=queue-ahead-cleared"
                                : " source=" + print.source() + " assumption=share-of-volume");
        fillFromPrint(market, print, first, volume, text);
    }

    private void printedAt(Market market, Tick tick, Print print, LiveOrder.Resting order) {
        if (market.fillsOnTradeThroughOnly()) {
            return;
        }
        Queue before = order.queue().ahead() != null ? order.queue() : market.shown(order);
        Qty queue = before.aheadOf(tick.from());
        if (queue == null) {
            return;
        }
        LiveOrder.Resting moved = order.behind(before.traded(tick.from(), print.volume()));
        if (!moved.equals(order)) {
            orders.put(moved);
        }
        fillFromPrint(
                market,
                print,
                moved,
                print.volume().minus(queue),
                "rule=6c trade-at price=" + print.price() + " queueAhead=" + queue + " assumption=queue-traded-first");
    }

    private void fillFromPrint(Market market, Print print, LiveOrder.Resting order, Qty most, String text) {
        Qty allowed = allowed(order);
        Qty qty = allowed.min(most.minus(print.takenBy(order.terms().account())));
        if (qty.isPositive()) {
            print.take(order.terms().account(), qty);
            LiveOrder after = life.fill(market, order, new Take(null, order.limit(), qty), Liquidity.MAKER, text);
            endIfNothingToReduce(after);
        } else {
            endIfNothingToReduce(order);
        }
    }

    /** Rule 6a: the opposite best has come to the limits of resting orders. */
    private void crossed(Market market, Tick tick, Side side) {
        if (market.fillsOnTradeThroughOnly()) {
            return;
        }
        Price best = market.display().bestPx(side.opposite());
        if (best == null) {
            return;
        }
        guard.each(market.open().restingUpTo(side, best), key -> {
            if (orders.live(key) instanceof LiveOrder.Resting order && order.sees(tick.from())) {
                fillCrossed(market, order);
            }
        });
    }

    private void fillCrossed(Market market, LiveOrder.Resting order) {
        LiveOrder.@Nullable Active now = order;
        for (Take take : market.crossing(order.terms(), order.limit(), allowed(order))) {
            if (now == null) {
                return;
            }
            market.display().consume(order.terms(), take);
            now = life.fill(
                    market,
                    now,
                    new Take(take.level(), order.limit(), take.qty()),
                    Liquidity.MAKER,
                    "rule=6a opposite=" + take.px() + " assumption=displayed-size-at-own-limit");
        }
        endIfNothingToReduce(now);
    }

    /** Rule 8: a level that shrinks caps the queue ahead, growth does not. */
    private void capQueues(Market market, MarketData data) {
        if (data instanceof Book book && !book.snapshot()) {
            capAt(market, Side.BUY, book.bids());
            capAt(market, Side.SELL, book.asks());
        } else if (data instanceof Book) {
            capAll(market);
        } else {
            capTop(market, Side.BUY);
            capTop(market, Side.SELL);
        }
    }

    void capAll(Market market) {
        cap(market, market.open().resting());
    }

    private void capAt(Market market, Side side, List<Level> levels) {
        for (int i = 0; i < levels.size(); i++) {
            cap(market, market.open().restingAt(side, levels.get(i).px()));
        }
    }

    // below a quoted bid nothing is known, so only orders at it or better have something to learn
    private void capTop(Market market, Side side) {
        Price top = market.display().bestPx(side);
        if (top != null) {
            cap(market, market.open().restingUpTo(side, top));
        }
    }

    private void cap(Market market, List<OrderKey> keys) {
        guard.each(keys, key -> {
            if (orders.live(key) instanceof LiveOrder.Resting order) {
                Queue queue = market.shown(order);
                if (!queue.equals(order.queue())) {
                    orders.put(order.behind(queue));
                }
            }
        });
    }

    /**
     * Takes what there is within the order's bound, then rests, goes on seeking or ends, as its type and time in force say.
     *
     * @param reference where only prints are known: the price that slippage is added to
     */
    void sweep(Market market, LiveOrder.Seeking order, Tick tick, @Nullable Price reference) {
        LiveOrder.Seeking bounded = bounded(market, order, tick, reference);
        Price bound = bounded.bound();
        Qty wanted = allowed(bounded);
        List<Take> takes =
                bound == null ? List.of() : market.takes(bounded.terms(), bound, wanted, tick.print(), reference);
        if (bounded.terms().tif() == TimeInForce.FOK && total(takes).compareTo(wanted) < 0) {
            life.cancel(bounded, "rule=11 fok crossable=" + total(takes) + " qty=" + wanted);
            return;
        }
        LiveOrder.@Nullable Active now = bounded;
        for (Take take : takes) {
            if (now != null) {
                now = take(market, now, take, tick);
            }
        }
        if (now instanceof LiveOrder.Seeking left) {
            settle(market, left);
        }
    }

    private LiveOrder.Seeking bounded(Market market, LiveOrder.Seeking order, Tick tick, @Nullable Price reference) {
        if (order.bound() != null) {
            return order;
        }
        Side side = order.terms().side();
        Price best =
                reference != null && !market.known().displays() ? reference : market.oppositeLeft(side, tick.print());
        return best == null ? order : order.within(market.protection(side, best));
    }

    private LiveOrder.@Nullable Active take(Market market, LiveOrder.Active order, Take take, Tick tick) {
        Print print = tick.print();
        if (take.level() != null) {
            market.display().consume(order.terms(), take);
        } else if (print != null) {
            print.take(order.terms().account(), take.qty());
        }
        return life.fill(market, order, take, Liquidity.TAKER, takerText(order.terms(), take, print));
    }

    private static String takerText(Terms terms, Take take, @Nullable Print print) {
        String rule = switch (terms.ordType()) {
            case MARKET -> "rule=2";
            case LIMIT -> "rule=4";
            case STOP, STOP_LIMIT -> "rule=10";
            case TRAILING_STOP -> "rule=12";
        };
        LevelKey level = take.level();
        if (level == null) {
            String source = print == null ? "" : " source=" + print.source() + " volume=" + print.volume();
            return rule + " rule=13" + source + " assumption=slippage-and-share-of-volume";
        }
        return level.px().equals(take.px())
                ? rule + " level=" + level.px() + " assumption=displayed-size-taken"
                : rule + " rule=13 level=" + level.px() + " assumption=one-tick-per-multiple-of-displayed-size";
    }

    private void settle(Market market, LiveOrder.Seeking left) {
        Price limit = left.terms().limitPx();
        if (left.terms().isImmediate()) {
            life.cancel(left, "rule=11 ioc canceled=" + left.leaves());
        } else if (allowed(left).isZero()) {
            endIfNothingToReduce(left);
        } else if (limit != null) {
            orders.put(left.rest(market.queueAt(left.terms(), limit)));
        } else {
            orders.put(left);
        }
    }

    /** What the order may still trade: a reduce-only one no more than the position. */
    private Qty allowed(LiveOrder order) {
        Qty leaves = order.leaves();
        return order.terms().reduceOnly() ? leaves.min(life.positions().reducible(order.terms())) : leaves;
    }

    private void endIfNothingToReduce(@Nullable LiveOrder order) {
        if (order != null && order.terms().reduceOnly() && allowed(order).isZero()) {
            life.cancel(order, "rule=11 reduce-only position=0");
        }
    }

    private static Qty total(List<Take> takes) {
        Qty sum = Qty.ZERO;
        for (Take take : takes) {
            sum = sum.plus(take.qty());
        }
        return sum;
    }

    /** Rule 10: stops see trades, or quotes where no trade was ever seen. */
    private void stops(Market market, Tick tick) {
        for (Side side : Side.values()) {
            Price reached = reached(market, tick, side);
            if (reached != null) {
                guard.each(market.open().stopsReachedBy(side, reached), key -> {
                    if (orders.live(key) instanceof LiveOrder.Untriggered stop && stop.sees(tick.from())) {
                        trigger(market, stop, tick, reached);
                    }
                });
            }
        }
        guard.each(market.open().trailingStops(), key -> {
            if (orders.live(key) instanceof LiveOrder.Untriggered stop && stop.sees(tick.from())) {
                trail(market, stop, tick);
            }
        });
    }

    /** The price nearest to triggering stops of that side: the highest for buys. */
    private static @Nullable Price reached(Market market, Tick tick, Side side) {
        if (tick.print() != null) {
            return tick.print().extremeFor(side.opposite());
        }
        return market.known().lastTrade() == null ? market.display().bestPx(side.opposite()) : null;
    }

    private void trail(Market market, LiveOrder.Untriggered order, Tick tick) {
        Side side = order.terms().side();
        Price against = reached(market, tick, side);
        if (against == null) {
            return;
        }
        Price favorable = tick.print() == null ? against : tick.print().extremeFor(side);
        LiveOrder.Untriggered moved =
                trailed(order, favorable, market.settings().tick());
        Price stop = Objects.requireNonNull(moved.stop());
        if (Entry.isThrough(side, against, stop)) {
            trigger(market, moved, tick, against);
        } else if (!moved.equals(order)) {
            orders.put(moved);
        }
    }

    private static LiveOrder.Untriggered trailed(LiveOrder.Untriggered order, Price seen, Price tick) {
        Price best = order.best();
        boolean better = best == null || (order.terms().side() == Side.SELL ? seen.isAbove(best) : seen.isBelow(best));
        return better ? order.trailing(seen, trailingStop(order.terms(), seen, tick)) : order;
    }

    /** On the tick, rounded away from the market: the distance that was asked for is never shortened. */
    static Price trailingStop(Terms terms, Price best, Price tick) {
        BigDecimal distance = terms.trailAmount() != null
                ? terms.trailAmount().value()
                : best.value()
                        .abs()
                        .multiply(Objects.requireNonNull(terms.trailPercent()).movePointLeft(2));
        boolean isSell = terms.side() == Side.SELL;
        Price exact = new Price(
                isSell ? best.value().subtract(distance) : best.value().add(distance));
        return exact.roundedTo(tick, isSell ? RoundingMode.FLOOR : RoundingMode.CEILING);
    }

    /** @param reached the price that did it */
    void trigger(Market market, LiveOrder.Untriggered order, Tick tick, Price reached) {
        Terms terms = order.terms();
        Price limit = terms.limitPx();
        LiveOrder.Seeking seeking = order.triggered(limit);
        life.trigger(seeking, "rule=10 stop=" + order.stop() + " price=" + reached);
        if (limit != null && terms.postOnly() && market.crosses(terms, limit, tick.print())) {
            life.cancel(seeking, "rule=11 post-only would cross");
            return;
        }
        Print print = tick.print();
        Price stop = Objects.requireNonNull(order.stop());
        sweep(market, seeking, tick, print == null ? null : print.worstFor(terms.side(), stop));
    }
}
