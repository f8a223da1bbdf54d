package papertape.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Account;
import papertape.common.message.CancelOrder;
import papertape.common.message.Channel;
import papertape.common.message.Clock;
import papertape.common.message.Execution;
import papertape.common.message.LastFill;
import papertape.common.message.Mark;
import papertape.common.message.Message;
import papertape.common.message.NewOrder;
import papertape.common.message.OrderOptions;
import papertape.common.message.OrderProgress;
import papertape.common.message.OrderRef;
import papertape.common.message.OrderTerms;
import papertape.common.message.ReplaceOrder;
import papertape.common.testkit.StageTester;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.ExecId;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;
import papertape.common.value.Liquidity;
import papertape.common.value.Money;
import papertape.common.value.OrdStatus;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** A stage under test in the words of its users; time stands still unless a test moves it. */
final class Gate {
    static final long START = 1_700_000_000_000_000L;
    static final long SECOND = 1_000_000L;
    static final long DAY = 86_400 * SECOND;

    final StageTester tester;
    private @Nullable RiskStage stage;
    private int made;
    long now = START;

    Gate(Settings settings) {
        tester = new StageTester("risk", context -> {
            RiskStage made = new RiskStage(settings.config(), context);
            stage = made;
            return made;
        });
    }

    /** One cash account "a" of 100,000 with these limits, and Bitcoin at 10,000. */
    static Gate cash(String... limits) {
        return of(new Settings().account("a", "cash", "100000", limits));
    }

    static Gate margin(String... limits) {
        return of(new Settings().account("a", "margin", "100000", limits));
    }

    static Gate of(Settings settings) {
        Gate gate = new Gate(settings);
        gate.mark(Settings.BTC, "10000");
        return gate;
    }

    AccountBook book(String account) {
        AccountBook book = stage == null ? null : stage.book(AccountId.of(account));
        if (book == null) {
            throw new AssertionError("no account " + account);
        }
        return book;
    }

    List<Sent> mark(Instrument instrument, String px) {
        return tester.send(Mark.seen(tester.header(now), instrument, Price.of(px), "mid"));
    }

    /** MarketView time has come to {@code now}. */
    List<Sent> clock() {
        return tester.send(new Clock(tester.header(now), "SIM", now));
    }

    List<Sent> mark(String px) {
        return mark(Settings.BTC, px);
    }

    Order buy(String qty) {
        return new Order(this, Side.BUY, qty);
    }

    Order sell(String qty) {
        return new Order(this, Side.SELL, qty);
    }

    /** Buys at a limit and lets it fill at that price, free of charge. */
    void hold(String qty, String px) {
        NewOrder order = buy(qty).limit(px).passes();
        fill(order, qty, px, "0", qty);
    }

    List<Sent> fill(NewOrder order, String qty, String px, String commission, String cum) {
        return tester.send(execution(order, ExecType.TRADE, qty, px, commission, cum));
    }

    /** An end without a fill, an acknowledgement, a refusal. */
    List<Sent> answer(NewOrder order, ExecType type, String cum) {
        return tester.send(execution(order, type, "0", null, "0", cum));
    }

    Execution execution(NewOrder order, ExecType type, String qty, @Nullable String px, String commission, String cum) {
        Qty done = Qty.of(cum);
        boolean isFull = done.equals(order.qty());
        OrdStatus status = switch (type) {
            case CANCELED -> OrdStatus.CANCELED;
            case REJECTED -> OrdStatus.REJECTED;
            case EXPIRED -> OrdStatus.EXPIRED;
            case DENIED -> OrdStatus.DENIED;
            case NEW, TRADE, REPLACED, TRIGGERED, CANCEL_REJECTED ->
                isFull ? OrdStatus.FILLED : done.isZero() ? OrdStatus.NEW : OrdStatus.PARTIALLY_FILLED;
        };
        Qty leaves = status.isFinal() ? Qty.ZERO : order.qty().minus(done);
        Price average = px == null ? null : Price.of(px);
        LastFill fill = new LastFill(Qty.of(qty), average, Money.of(commission), px == null ? null : Liquidity.TAKER);
        return new Execution(
                tester.header(now),
                ExecId.of("x-" + ++made),
                order.order().ref(),
                order.order().terms(),
                new OrderProgress(type, status, leaves, done, average),
                fill,
                "");
    }

    List<Sent> cancel(String account, OrderId order) {
        return tester.send(new CancelOrder(tester.header(now), order, AccountId.of(account), Settings.BTC));
    }

    List<Sent> replace(NewOrder order, @Nullable String qty, @Nullable String limitPx) {
        return tester.send(new ReplaceOrder(
                tester.header(now),
                order.orderId(),
                order.account(),
                order.instrument(),
                qty == null ? null : Qty.of(qty),
                limitPx == null ? null : Price.of(limitPx),
                null));
    }

    /** The order as a replace makes it. */
    static NewOrder replaced(NewOrder order, String qty, String limitPx) {
        return order.replaced(Qty.of(qty), Price.of(limitPx), null);
    }

    List<Sent> command(String account, AccountAction action, @Nullable String amount, String... limits) {
        TreeMap<String, String> set = new TreeMap<>();
        for (int i = 0; i < limits.length; i += 2) {
            set.put(limits[i], limits[i + 1]);
        }
        return tester.send(new Account(
                tester.header(now),
                AccountId.of(account),
                action,
                null,
                amount == null ? null : Money.of(amount),
                null,
                limits.length == 0 ? null : set,
                null));
    }

    String id() {
        return "o-" + ++made;
    }

    static List<AccountEvent> events(List<Sent> sent) {
        return of(sent, Account.class).stream().map(Account::event).toList();
    }

    static <M extends Message> List<M> of(List<Sent> sent, Class<M> type) {
        return sent.stream()
                .map(Sent::message)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    static String text(List<Sent> sent) {
        return of(sent, Execution.class).getFirst().text();
    }

    /** An order in the making. */
    static final class Order {
        private final Gate gate;
        private final Side side;
        private final Qty qty;
        private OrderId id;
        private AccountId account = AccountId.of("a");
        private Instrument instrument = Settings.BTC;
        private OrdType type = OrdType.MARKET;
        private TimeInForce tif = TimeInForce.GTC;
        private @Nullable Price limit;
        private @Nullable Price stop;
        private @Nullable OrderId parent;
        private @Nullable Price takeProfit;
        private @Nullable Price stopLoss;
        private @Nullable Price trail;
        private @Nullable Long expireTs;
        private boolean postOnly;
        private boolean reduceOnly;

        private Order(Gate gate, Side side, String qty) {
            this.gate = gate;
            this.side = side;
            this.qty = Qty.of(qty);
            this.id = OrderId.of(gate.id());
        }

        Order limit(String px) {
            type = type == OrdType.STOP ? OrdType.STOP_LIMIT : OrdType.LIMIT;
            limit = Price.of(px);
            return this;
        }

        Order stop(String px) {
            type = OrdType.STOP;
            stop = Price.of(px);
            return this;
        }

        Order trail(String amount) {
            type = OrdType.TRAILING_STOP;
            trail = Price.of(amount);
            return this;
        }

        Order type(OrdType other) {
            type = other;
            return this;
        }

        Order tif(TimeInForce other) {
            tif = other;
            return this;
        }

        Order expires(long ts) {
            expireTs = ts;
            return this;
        }

        Order in(Instrument other) {
            instrument = other;
            return this;
        }

        Order of(String other) {
            account = AccountId.of(other);
            return this;
        }

        Order id(String other) {
            id = OrderId.of(other);
            return this;
        }

        Order exitOf(NewOrder entry) {
            parent = entry.orderId();
            return this;
        }

        Order takeProfit(String px) {
            takeProfit = Price.of(px);
            return this;
        }

        Order stopLoss(String px) {
            stopLoss = Price.of(px);
            return this;
        }

        Order postOnly() {
            postOnly = true;
            return this;
        }

        Order reduceOnly() {
            reduceOnly = true;
            return this;
        }

        NewOrder order() {
            OrderRef ref = new OrderRef(id, account, null, instrument);
            OrderTerms terms = new OrderTerms(side, type, tif, qty, limit, stop, parent);
            OrderOptions options = new OrderOptions(trail, null, expireTs, postOnly, reduceOnly, takeProfit, stopLoss);
            return new NewOrder(gate.tester.header(gate.now), new papertape.common.message.Order(ref, terms, options));
        }

        /** Sends it; it must come out on approved, the same but for its header. */
        NewOrder passes() {
            NewOrder order = order();
            List<Sent> sent = gate.tester.send(order);
            assertThat(sent).extracting(Sent::channel).as(sent.toString()).containsExactly(Channel.APPROVED);
            assertThat(sent.getFirst().message())
                    .usingRecursiveComparison()
                    .ignoringFields("header")
                    .isEqualTo(order);
            return order;
        }

        /** Sends it; it must be denied. Returns the words. */
        String denied() {
            List<Sent> sent = gate.tester.send(order());
            assertThat(sent).extracting(Sent::channel).as(sent.toString()).containsExactly(Channel.EXECUTIONS);
            Execution denial = Gate.of(sent, Execution.class).getFirst();
            assertThat(denial.execType()).isEqualTo(ExecType.DENIED);
            return denial.text();
        }

        /** Sends it; it must be denied in these words. */
        void isDenied(String text) {
            List<Sent> sent = gate.tester.send(order());
            assertThat(sent).extracting(Sent::channel).as(sent.toString()).containsExactly(Channel.EXECUTIONS);
            Execution denial = Gate.of(sent, Execution.class).getFirst();
            assertThat(denial.text()).isEqualTo(text);
            assertThat(denial.execType()).isEqualTo(ExecType.DENIED);
            assertThat(denial.orderId()).isEqualTo(id);
        }
    }
}
