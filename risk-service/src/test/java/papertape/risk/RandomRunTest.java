package papertape.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import papertape.common.message.Account;
import papertape.common.message.Mark;
import papertape.common.message.Message;
import papertape.common.message.NewOrder;
import papertape.common.message.ReplaceOrder;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/** Seeded random orders, fills, replaces, marks and commands against what must hold whatever happens. */
class RandomRunTest {
    private static final int STEPS = 1_000;
    private static final List<String> ACCOUNTS = List.of("a", "b");
    private static final List<Instrument> INSTRUMENTS = List.of(Settings.BTC, Settings.ETH);

    @Test
    void invariantsHoldAndRestartsChangeNothing() {
        int approved = 0;
        int fills = 0;
        for (long seed = 1; seed <= 8; seed++) {
            Run run = new Run(seed);
            run.play();
            approved += run.approved;
            fills += run.fills;
        }
        assertThat(approved).as("orders that passed").isGreaterThan(500);
        assertThat(fills).as("fills").isGreaterThan(500);
    }

    /** Two stages that get the same messages, one of which is restarted now and then. */
    private static final class Run {
        private final long seed;
        private final Random random;
        private final Gate gate = Gate.of(settings());
        private final Gate restarted = Gate.of(settings());
        private final Map<String, NewOrder> working = new TreeMap<>();
        private final Map<String, Qty> filled = new TreeMap<>();
        private final Map<String, NewOrder> asked = new TreeMap<>();
        private final Map<String, Money> cash = new TreeMap<>();
        private final Map<String, Qty> positions = new TreeMap<>();
        private final Map<Instrument, Price> lastMarks = new TreeMap<>();
        private int px = 10_000;
        private int approved;
        private int fills;

        private Run(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            ACCOUNTS.forEach(account -> cash.put(account, Money.of("100000")));
        }

        private static Settings settings() {
            return new Settings()
                    .account("a", "cash", "100000", "maxPositionPercent", "80", "maxDrawdownPercent", "90")
                    .account("b", "cash", "100000", "maxPositionPercent", "100", "maxNotional", "60000");
        }

        private void play() {
            both(mark(Settings.ETH));
            for (int step = 0; step < STEPS; step++) {
                gate.now += random.nextInt(900_000);
                if (random.nextInt(50) == 0) {
                    restarted.tester.restart();
                }
                step();
                check(step);
            }
            new ArrayList<>(working.values()).forEach(this::end);
            for (String account : ACCOUNTS) {
                assertThat(gate.book(account).reserved()).as("seed " + seed).isEqualTo(Money.ZERO);
                assertThat(gate.book(account).openFees()).as("seed " + seed).isEqualTo(Money.ZERO);
            }
        }

        private void step() {
            NewOrder order = anyOrder();
            switch (random.nextInt(12)) {
                case 0, 1 -> both(mark(INSTRUMENTS.get(random.nextInt(2))));
                case 2, 3, 4, 5 -> submit();
                case 6, 7, 8 -> fill(order);
                case 9 -> replaceOrAnswer(order);
                case 10 -> end(order);
                default -> command();
            }
        }

        private @Nullable NewOrder anyOrder() {
            List<NewOrder> orders = new ArrayList<>(working.values());
            return orders.isEmpty() ? null : orders.get(random.nextInt(orders.size()));
        }

        private Message mark(Instrument instrument) {
            px = Math.max(5_000, Math.min(20_000, px + random.nextInt(401) - 200));
            lastMarks.put(instrument, Price.of(Integer.toString(px)));
            return Mark.seen(gate.tester.header(gate.now), instrument, Price.of(Integer.toString(px)), "mid");
        }

        private void submit() {
            Gate.Order order = random.nextInt(5) < 3 ? gate.buy(qty()) : gate.sell(qty());
            order.of(ACCOUNTS.get(random.nextInt(2))).in(INSTRUMENTS.get(random.nextInt(2)));
            int kind = random.nextInt(5);
            if (kind < 3) {
                order.limit(Integer.toString(px + random.nextInt(201) - 100));
            } else if (kind == 3) {
                order.stop(Integer.toString(px + random.nextInt(201) - 100));
            }
            NewOrder made = order.order();
            for (Sent out : both(made)) {
                if (out.message() instanceof NewOrder passed) {
                    approved++;
                    working.put(key(passed), passed);
                    filled.put(key(passed), Qty.ZERO);
                }
            }
        }

        private String qty() {
            return "0." + (1 + random.nextInt(9)) + random.nextInt(10) + random.nextInt(10);
        }

        /** Fills at the limit, or for a market buy at most where it was reserved; the fee is the taker's or less. */
        private void fill(@Nullable NewOrder order) {
            if (order == null || order.parentId() != null) {
                return;
            }
            Qty before = filled.getOrDefault(key(order), Qty.ZERO);
            Qty left = order.qty().minus(before);
            Qty some = random.nextBoolean() ? left : left.min(Qty.of("0.05"));
            AccountBook book = gate.book(order.account().value());
            OpenOrder open = book.open(order.orderId());
            Price at = open == null ? Price.ZERO : open.terms().valuePx();
            Money fee = at.times(some).scaledBy(new BigDecimal(random.nextBoolean() ? "0.008" : "0.006"));
            Qty cum = before.plus(some);
            String account = order.account().value();
            both(gate.execution(order, ExecType.TRADE, some.toString(), at.toString(), fee.toString(), cum.toString()));
            fills++;
            filled.put(key(order), cum);
            cash.merge(account, at.times(some.signed(order.side())).plus(fee).negated(), Money::plus);
            positions.merge(account + order.instrument(), some.signed(order.side()), Qty::plus);
            if (cum.equals(order.qty())) {
                forget(order);
            }
        }

        private void replaceOrAnswer(@Nullable NewOrder order) {
            if (order == null || order.limitPx() == null) {
                return;
            }
            NewOrder answer = asked.remove(key(order));
            if (answer != null) {
                boolean isDone = random.nextInt(3) > 0 && answer.qty().compareTo(filled.get(key(order))) > 0;
                NewOrder now = isDone ? answer : order;
                ExecType type = isDone ? ExecType.REPLACED : ExecType.CANCEL_REJECTED;
                both(gate.execution(
                        now, type, "0", null, "0", filled.get(key(order)).toString()));
                working.put(key(order), now);
                return;
            }
            String limit = Integer.toString(px + random.nextInt(201) - 100);
            NewOrder wanted = Gate.replaced(order, qty(), limit);
            for (Sent out : both(new ReplaceOrder(
                    gate.tester.header(gate.now),
                    order.orderId(),
                    order.account(),
                    order.instrument(),
                    wanted.qty(),
                    wanted.limitPx(),
                    null))) {
                if (out.message() instanceof ReplaceOrder) {
                    asked.put(key(order), wanted);
                }
            }
        }

        private void end(@Nullable NewOrder order) {
            if (order == null) {
                return;
            }
            ExecType type = List.of(ExecType.CANCELED, ExecType.EXPIRED, ExecType.REJECTED)
                    .get(random.nextInt(3));
            Qty cum = filled.getOrDefault(key(order), Qty.ZERO);
            both(gate.execution(order, type, "0", null, "0", cum.toString()));
            forget(order);
        }

        private void forget(NewOrder order) {
            working.remove(key(order));
            asked.remove(key(order));
        }

        private void command() {
            String account = ACCOUNTS.get(random.nextInt(2));
            int amount = 1 + random.nextInt(500);
            AccountAction action = switch (random.nextInt(4)) {
                case 0 -> AccountAction.DEPOSIT;
                case 1 -> AccountAction.WITHDRAW;
                default -> AccountAction.RESUME;
            };
            List<Sent> out = both(new Account(
                    gate.tester.header(gate.now),
                    AccountId.of(account),
                    action,
                    null,
                    Money.of(Integer.toString(amount)),
                    null,
                    null,
                    null));
            for (Account event : Gate.of(out, Account.class)) {
                switch (event.event()) {
                    case DEPOSITED -> cash.merge(account, event.amount(), Money::plus);
                    case WITHDRAWN -> cash.merge(account, event.amount().negated(), Money::plus);
                    case OPENED, LIMITS_SET, REDUCING, HALTED, RESUMED, REFUSED -> {}
                    case null -> throw new AssertionError(event);
                }
            }
        }

        private List<Sent> both(Message message) {
            List<Sent> out = gate.tester.send(message);
            assertThat(restarted.tester.send(message)).as("seed " + seed).isEqualTo(out);
            return out;
        }

        private void check(int step) {
            String where = "seed " + seed + " step " + step;
            for (String account : ACCOUNTS) {
                AccountBook book = gate.book(account);
                assertThat(book.cash()).as(where).isEqualTo(cash.get(account));
                assertThat(book.available().signum()).as(where).isGreaterThanOrEqualTo(0);
                assertThat(book.reserved()).as(where).isEqualTo(reservedByHand(book));
                assertThat(book.equity()).as(where).isEqualTo(equityByHand(account, book));
                assertThat(book.open())
                        .as(where)
                        .isEqualTo(restarted.book(account).open());
                assertThat(restarted.book(account).reserved()).as(where).isEqualTo(book.reserved());
                assertThat(restarted.book(account).grossExposure()).as(where).isEqualTo(book.grossExposure());
            }
        }

        private Money equityByHand(String account, AccountBook book) {
            Money equity = cash.get(account);
            for (Instrument instrument : INSTRUMENTS) {
                Qty position = positions.getOrDefault(account + instrument, Qty.ZERO);
                assertThat(book.holding(instrument).position().qty()).isEqualTo(position);
                assertThat(position.signum())
                        .as("seed " + seed + ": never short")
                        .isGreaterThanOrEqualTo(0);
                equity = equity.plus(
                        lastMarks.getOrDefault(instrument, Price.of("10000")).times(position));
            }
            return equity;
        }

        private static Money reservedByHand(AccountBook book) {
            Money sum = Money.ZERO;
            for (OpenOrder order : book.open().values()) {
                Money most = Money.ZERO;
                for (ValuedTerms terms : new ValuedTerms[] {order.terms(), order.pending()}) {
                    if (terms != null && order.side() == Side.BUY) {
                        Money cost = terms.valuePx()
                                .times(terms.qty().minus(order.cumQty()).max(Qty.ZERO));
                        most = most.max(cost.plus(cost.scaledBy(new BigDecimal("0.008"))));
                    }
                }
                sum = sum.plus(most);
            }
            return sum;
        }

        private static String key(NewOrder order) {
            return order.account() + " " + order.orderId();
        }
    }
}
