package papertape.pnl;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.common.config.AccountSettings;
import papertape.common.config.Config;
import papertape.common.config.InstrumentSettings;
import papertape.common.config.PnlSettings;
import papertape.common.message.Account;
import papertape.common.message.Execution;
import papertape.common.message.LastFill;
import papertape.common.message.Mark;
import papertape.common.message.OrderProgress;
import papertape.common.message.OrderRef;
import papertape.common.message.OrderTerms;
import papertape.common.testkit.StageTester;
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

/** Messages and the configuration of the tests: dollar instruments, one in pounds at 1.38, one in yen without a rate. */
final class Inputs {
    static final AccountId MAIN = AccountId.of("main");
    static final AccountId FIFO = AccountId.of("fifo");
    static final Instrument BTC = Instrument.of("COINBASE:BTC-USD");
    static final Instrument ETH = Instrument.of("COINBASE:ETH-USD");
    static final Instrument VOD = Instrument.of("LSE:VOD");
    static final Instrument SONY = Instrument.of("TSE:SONY");
    static final long SECOND = 1_000_000;

    private Inputs() {}

    static Config config() {
        return new Config(
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(
                        instrument(BTC, "USD"),
                        instrument(ETH, "USD"),
                        instrument(VOD, "GBP"),
                        instrument(SONY, "JPY")),
                Map.of("GBP/USD", new BigDecimal("1.38")),
                List.of(),
                List.of(account(MAIN, "average"), account(FIFO, "fifo")),
                null,
                null,
                new PnlSettings(1_000, new BigDecimal("365")),
                null,
                null,
                null,
                null);
    }

    static StageTester tester() {
        Config config = config();
        return new StageTester("pnl", context -> new PnlStage(config, context));
    }

    static Account event(StageTester tester, long ts, AccountId account, AccountEvent event, @Nullable String amount) {
        return event(tester, ts, account, event, amount, "USD");
    }

    static Account event(
            StageTester tester,
            long ts,
            AccountId account,
            AccountEvent event,
            @Nullable String amount,
            String currency) {
        Money money = amount == null ? null : Money.of(amount);
        return new Account(tester.header(ts), account, null, event, money, currency, null, null);
    }

    static Mark mark(StageTester tester, long ts, Instrument instrument, String price) {
        return Mark.seen(tester.header(ts), instrument, Price.of(price), "mid");
    }

    static Execution fill(
            StageTester tester,
            long ts,
            AccountId account,
            Instrument instrument,
            Side side,
            String qty,
            String px,
            String fee) {
        Qty filled = Qty.of(qty);
        return execution(tester, ts, account, instrument, ExecType.TRADE, side, filled, Price.of(px), Money.of(fee));
    }

    static Execution execution(
            StageTester tester,
            long ts,
            AccountId account,
            Instrument instrument,
            ExecType type,
            Side side,
            Qty qty,
            @Nullable Price px,
            Money fee) {
        return new Execution(
                tester.header(ts),
                ExecId.of("e" + ts),
                new OrderRef(OrderId.of("o" + ts), account, null, instrument),
                new OrderTerms(side, OrdType.MARKET, TimeInForce.IOC, qty),
                new OrderProgress(type, OrdStatus.FILLED, Qty.ZERO, qty, px),
                new LastFill(qty, px, fee, Liquidity.TAKER),
                "");
    }

    private static InstrumentSettings instrument(Instrument name, String quote) {
        Qty lot = Qty.of("0.00000001");
        return new InstrumentSettings(name, Price.of("0.01"), lot, lot, Qty.of("1000000"), "X", quote);
    }

    private static AccountSettings account(AccountId name, String costMethod) {
        return new AccountSettings(name, "USD", "margin", Money.of("100000"), costMethod, Map.of());
    }
}
