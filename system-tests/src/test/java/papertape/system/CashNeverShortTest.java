package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
import papertape.common.message.Account;
import papertape.common.message.Book;
import papertape.common.message.CancelOrder;
import papertape.common.message.Execution;
import papertape.common.message.FeedStatus;
import papertape.common.message.Mark;
import papertape.common.message.NewOrder;
import papertape.common.message.Order;
import papertape.common.message.OrderOptions;
import papertape.common.message.OrderRef;
import papertape.common.message.OrderTerms;
import papertape.common.message.ReplaceOrder;
import papertape.common.message.Trade;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.Money;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;
import papertape.common.value.TradeId;
import papertape.execution.OrderView;
import papertape.risk.AccountView;

/**
 * Random requests, replaces, brackets, fills, halts, cancels and restarts over the pre-trade checks and the simulated venue,
 * with what lies between them delivered late: whatever the sequence, a cash account is never short, what is approved is not
 * refused for its terms, and the books agree once everything has arrived.
 */
class CashNeverShortTest {
    private static final int SEEDS = 60;
    private static final int STEPS = 500;
    private static final Instrument BTC = Instrument.of("SIM:BTC-USD");
    private static final List<AccountId> ACCOUNTS = List.of(AccountId.of("cash"), AccountId.of("margin"));

    @TempDir
    Path folder;

    @Test
    void a_cash_account_is_never_short_whatever_the_sequence() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), """
                instruments:
                  - {name: "SIM:BTC-USD", tick: 0.1, lot: 0.001, minQty: 0.001, maxQty: 1000, base: BTC, quote: USD}
                strategies: []
                accounts:
                  - {name: cash, type: cash, deposit: 100000}
                  - {name: margin, type: margin, deposit: 100000}
                limits:
                  maxPositionPercent: 90
                  maxNotional: 60000
                  maxRepeats: 1000
                  maxSubmitsPerSecond: 1000
                  maxModifiesPerSecond: 1000
                """);
        Config config = ConfigReader.read(file, Map.of());
        int fills = 0;
        int exits = 0;
        int reducing = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Run run = new Run(seed, config);
            run.play();
            fills += run.fills;
            exits += run.exitFills;
            reducing += run.reducing;
        }
        assertThat(fills).as("fills").isGreaterThan(1_500);
        assertThat(exits).as("fills of exits").isGreaterThan(100);
        assertThat(reducing).as("accounts that became reducing").isGreaterThan(3);
    }

    private static final class Run {
        private final long seed;
        private final Random random;
        private final CoupledStages stages;
        private final Map<AccountId, Qty> positions = new TreeMap<>();
        private final Map<AccountId, Money> cash = new TreeMap<>();
        private final List<NewOrder> sent = new ArrayList<>();
        private long now = 1_767_621_600_000_000L;
        private int read;
        private int readEvents;
        private int mid = 1_000;
        private int fills;
        private int exitFills;
        private int reducing;

        Run(long seed, Config config) {
            this.seed = seed;
            this.random = new Random(seed);
            this.stages = new CoupledStages(config);
        }

        void play() {
            market();
            for (int step = 0; step < STEPS; step++) {
                now += random.nextInt(40_000);
                step();
                check(step);
                if (random.nextInt(40) == 0) {
                    settle(step);
                }
            }
            settle(STEPS);
        }

        private void step() {
            switch (random.nextInt(24)) {
                case 0, 1, 2, 3, 4 -> market();
                case 5, 6, 7, 8 -> submit();
                case 9, 10 -> replace();
                case 11 -> cancel();
                case 12, 13, 14, 15 -> stages.deliverApproved();
                case 16, 17, 18, 19, 20 -> stages.deliverReport();
                case 21 -> command();
                case 22 -> {
                    if (random.nextInt(10) == 0) {
                        stages.restart();
                    }
                }
                default -> trade();
            }
        }

        private void market() {
            mid = Math.max(800, Math.min(1_250, mid + random.nextInt(21) - 10));
            List<Level> bids = new ArrayList<>();
            List<Level> asks = new ArrayList<>();
            for (int i = 1; i <= 4; i++) {
                bids.add(new Level(px(mid - i), qty()));
                asks.add(new Level(px(mid + i), qty()));
            }
            if (random.nextInt(60) == 0) {
                stages.send(new FeedStatus(stages.header(now), BTC, FeedState.GAP, "test"));
            }
            stages.send(new FeedStatus(stages.header(now), BTC, FeedState.LIVE, "test"));
            stages.send(new Book(stages.header(now), BTC, true, bids, asks, 0));
            stages.send(new Mark(stages.header(now), BTC, px(mid), "mid", null, null));
        }

        private void trade() {
            Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            stages.send(new Trade(
                    stages.header(now), BTC, px(mid + random.nextInt(31) - 15), qty(), side, TradeId.of("t" + now), 0));
        }

        private Price px(int tenths) {
            return new Price(BigDecimal.valueOf(tenths * 10L, 1));
        }

        private Qty qty() {
            return new Qty(BigDecimal.valueOf(1 + random.nextInt(30), random.nextInt(2)));
        }

        private void submit() {
            OrdType type = OrdType.values()[random.nextInt(OrdType.values().length)];
            Side side = random.nextInt(5) < 3 ? Side.BUY : Side.SELL;
            boolean limit = type == OrdType.LIMIT || type == OrdType.STOP_LIMIT;
            boolean stop = type == OrdType.STOP || type == OrdType.STOP_LIMIT;
            boolean trail = type == OrdType.TRAILING_STOP;
            boolean bracket = random.nextInt(3) == 0;
            int away = 5 + random.nextInt(40);
            int up = side == Side.BUY ? away : -away;
            TimeInForce tif = TimeInForce.values()[random.nextInt(TimeInForce.values().length)];
            OrderRef ref = new OrderRef(OrderId.of("o-" + sent.size()), ACCOUNTS.get(random.nextInt(2)), null, BTC);
            OrderTerms terms = new OrderTerms(
                    side,
                    type,
                    tif,
                    qty(),
                    limit ? px(mid + random.nextInt(31) - 15) : null,
                    stop || random.nextInt(30) == 0 ? px(mid + random.nextInt(31) - 15) : null,
                    null);
            OrderOptions options = OrderOptions.NONE
                    .withTrail(
                            trail && away % 2 == 0 ? px(away) : null,
                            trail && away % 2 == 1 ? new BigDecimal("1." + away + "7") : null)
                    .withExpireTs(tif == TimeInForce.GTD ? (Long) (now + random.nextInt(2_000_000)) : null)
                    .withPostOnly(random.nextInt(6) == 0)
                    .withReduceOnly(random.nextInt(5) == 0);
            NewOrder order = new NewOrder(stages.header(now), new Order(ref, terms, options));
            NewOrder made = bracket ? order.withExits(px(mid + up), px(mid - up)) : order;
            sent.add(made);
            stages.send(made);
        }

        private @Nullable NewOrder any() {
            return sent.isEmpty() ? null : sent.get(Math.max(0, sent.size() - 1 - random.nextInt(12)));
        }

        private OrderId id(NewOrder order) {
            return switch (order.isBracket() ? random.nextInt(4) : 3) {
                case 0 -> OrderId.of(order.orderId() + "-tp");
                case 1 -> OrderId.of(order.orderId() + "-sl");
                default -> order.orderId();
            };
        }

        private void replace() {
            NewOrder order = any();
            if (order != null) {
                int what = random.nextInt(4);
                stages.send(new ReplaceOrder(
                        stages.header(now),
                        id(order),
                        order.account(),
                        BTC,
                        what < 2 ? qty() : null,
                        what > 0 && order.limitPx() != null ? px(mid + random.nextInt(41) - 20) : null,
                        what > 0 && order.stopPx() != null ? px(mid + random.nextInt(41) - 20) : null));
            }
        }

        private void cancel() {
            NewOrder order = any();
            if (order != null) {
                stages.send(new CancelOrder(stages.header(now), id(order), order.account(), BTC));
            }
        }

        private void command() {
            AccountAction action = switch (random.nextInt(8)) {
                case 0 -> AccountAction.HALT;
                case 1, 2, 3, 4 -> AccountAction.RESUME;
                case 5 -> AccountAction.DEPOSIT;
                default -> AccountAction.WITHDRAW;
            };
            Money amount = Money.of(Integer.toString(1 + random.nextInt(60_000)));
            stages.send(new Account(
                    stages.header(now), ACCOUNTS.get(random.nextInt(2)), action, null, amount, null, null, null));
        }

        private void check(int step) {
            for (; read < stages.executions().size(); read++) {
                Execution execution = stages.executions().get(read);
                String text = execution.text();
                assertThat(text)
                        .as("seed %d, step %d: approved and refused for its terms: %s", seed, step, execution)
                        .doesNotStartWith("rule=16")
                        .doesNotStartWith("rule=11 terms")
                        .doesNotStartWith("rule=11 tif")
                        .doesNotStartWith("duplicate");
                if (execution.execType() == ExecType.TRADE) {
                    fill(execution);
                }
            }
            for (; readEvents < stages.events().size(); readEvents++) {
                Account event = stages.events().get(readEvents);
                Money amount = event.amount();
                reducing += event.event() == AccountEvent.REDUCING ? 1 : 0;
                if (amount != null && event.event() != AccountEvent.REFUSED) {
                    Money signed = event.event() == AccountEvent.WITHDRAWN ? amount.negated() : amount;
                    cash.merge(event.account(), signed, Money::plus);
                }
            }
            assertThat(positions.getOrDefault(ACCOUNTS.getFirst(), Qty.ZERO))
                    .as("seed %d, step %d: position of the cash account", seed, step)
                    .isGreaterThanOrEqualTo(Qty.ZERO);
        }

        private void fill(Execution fill) {
            fills++;
            exitFills += fill.parentId() == null ? 0 : 1;
            positions.merge(fill.account(), fill.lastQty().signed(fill.side()), Qty::plus);
            Money paid = java.util.Objects.requireNonNull(fill.lastPx())
                    .times(fill.lastQty().signed(fill.side()))
                    .plus(fill.commission());
            cash.merge(fill.account(), paid.negated(), Money::plus);
        }

        /** Once everything has arrived, the checks' books are those of the venue and of the fills. */
        private void settle(int step) {
            stages.deliverAll();
            check(step);
            for (AccountView account : stages.accounts()) {
                String as = "seed " + seed + ", step " + step + ", account " + account.account();
                assertThat(account.cash()).as(as).isEqualTo(cash.get(account.account()));
                Qty held = account.positions().isEmpty()
                        ? Qty.ZERO
                        : account.positions().getFirst().qty();
                assertThat(held).as(as).isEqualTo(positions.getOrDefault(account.account(), Qty.ZERO));
                TreeSet<OrderId> live = new TreeSet<>();
                Qty selling = Qty.ZERO;
                for (OrderView order : stages.live()) {
                    if (order.account().equals(account.account())) {
                        live.add(order.orderId());
                        boolean isSell = order.side() == Side.SELL && order.parentId() == null;
                        selling = isSell ? selling.plus(order.qty().minus(order.cumQty())) : selling;
                    }
                }
                assertThat(new TreeSet<>(account.openOrders())).as(as).isEqualTo(live);
                if (account.openOrders().isEmpty()) {
                    assertThat(account.reserved()).as(as).isEqualTo(Money.ZERO);
                }
                assertThat(account.reserved()).as(as).isGreaterThanOrEqualTo(Money.ZERO);
                if (account.type().equals("cash")) {
                    assertThat(selling).as(as + ": open sells").isLessThanOrEqualTo(held);
                }
            }
        }
    }
}
