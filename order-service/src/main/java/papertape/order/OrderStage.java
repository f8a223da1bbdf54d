package papertape.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import papertape.common.config.Config;
import papertape.common.config.InstrumentSettings;
import papertape.common.message.CancelOrder;
import papertape.common.message.Channel;
import papertape.common.message.Clock;
import papertape.common.message.Execution;
import papertape.common.message.Message;
import papertape.common.message.NewOrder;
import papertape.common.message.Order;
import papertape.common.message.OrderRef;
import papertape.common.message.OrderTerms;
import papertape.common.message.ReplaceOrder;
import papertape.common.message.Signal;
import papertape.common.stage.MarketTime;
import papertape.common.stage.Outbox;
import papertape.common.stage.Stage;
import papertape.common.stage.StageContext;
import papertape.common.stage.StateTable;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.common.value.Money;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.StrategyId;

/**
 * Turns each signal into the position it asks for and sends the one order that leads there from the position the
 * strategy has. While that order is out, a newer signal changes it (a limit order of the same side) or cancels it, and
 * the next order goes out when its end is confirmed.
 *
 * <p>An order that ends by itself (denied, rejected, expired, an IOC's rest) is not sent again: the next signal decides.
 *
 * <p>Equity for sizing by percent is what this stage can know: the account's configured deposit and what its strategies
 * have realized, less fees.
 */
public final class OrderStage implements Stage {
    private static final String ORDERS = "orders";

    private final int partition;
    private final Sizing sizing;
    private final MarketTime time;
    private final StateTable<String, Slot> slots;
    private final StateTable<String, Long> counters;
    private final StateTable<AccountId, Money> realized;

    public OrderStage(Config config, StageContext context) {
        this.partition = context.partition();
        this.sizing = new Sizing(config);
        this.time = new MarketTime(context.state(), config.bus().maxClientSkewMs());
        this.slots = context.state().table("slots", key -> key, Slot.class);
        this.counters = context.state().table("counters", key -> key, Long.class);
        this.realized = context.state().table("realized", AccountId::of, Money.class);
    }

    @Override
    public void onMessage(Message message, Outbox out) {
        switch (message) {
            case Clock clock -> time.on(clock);
            case Signal signal -> onSignal(signal, out);
            case Execution execution
            when execution.strategy() != null -> onExecution(execution, execution.strategy(), out);
            case Execution byHand -> {}
            default ->
                throw new IllegalArgumentException(
                        "neither signal nor execution: " + message.header().id());
        }
    }

    private void onSignal(Signal signal, Outbox out) {
        String flaw = time.flaw(signal.ts());
        if (flaw != null) {
            throw new IllegalArgumentException(flaw);
        }
        Money equity = sizing.deposit(signal.account()).plus(realized.getOrDefault(signal.account(), Money.ZERO));
        Qty target = sizing.target(signal, equity);
        String key = Slot.key(signal.account(), signal.strategy(), signal.instrument());
        Slot slot = slots.get(key);
        if (slot == null) {
            slot = Slot.empty(signal.account(), signal.strategy(), signal.instrument());
        }
        save(key, act(slot.wanting(target, signal.price()), signal.ts(), out));
    }

    private void onExecution(Execution execution, StrategyId strategy, Outbox out) {
        String key = Slot.key(execution.account(), strategy, execution.instrument());
        Slot slot = slots.get(key);
        Working working = slot == null ? null : slot.working();
        boolean isOurs = working != null && working.orderId().equals(execution.orderId());
        if (slot == null || (!isOurs && wasOurs(execution, strategy))) {
            // a report of an order that is over has come again, or it is the first of an order by hand
            if (slot != null || execution.execType() != ExecType.TRADE || wasOurs(execution, strategy)) {
                return;
            }
            slot = Slot.empty(execution.account(), strategy, execution.instrument());
        }
        Slot next = execution.execType() == ExecType.TRADE ? fill(slot, execution, isOurs) : slot;
        save(key, isOurs ? follow(next, execution, out) : next);
    }

    /** Our own ids say so; an order by hand may name a strategy, and its fills then count for it. */
    private boolean wasOurs(Execution execution, StrategyId strategy) {
        return execution.orderId().value().startsWith(strategy.value() + "-" + partition + "-");
    }

    private Slot fill(Slot slot, Execution fill, boolean isOurs) {
        Working working = slot.working();
        boolean isKnown = fill.execId().equals(slot.lastFill())
                || (isOurs && working != null && fill.cumQty().compareTo(working.cum()) <= 0);
        Price price = fill.lastPx();
        if (isKnown || price == null) {
            return slot;
        }
        Qty change = fill.lastQty().signed(fill.side());
        Fill booked = Fill.of(slot.position(), slot.cost(), change, price);
        addRealized(slot, booked.realized().minus(fill.commission()));
        Slot filled = slot.filled(slot.position().plus(change), booked.cost(), fill);
        return isOurs && working != null ? filled.with(working.filled(fill.cumQty())) : filled;
    }

    private void addRealized(Slot slot, Money amount) {
        String quote = sizing.instrument(slot.instrument()).quote();
        BigDecimal rate = sizing.knownRate(quote, slot.account());
        if (rate != null) {
            realized.put(
                    slot.account(),
                    realized.getOrDefault(slot.account(), Money.ZERO).plus(amount.scaledBy(rate)));
        }
    }

    /** What our order's report means for it, and for a signal that has been waiting. */
    private Slot follow(Slot slot, Execution execution, Outbox out) {
        Working working = slot.working();
        if (working == null) {
            return slot;
        }
        if (execution.ordStatus().isFinal()) {
            Slot free = slot.with(null);
            return free.isPending() ? act(free, execution.ts(), out) : free;
        }
        return switch (execution.execType()) {
            case REPLACED -> {
                Slot replaced = slot.with(working.replaced(execution.qty(), execution.limitPx()));
                yield replaced.isPending() ? act(replaced, execution.ts(), out) : replaced;
            }
            case CANCEL_REJECTED -> refused(slot, working, execution.ts(), out);
            case NEW, TRADE, TRIGGERED, CANCELED, REJECTED, EXPIRED, DENIED -> slot;
        };
    }

    /** The order cannot be changed: then it has to go. If it cannot be canceled either, it is about to end by itself. */
    private Slot refused(Slot slot, Working working, long ts, Outbox out) {
        return switch (working.request()) {
            case REPLACE -> cancel(slot, working, ts, out);
            case CANCEL, NONE -> slot.with(working.asked(Working.Request.NONE));
        };
    }

    /** Does what can be done now about the last signal. */
    private Slot act(Slot slot, long ts, Outbox out) {
        Working working = slot.working();
        if (working == null) {
            return place(slot.settled(), ts, out);
        }
        if (working.request() != Working.Request.NONE) {
            return slot;
        }
        Qty missing = slot.target().minus(slot.position());
        Qty wanted = orderQty(slot, missing).signed(missing.isPositive() ? Side.BUY : Side.SELL);
        boolean isSamePrice = working.limitPx() == null || working.limitPx().equals(limit(slot, working.side()));
        if (isSamePrice && wanted.equals(working.signedLeaves())) {
            return slot.settled();
        }
        boolean isSameSide = missing.signed(working.side()).isPositive();
        return isSameSide && working.limitPx() != null
                ? replace(slot, working, working.cum().plus(wanted.abs()), ts, out)
                : cancel(slot, working, ts, out);
    }

    private Slot place(Slot slot, long ts, Outbox out) {
        Qty missing = slot.target().minus(slot.position());
        Qty qty = orderQty(slot, missing);
        if (qty.compareTo(sizing.instrument(slot.instrument()).minQty()) < 0) {
            return slot;
        }
        Side side = missing.isPositive() ? Side.BUY : Side.SELL;
        Sizing.Terms terms = sizing.terms(slot.strategy(), slot.account());
        Price limitPx = terms.ordType() == OrdType.LIMIT ? limit(slot, side) : null;
        OrderId orderId = nextOrderId(slot.strategy());
        OrderRef ref = new OrderRef(orderId, slot.account(), slot.strategy(), slot.instrument());
        OrderTerms asked = new OrderTerms(side, terms.ordType(), terms.tif(), qty).withLimitPx(limitPx);
        out.send(Channel.ORDERS, new NewOrder(out.header(ts), new Order(ref, asked)));
        return slot.with(new Working(orderId, side, qty, limitPx, Qty.ZERO, Working.Request.NONE));
    }

    /** The signal stays pending: should the order end before the replace arrives, the rest needs another order. */
    private Slot replace(Slot slot, Working working, Qty qty, long ts, Outbox out) {
        Price limitPx = limit(slot, working.side());
        out.send(
                Channel.ORDERS,
                new ReplaceOrder(
                        out.header(ts), working.orderId(), slot.account(), slot.instrument(), qty, limitPx, null));
        return slot.with(working.asked(Working.Request.REPLACE));
    }

    private Slot cancel(Slot slot, Working working, long ts, Outbox out) {
        out.send(Channel.ORDERS, new CancelOrder(out.header(ts), working.orderId(), slot.account(), slot.instrument()));
        return slot.with(working.asked(Working.Request.CANCEL));
    }

    private Qty orderQty(Slot slot, Qty missing) {
        InstrumentSettings instrument = sizing.instrument(slot.instrument());
        return missing.abs().roundedDownTo(instrument.lot()).min(instrument.maxQty());
    }

    /** The signal's price on the tick; never worse than the signal's. */
    private Price limit(Slot slot, Side side) {
        Price tick = sizing.instrument(slot.instrument()).tick();
        Price rounded = slot.price().roundedTo(tick, side == Side.BUY ? RoundingMode.FLOOR : RoundingMode.CEILING);
        return rounded.isPositive() ? rounded : tick;
    }

    private OrderId nextOrderId(StrategyId strategy) {
        long number = counters.getOrDefault(ORDERS, 0L) + 1;
        counters.put(ORDERS, number);
        return OrderId.of(strategy.value() + "-" + partition + "-" + number);
    }

    /** Signals from outside may name any strategy: of those that are not configured only what matters is kept. */
    private void save(String key, Slot slot) {
        if (slot.isIdle() && !sizing.isConfigured(slot.strategy())) {
            slots.remove(key);
        } else {
            slots.put(key, slot);
        }
    }
}
