package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import papertape.cli.audit.Audit;
import papertape.cli.audit.AuditReport;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.message.MarketData;
import papertape.common.message.Message;
import papertape.common.message.NewOrder;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.common.value.Money;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.TimeInForce;
import papertape.execution.OrderView;
import papertape.risk.AccountView;

/** The end of one trading day and the beginning of the next, with several thousand orders of every type. */
final class SimulatedDayTest {
    private static final long SEED = 20_260_301;
    private static final int RATE = 600;
    private static final int REQUESTS = 4_000;
    private static final int BATCH = 20;
    private static final long BATCH_EVERY_MS = 80;
    /** Of the market's time, until the session ends in which the run begins; the next one follows at once. */
    private static final int SECONDS_BEFORE_THE_END = 15;

    private static final List<AccountId> ACCOUNTS = List.of(AccountId.of("alpha"), AccountId.of("beta"));

    /** The rates and losses are not what is looked at here; sizes, positions and open orders stay limited. */
    private static final String LIMITS = """
            limits:
              maxRepeats: 100
              maxNotional: 30000
              maxPositionPercent: 20
              maxSubmitsPerSecond: 100000
              maxModifiesPerSecond: 100000
              maxOpenOrders: 400
              maxOpenOrdersPerInstrument: 200
              dailyLossReducingPercent: 100
              dailyLossHaltPercent: 100
              maxDrawdownPercent: 100
            """;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final String seeded = "seed " + SEED;

    @Test
    void afterADayOfOrdersOfEveryTypeTheLedgerHoldsInJournalDatabaseAndStateAndNoLevelWasOverfilled() throws Exception {
        Instant sessionEnd = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        long start = ChronoUnit.MICROS.between(Instant.EPOCH, sessionEnd.minusSeconds(SECONDS_BEFORE_THE_END));
        try (TradingStack stack = TradingStack.start(folder, SEED, RATE, start, LIMITS + venue(sessionEnd))) {
            SeededTrader trader = new SeededTrader(stack.door(), SEED, ACCOUNTS);
            trade(trader);
            stack.drain();

            List<Execution> executions = executions(stack);
            assertEveryKindWasThere(trader, executions);
            assertEveryOrderWasAnswered(stack, trader, executions);
            assertTheAuditHolds(stack);
            assertTheStateAgreesWithTheJournal(stack, executions);
            assertNoLevelWasOverfilled(stack, executions);
        }
    }

    private static String venue(Instant sessionEnd) {
        String time = sessionEnd.toString().substring(11, 16);
        return "venues: [{name: SIM, makerBps: 10, takerBps: 10, sessionEndUtc: \"" + time + "\"}]\n";
    }

    private static void trade(SeededTrader trader) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (!trader.seesMarket()) {
            assertThat(System.nanoTime())
                    .as("a mark of every instrument in time")
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        for (int i = 0; i < REQUESTS / BATCH; i++) {
            trader.trade(BATCH);
            TimeUnit.MILLISECONDS.sleep(BATCH_EVERY_MS);
        }
    }

    private static List<Execution> executions(TradingStack stack) {
        List<Execution> executions = new ArrayList<>();
        for (Message message : stack.messages(Channel.EXECUTIONS)) {
            // the rest are clocks
            if (message instanceof Execution execution) {
                executions.add(execution);
            }
        }
        return executions;
    }

    private void assertEveryKindWasThere(SeededTrader trader, List<Execution> executions) {
        Set<OrdType> types = EnumSet.noneOf(OrdType.class);
        Set<TimeInForce> tifs = EnumSet.noneOf(TimeInForce.class);
        Set<ExecType> events = EnumSet.noneOf(ExecType.class);
        executions.stream()
                .filter(execution -> execution.execType() == ExecType.TRADE)
                .forEach(fill -> {
                    types.add(fill.ordType());
                    tifs.add(fill.tif());
                });
        executions.forEach(execution -> events.add(execution.execType()));
        assertThat(trader.sent()).as(seeded).hasSizeGreaterThan(REQUESTS * 3 / 4);
        assertThat(types).as(seeded).containsExactlyInAnyOrder(OrdType.values());
        assertThat(tifs).as(seeded).containsExactlyInAnyOrder(TimeInForce.values());
        assertThat(events).as(seeded).containsExactlyInAnyOrder(ExecType.values());
    }

    private void assertEveryOrderWasAnswered(TradingStack stack, SeededTrader trader, List<Execution> executions) {
        Set<OrderId> settled = new HashSet<>();
        executions.stream()
                .filter(execution -> execution.ordStatus().isFinal())
                .forEach(execution -> settled.add(execution.orderId()));
        stack.books().orders().stream().map(OrderView::orderId).forEach(settled::add);
        List<OrderId> lost = trader.sent().stream()
                .map(NewOrder::orderId)
                .filter(id -> !settled.contains(id))
                .toList();
        assertThat(lost).as("%s: neither final nor open", seeded).isEmpty();
    }

    private void assertTheAuditHolds(TradingStack stack) throws InterruptedException {
        AuditReport report = new Audit(stack.bus(), stack.config()).run().report();
        assertThat(report.problems()).as(seeded).isEmpty();
        assertThat(report.stored().get("executions")).as(seeded).isPositive();
        assertThat(report.accounts()).containsOnlyKeys("alpha", "beta");
    }

    /** Deposits + realized - fees + unrealized = equity from the books of the checks, and their cash is the journal's. */
    private void assertTheStateAgreesWithTheJournal(TradingStack stack, List<Execution> executions) {
        for (AccountId account : ACCOUNTS) {
            AccountView view = stack.books().account(account).orElseThrow();
            Money cash = Money.of("1000000");
            Money earned = cash;
            for (Execution fill : executions) {
                if (fill.execType() == ExecType.TRADE && fill.account().equals(account)) {
                    Money paid = fill.lastPx().times(fill.lastQty().signed(fill.side()));
                    cash = cash.minus(paid).minus(fill.commission());
                }
            }
            for (AccountView.Holding held : view.positions()) {
                earned = earned.plus(held.realized()).minus(held.fees()).plus(held.unrealized());
            }
            assertThat(view.cash()).as("%s, cash of %s", seeded, account).isEqualTo(cash);
            assertThat(view.equity()).as("%s, equity of %s", seeded, account).isEqualTo(earned);
        }
    }

    private void assertNoLevelWasOverfilled(TradingStack stack, List<Execution> executions) {
        Map<MessageId, List<Execution>> fills = new HashMap<>();
        long count = 0;
        for (Execution execution : executions) {
            if (execution.execType() == ExecType.TRADE) {
                count++;
                fills.computeIfAbsent(execution.header().cause(), any -> new ArrayList<>())
                        .add(execution);
            }
        }
        Map<Instrument, DisplayedLiquidity> books = new HashMap<>();
        for (Message message : stack.messages(Channel.TICKS)) {
            if (message instanceof MarketData data) {
                books.computeIfAbsent(data.instrument(), any -> new DisplayedLiquidity(data.instrument(), fills))
                        .on(message);
            } else {
                // a clock lets orders of any instrument in
                books.values().forEach(book -> book.on(message));
            }
        }
        assertThat(books.values().stream().flatMap(book -> book.broken().stream()))
                .as(seeded)
                .isEmpty();
        assertThat(books.values().stream()
                        .mapToLong(DisplayedLiquidity::checked)
                        .sum())
                .as("%s: every fill was held against what was there", seeded)
                .isEqualTo(count)
                .isGreaterThan(500);
    }
}
