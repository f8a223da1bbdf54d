package papertape.pnl;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.common.value.AccountEvent.DEPOSITED;
import static papertape.common.value.AccountEvent.OPENED;
import static papertape.common.value.AccountEvent.WITHDRAWN;
import static papertape.pnl.Inputs.BTC;
import static papertape.pnl.Inputs.ETH;
import static papertape.pnl.Inputs.FIFO;
import static papertape.pnl.Inputs.MAIN;
import static papertape.pnl.Inputs.VOD;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import papertape.common.json.MessageCodec;
import papertape.common.message.Message;
import papertape.common.message.Pnl;
import papertape.common.testkit.StageTester;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Side;

/** Random lives of two accounts: compared with a naive second implementation, and with a stage that is restarted. */
class PnlAgainstNaiveTest {
    private static final int SEQUENCES = 1_000;
    private static final int STEPS = 60;
    private static final List<Instrument> INSTRUMENTS = List.of(BTC, ETH, VOD);
    private static final List<AccountId> ACCOUNTS = List.of(MAIN, FIFO);
    private static final Map<String, BigDecimal> RATES =
            Map.of(BTC.name(), BigDecimal.ONE, ETH.name(), BigDecimal.ONE, VOD.name(), new BigDecimal("1.38"));
    /** The naive average is rounded at another place; far below any currency's smallest unit. */
    private static final BigDecimal TOLERANCE = new BigDecimal("0.000000000001");

    @Test
    void everyReportAgreesWithTheNaiveAccountOnRandomFillsFlowsAndMarks() {
        for (long seed = 1; seed <= SEQUENCES; seed++) {
            new Run(seed).play();
        }
    }

    @Test
    void aStageRestartedAtRandomPointsSendsTheSameAsOneThatNeverStopped() {
        for (long seed = 1; seed <= 200; seed++) {
            Run steady = new Run(seed);
            Run restarted = new Run(seed);
            Random when = new Random(-seed);
            for (int step = 0; step < STEPS; step++) {
                if (when.nextInt(4) == 0) {
                    restarted.stage.restart();
                }
                assertThat(restarted.step()).as("seed %d step %d", seed, step).isEqualTo(steady.step());
            }
        }
    }

    /** One seeded sequence: draws a message, gives it to both implementations and compares. */
    private static final class Run {
        private static final MessageCodec CODEC = new MessageCodec();

        final StageTester stage = Inputs.tester();
        private final long seed;
        private final Random random;
        private final Map<AccountId, NaiveAccount> naive = new HashMap<>();
        private final Map<AccountId, BigDecimal> flows = new HashMap<>();
        private long ts = 1;

        Run(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            for (AccountId account : ACCOUNTS) {
                naive.put(account, new NaiveAccount(account.equals(FIFO), RATES));
                flow(account, "100000");
                stage.send(Inputs.event(stage, ts, account, OPENED, "100000"));
            }
        }

        void play() {
            for (int step = 0; step < STEPS; step++) {
                for (Sent sent : step()) {
                    check((Pnl) sent.message(), step);
                }
            }
        }

        List<Sent> step() {
            ts += random.nextInt(400_000);
            AccountId account = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
            Instrument instrument = INSTRUMENTS.get(random.nextInt(INSTRUMENTS.size()));
            return stage.send(
                    switch (random.nextInt(10)) {
                        case 0 -> flow(account);
                        case 1, 2, 3 -> mark(instrument);
                        default -> fill(account, instrument);
                    });
        }

        private Message flow(AccountId account) {
            String amount = cents(1 + random.nextInt(1_000_000));
            boolean in = random.nextBoolean();
            flow(account, in ? amount : "-" + amount);
            return Inputs.event(stage, ts, account, in ? DEPOSITED : WITHDRAWN, amount);
        }

        private void flow(AccountId account, String amount) {
            naive.get(account).flow(new BigDecimal(amount));
            flows.merge(account, new BigDecimal(amount), BigDecimal::add);
        }

        private Message mark(Instrument instrument) {
            String price = cents(9_000 + random.nextInt(2_000));
            naive.values().forEach(account -> account.mark(instrument.name(), new BigDecimal(price)));
            return Inputs.mark(stage, ts, instrument, price);
        }

        private Message fill(AccountId account, Instrument instrument) {
            boolean buy = random.nextBoolean();
            int units = 1 + random.nextInt(12);
            String px = cents(9_000 + random.nextInt(2_000));
            String fee = cents(random.nextInt(50) - 5);
            naive.get(account).fill(instrument.name(), buy, units, new BigDecimal(px), new BigDecimal(fee));
            String qty = NaiveAccount.UNIT.multiply(BigDecimal.valueOf(units)).toPlainString();
            return Inputs.fill(stage, ts, account, instrument, buy ? Side.BUY : Side.SELL, qty, px, fee);
        }

        private void check(Pnl pnl, int step) {
            NaiveAccount expected = naive.get(pnl.account());
            Supplier<String> at = () -> "seed " + seed + " step " + step + " " + pnl;
            assertThat(CODEC.decode(CODEC.encode(pnl))).as(at).isEqualTo(pnl);
            if (pnl.instrument() != null) {
                assertThat(pnl.position().value())
                        .as(at)
                        .isEqualByComparingTo(expected.position(pnl.instrument().name()));
                return;
            }
            assertThat(pnl.cash().value()).as(at).isEqualByComparingTo(expected.cash);
            assertThat(pnl.fees().value()).as(at).isEqualByComparingTo(expected.fees);
            close(pnl.realized(), expected.realized, at);
            close(pnl.equity(), expected.equity(), at);
            Money flow = new Money(flows.get(pnl.account()));
            assertThat(flow.plus(pnl.realized()).minus(pnl.fees()).plus(pnl.unrealized()))
                    .as(at)
                    .isEqualTo(pnl.equity());
            assertThat(pnl.peakEquity()).as(at).isGreaterThanOrEqualTo(pnl.equity());
        }

        private static void close(Money actual, BigDecimal expected, Supplier<String> at) {
            assertThat(actual.value().subtract(expected).abs()).as(at).isLessThan(TOLERANCE);
        }

        private static String cents(int amount) {
            return BigDecimal.valueOf(amount, 2).toPlainString();
        }
    }
}
