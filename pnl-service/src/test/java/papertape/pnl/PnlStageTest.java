package papertape.pnl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static papertape.common.value.AccountEvent.DEPOSITED;
import static papertape.common.value.AccountEvent.OPENED;
import static papertape.common.value.AccountEvent.WITHDRAWN;
import static papertape.common.value.Side.BUY;
import static papertape.common.value.Side.SELL;
import static papertape.pnl.Inputs.BTC;
import static papertape.pnl.Inputs.ETH;
import static papertape.pnl.Inputs.FIFO;
import static papertape.pnl.Inputs.MAIN;
import static papertape.pnl.Inputs.SECOND;
import static papertape.pnl.Inputs.SONY;
import static papertape.pnl.Inputs.VOD;
import static papertape.pnl.Inputs.event;
import static papertape.pnl.Inputs.fill;
import static papertape.pnl.Inputs.mark;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import papertape.common.json.MessageCodec;
import papertape.common.message.Account;
import papertape.common.message.Message;
import papertape.common.message.Pnl;
import papertape.common.testkit.StageTester;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

class PnlStageTest {
    private final StageTester stage = Inputs.tester();

    @BeforeEach
    void openTheAccount() {
        send(event(stage, 0, MAIN, OPENED, "100000"));
    }

    @Test
    void eachFillReportsItsInstrumentAndThenTheAccount() {
        List<Pnl> sent = fillOf(1, BTC, BUY, "2", "50000", "100");

        assertThat(sent).hasSize(2);
        Pnl instrument = sent.getFirst();
        assertThat(instrument.instrument()).isEqualTo(BTC);
        assertThat(instrument.position()).isEqualTo(Qty.of("2"));
        assertThat(instrument.avgPx()).isEqualTo(Price.of("50000"));
        assertThat(instrument.fees()).isEqualTo(Money.of("100"));
        assertThat(instrument.equity()).isNull();
        Pnl account = sent.getLast();
        assertThat(account.instrument()).isNull();
        assertThat(account.cash()).isEqualTo(Money.of("-100"));
        assertThat(account.equity()).isEqualTo(Money.of("99900"));
        assertThat(account.peakEquity()).isEqualTo(Money.of("100000"));
        assertThat(account.drawdown()).isEqualTo(Money.of("0.001"));
    }

    @Test
    void onlyTradesChangeAnything() {
        assertThat(send(Inputs.execution(
                        stage, 1, MAIN, BTC, ExecType.NEW, BUY, Qty.of("1"), Price.of("1"), Money.ZERO)))
                .isEmpty();
    }

    /** nautilus_trader #1083; the fills themselves are in execution's {@code CasesTest}. */
    @Test
    void case_34_a_flip_from_short_to_long_is_worth_its_fills_to_the_last_digit() {
        send(event(stage, 0, MAIN, DEPOSITED, "900000"));
        fillOf(1, BTC, SELL, "1.1", "100", "0.88");
        fillOf(2, BTC, BUY, "3", "90.1", "2.1624");
        List<Pnl> sent = fillOf(3, BTC, SELL, "0.9", "90", "0.648");
        Pnl marked = send(mark(stage, 3 + SECOND, BTC, "90.05")).getLast();

        assertThat(sent.getFirst().position()).isEqualTo(Qty.of("1"));
        assertThat(sent.getFirst().avgPx()).isEqualTo(Price.of("90.1"));
        assertThat(marked.realized()).isEqualTo(Money.of("10.8"));
        assertThat(marked.fees()).isEqualTo(Money.of("3.6904"));
        assertThat(marked.equity()).isEqualTo(Money.of("1000007.0596"));
    }

    @Test
    void equityIsCashPlusPositionTimesMark() {
        send(mark(stage, 1, BTC, "50000"));
        fillOf(2, BTC, SELL, "1", "51000", "0");
        Pnl account = send(mark(stage, 3, BTC, "50500")).getLast();

        assertThat(account.cash()).isEqualTo(Money.of("151000"));
        assertThat(account.equity()).isEqualTo(Money.of("100500"));
        assertThat(account.unrealized()).isEqualTo(Money.of("500"));
    }

    @Test
    void aMissingMarkIsFlaggedAndThePositionCountsAtCostNeverAsZero() {
        Pnl account = fillOf(1, BTC, BUY, "1", "40000", "0").getLast();
        assertThat(account.unmarked()).isTrue();
        assertThat(account.equity()).isEqualTo(Money.of("100000"));

        Pnl marked = send(mark(stage, 2, BTC, "41000")).getLast();
        assertThat(marked.unmarked()).isFalse();
        assertThat(marked.equity()).isEqualTo(Money.of("101000"));
    }

    @Test
    void marksReportAnAccountAtMostOnceAnInterval() {
        fillOf(1, BTC, BUY, "1", "100", "0");

        assertThat(send(mark(stage, 2, BTC, "101"))).hasSize(2);
        assertThat(send(mark(stage, 3, BTC, "102"))).isEmpty();
        assertThat(send(mark(stage, 2 + SECOND - 1, BTC, "103"))).isEmpty();
        assertThat(send(mark(stage, 2 + SECOND, BTC, "104"))).hasSize(2);
    }

    @Test
    void aHeldBackMarkIsReportedWithTheNextMessageOfAnyKindOnceItsTimeHasCome() {
        fillOf(1, BTC, BUY, "1", "100", "0");
        send(mark(stage, 2, BTC, "101"));
        send(mark(stage, 3, BTC, "102"));

        List<Pnl> sent = send(mark(stage, 2 + SECOND, ETH, "7"));
        assertThat(sent).extracting(Pnl::instrument).containsExactly(BTC, null);
        assertThat(sent.getFirst().mark()).isEqualTo(Price.of("102"));
    }

    @Test
    void onlyInstrumentsWhoseMarkChangedAreReported() {
        fillOf(1, BTC, BUY, "1", "100", "0");
        fillOf(2, ETH, BUY, "1", "10", "0");

        assertThat(send(mark(stage, 3, ETH, "11"))).extracting(Pnl::instrument).containsExactly(ETH, null);
    }

    @Test
    void marksOfWhatNobodyHoldsReportNothing() {
        fillOf(1, BTC, BUY, "1", "100", "0");
        fillOf(2, BTC, SELL, "1", "100", "0");

        assertThat(send(mark(stage, 3, BTC, "101"))).isEmpty();
        assertThat(send(mark(stage, 4, ETH, "101"))).isEmpty();
    }

    @Test
    void aPositionThatOpensAgainTakesTheLatestMark() {
        fillOf(1, BTC, BUY, "1", "100", "0");
        send(mark(stage, 2, BTC, "101"));
        fillOf(3, BTC, SELL, "1", "101", "0");
        send(mark(stage, 4, BTC, "110"));

        assertThat(fillOf(5, BTC, BUY, "1", "109", "0").getFirst().unrealized()).isEqualTo(Money.of("1"));
    }

    @Test
    void depositsAndWithdrawalsMoveThePeakAndAreNoProfit() {
        Pnl more = send(event(stage, 1, MAIN, DEPOSITED, "500")).getFirst();
        Pnl less = send(event(stage, 2, MAIN, WITHDRAWN, "100000")).getFirst();

        assertThat(more.peakEquity()).isEqualTo(Money.of("100500"));
        assertThat(less.equity()).isEqualTo(Money.of("500"));
        assertThat(less.drawdown()).isEqualTo(Money.ZERO);
        assertThat(less.realized()).isEqualTo(Money.ZERO);
    }

    @Test
    void commandsAboutAccountsAreNotFacts() {
        Account command =
                new Account(stage.header(1), MAIN, AccountAction.DEPOSIT, null, Money.of("5"), "USD", null, null);

        assertThat(send(command)).isEmpty();
    }

    @Test
    void anotherQuoteCurrencyIsConvertedAtTheConfiguredRateFeesIncluded() {
        send(mark(stage, 1, VOD, "11"));
        List<Pnl> sent = fillOf(2, VOD, BUY, "100", "10", "5");

        assertThat(sent.getFirst().avgPx()).isEqualTo(Price.of("10"));
        assertThat(sent.getFirst().unrealized()).isEqualTo(Money.of("138"));
        assertThat(sent.getFirst().fees()).isEqualTo(Money.of("6.9"));
        assertThat(sent.getLast().cash()).isEqualTo(Money.of("98613.1"));
        assertThat(sent.getLast().equity()).isEqualTo(Money.of("100131.1"));
    }

    @Test
    void anInverseRateKeepsTheLedgerExactAndItsNumbersShortEnoughToRead() {
        AccountId pounds = AccountId.of("pounds");
        MessageCodec codec = new MessageCodec();
        send(event(stage, 1, pounds, OPENED, "1000000", "GBP"));
        for (int i = 0; i < 30; i++) {
            send(fill(stage, 2, pounds, BTC, BUY, "0.00000007", "61234.57", "0.00123457"));
            Pnl account = send(fill(stage, 3, pounds, BTC, SELL, "0.00000003", "61000.01", "0.00123457"))
                    .getLast();

            assertThat(Money.of("1000000")
                            .plus(account.realized())
                            .minus(account.fees())
                            .plus(account.unrealized()))
                    .isEqualTo(account.equity());
            assertThat(codec.decode(codec.encode(account))).isEqualTo(account);
        }
    }

    @Test
    void aDepositInAnotherCurrencyIsConvertedAtTheConfiguredRate() {
        assertThat(send(event(stage, 1, MAIN, DEPOSITED, "10", "GBP"))
                        .getFirst()
                        .cash())
                .isEqualTo(Money.of("100013.8"));
    }

    @Test
    void aFillWithoutARateOrOfAnUnknownInstrumentIsImpossible() {
        assertThatIllegalStateException()
                .isThrownBy(() -> fillOf(1, SONY, BUY, "1", "1", "0"))
                .withMessageContaining("JPY/USD");
        assertThatIllegalStateException()
                .isThrownBy(() -> fillOf(1, Instrument.of("X:Y"), BUY, "1", "1", "0"))
                .withMessageContaining("X:Y");
    }

    @Test
    void aFillThatArrivesBeforeItsAccountsOpeningIsKept() {
        AccountId late = AccountId.of("late");
        assertThat(send(fill(stage, 1, late, BTC, BUY, "1", "100", "1"))).isEmpty();
        stage.restart();
        List<Pnl> sent = send(event(stage, 2, late, OPENED, "1000"));

        assertThat(sent).extracting(Pnl::instrument).containsExactly(BTC, null);
        assertThat(sent.getLast().cash()).isEqualTo(Money.of("899"));
        assertThat(sent.getLast().fees()).isEqualTo(Money.of("1"));
    }

    @Test
    void anAccountOpensOnceAndFlowsNeedItOpen() {
        assertThatIllegalStateException().isThrownBy(() -> send(event(stage, 1, MAIN, OPENED, "1")));
        assertThatIllegalStateException().isThrownBy(() -> send(event(stage, 1, AccountId.of("none"), DEPOSITED, "1")));
    }

    @Test
    void accountsAreIsolatedAndHaveTheirOwnCostMethod() {
        send(event(stage, 1, FIFO, OPENED, "100000"));
        for (AccountId account : List.of(MAIN, FIFO)) {
            send(fill(stage, 2, account, BTC, BUY, "1", "100", "0"));
            send(fill(stage, 3, account, BTC, BUY, "1", "200", "0"));
        }
        Pnl average = send(fill(stage, 4, MAIN, BTC, SELL, "1", "300", "0")).getFirst();
        Pnl fifo = send(fill(stage, 5, FIFO, BTC, SELL, "1", "300", "0")).getFirst();

        assertThat(average.realized()).isEqualTo(Money.of("150"));
        assertThat(fifo.realized()).isEqualTo(Money.of("200"));
    }

    @Test
    void aDrawdownInTheLastDigitStaysAShortNumber() {
        fillOf(1, BTC, BUY, "1", "100", "0.0000000000000000000000000001");
        Pnl account = send(mark(stage, 2, BTC, "100")).getLast();

        assertThat(account.drawdown()).isEqualTo(Money.ZERO);
    }

    private List<Pnl> fillOf(long ts, Instrument instrument, Side side, String qty, String px, String fee) {
        return send(fill(stage, ts, MAIN, instrument, side, qty, px, fee));
    }

    private List<Pnl> send(Message message) {
        return stage.send(message, Pnl.class);
    }
}
