package papertape.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import papertape.cli.report.ReportData;
import papertape.common.config.ConfigReader;
import papertape.common.message.Account;
import papertape.common.message.Header;
import papertape.common.message.Pnl;
import papertape.common.statistics.EquityPoint;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.common.value.Money;
import papertape.common.value.Qty;

final class AccountReportTest {
    private static final AccountId DEMO = AccountId.of("demo");
    private static final Instrument BTC = Instrument.of("SIM:BTC-USD");

    @Test
    void aDepositIsTheFlowOfTheReportThatItCausedWhateverTheTimes() {
        ReportData data = AccountReport.of(
                DEMO,
                ConfigReader.defaults(Map.of()),
                List.of(event("a-1", 10, AccountEvent.OPENED, "1000"), event("a-2", 15, AccountEvent.DEPOSITED, "50")),
                List.of(
                        report(10, "a-1", null, "1000"),
                        report(20, "etl-1", null, "990"),
                        report(15, "a-2", null, "1040"),
                        report(30, "a-2", null, "1045")),
                List.of());

        assertThat(data.equity())
                .containsExactly(
                        new EquityPoint(10, Money.of("1000"), Money.of("1000")),
                        new EquityPoint(20, Money.of("990"), Money.ZERO),
                        new EquityPoint(20, Money.of("1040"), Money.of("50")),
                        new EquityPoint(30, Money.of("1045"), Money.ZERO));
    }

    @Test
    void aWithdrawalIsANegativeFlowAndARefusalNone() {
        ReportData data = AccountReport.of(
                DEMO,
                ConfigReader.defaults(Map.of()),
                List.of(event("a-1", 1, AccountEvent.WITHDRAWN, "30"), event("a-2", 2, AccountEvent.REFUSED, "99")),
                List.of(report(1, "a-1", null, "70"), report(2, "a-2", null, "70")),
                List.of());

        assertThat(data.equity()).extracting(EquityPoint::flow).containsExactly(Money.of("-30"), Money.ZERO);
    }

    @Test
    void ofEachInstrumentTheLatestReportIsShown() {
        ReportData data = AccountReport.of(
                DEMO,
                ConfigReader.defaults(Map.of()),
                List.of(),
                List.of(report(1, "x", BTC, "0"), report(2, "y", BTC, "0")),
                List.of());

        assertThat(data.positions()).extracting(Pnl::ts).containsExactly(2L);
        assertThat(data.equity()).isEmpty();
        assertThat(data.currency()).isEqualTo("USD");
    }

    private static Account event(String id, long ts, AccountEvent event, String amount) {
        return new Account(header(id, ts, null), DEMO, null, event, Money.of(amount), "USD", null, "");
    }

    private static Pnl report(long ts, String cause, @Nullable Instrument instrument, String equity) {
        boolean isWhole = instrument == null;
        return new Pnl(
                header("pnl-" + ts + cause, ts, MessageId.of(cause)),
                DEMO,
                instrument,
                isWhole ? null : Qty.ZERO,
                null,
                null,
                Money.ZERO,
                Money.ZERO,
                Money.ZERO,
                isWhole ? Money.of(equity) : null,
                isWhole ? Money.of(equity) : null,
                null,
                null,
                false);
    }

    private static Header header(String id, long ts, @Nullable MessageId cause) {
        return new Header(MessageId.of(id), ts, cause, ts);
    }
}
