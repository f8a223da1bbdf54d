package papertape.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.config.Config;
import papertape.common.config.VenueSettings;
import papertape.common.message.Execution;
import papertape.common.message.NewOrder;
import papertape.common.message.ReplaceOrder;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.ExecType;
import papertape.common.value.OrdStatus;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/** What open orders hold back, to the last digit. */
class ReservationTest {
    private static Gate worked(String cash) {
        return Gate.of(new Settings()
                .account(
                        "a",
                        "cash",
                        cash,
                        "maxNotional",
                        "100000000",
                        "maxPositionPercent",
                        "100",
                        "collarPercent",
                        "100"));
    }

    @Test
    void workedExampleABidFilledBelowItsLimitHoldsExactlyTheRemainder() {
        Gate gate = worked("94000000");
        NewOrder bid = gate.buy("500").limit("18500").passes();
        // 500 x 18,500 = 9,250,000, and 80 bp of it
        assertThat(gate.book("a").reserved()).hasToString("9324000");
        assertThat(gate.book("a").available()).hasToString("84676000");
        gate.fill(bid, "200", "17500", "28000", "200");
        // 300 x 18,500 = 5,550,000, and 80 bp of it; 200 x 17,500 and the fee are paid
        assertThat(gate.book("a").reserved()).hasToString("5594400");
        assertThat(gate.book("a").cash()).hasToString("90472000");
        assertThat(gate.book("a").available()).hasToString("84877600");
        gate.fill(bid, "300", "17500", "42000", "500");
        assertThat(gate.book("a").reserved()).hasToString("0");
        // 94,000,000 - 500 x 17,500 - 70,000
        assertThat(gate.book("a").cash()).hasToString("85180000");
        assertThat(gate.book("a").available()).hasToString("85180000");
    }

    @Test
    void workedExampleOneUnitShortOfCostAndFeeIsRefused() {
        worked("9324000").buy("500").limit("18500").passes();
        worked("9323999").buy("500").limit("18500").isDenied("check=buying_power limit=9323999 value=9324000");
    }

    @Test
    void aStopBuyReservesFourPercentBeyondItsStopPrice() {
        Gate gate = Gate.cash();
        gate.buy("0.5").stop("11000").passes();
        // 0.5 x 11,000 x 1.04 x 1.008
        assertThat(gate.book("a").reserved()).hasToString("5765.76");
    }

    @Test
    void aSellReservesNoCash() {
        Gate gate = Gate.cash();
        gate.hold("1", "10000");
        gate.sell("1").limit("10100").passes();
        assertThat(gate.book("a").reserved()).hasToString("0");
    }

    @Test
    void everyEndReleasesWhatWasReserved() {
        for (ExecType end : List.of(ExecType.CANCELED, ExecType.EXPIRED, ExecType.REJECTED)) {
            Gate gate = Gate.cash();
            NewOrder order = gate.buy("1").limit("10000").passes();
            gate.answer(order, ExecType.NEW, "0");
            gate.fill(order, "0.25", "10000", "0", "0.25");
            assertThat(gate.book("a").reserved()).hasToString("7560");
            gate.answer(order, end, "0.25");
            assertThat(gate.book("a").reserved()).as(end.toString()).hasToString("0");
            assertThat(gate.book("a").available()).hasToString("97500");
            assertThat(gate.book("a").open()).isEmpty();
        }
    }

    @Test
    void aPendingReplaceHoldsTheDearerOfBothUntilItIsAnswered() {
        Gate gate = Gate.cash();
        NewOrder order = gate.buy("1").limit("10000").passes();
        assertThat(Gate.of(gate.replace(order, "1.5", null), ReplaceOrder.class))
                .hasSize(1);
        assertThat(gate.book("a").reserved()).hasToString("15120");
        NewOrder larger = Gate.replaced(order, "1.5", "10000");
        gate.answer(larger, ExecType.REPLACED, "0");
        assertThat(gate.book("a").reserved()).hasToString("15120");
        gate.replace(larger, null, "9000");
        assertThat(gate.book("a").reserved())
                .as("the old price may still trade")
                .hasToString("15120");
        gate.answer(Gate.replaced(order, "1.5", "9000"), ExecType.REPLACED, "0");
        assertThat(gate.book("a").reserved()).hasToString("13608");
    }

    @Test
    void aRefusedReplaceGivesBackWhatItAdded() {
        Gate gate = Gate.cash();
        NewOrder order = gate.buy("1").limit("10000").passes();
        gate.replace(order, "1.5", null);
        gate.answer(order, ExecType.CANCEL_REJECTED, "0");
        assertThat(gate.book("a").reserved()).hasToString("10080");
    }

    @Test
    void aReplaceNeedsBuyingPowerForWhatItAddsOnly() {
        Gate gate = Gate.of(new Settings().account("a", "cash", "15120", "maxPositionPercent", "100"));
        NewOrder order = gate.buy("1").limit("10000").passes();
        List<Sent> sent = gate.replace(order, "1.5001", null);
        assertThat(Gate.text(sent)).isEqualTo("check=buying_power limit=5040 value=5041.008");
        assertThat(Gate.of(gate.replace(order, "1.5", null), ReplaceOrder.class))
                .hasSize(1);
        assertThat(gate.book("a").available()).hasToString("0");
    }

    @Test
    void aDeniedReplaceLeavesTheOrderAsItWas() {
        Gate gate = Gate.cash();
        NewOrder order = gate.buy("1").limit("10000").passes();
        List<Sent> sent = gate.replace(order, null, "10000.001");
        Execution no = Gate.of(sent, Execution.class).getFirst();
        assertThat(no.execType()).isEqualTo(ExecType.CANCEL_REJECTED);
        assertThat(no.ordStatus()).isEqualTo(OrdStatus.NEW);
        assertThat(no.leavesQty()).hasToString("1");
        assertThat(no.text()).isEqualTo("check=price limit=tick 0.01 value=10000.001");
        assertThat(gate.book("a").reserved()).hasToString("10080");
    }

    @Test
    void aRefusalThatComesBackOnExecutionsChangesNothing() {
        Gate gate = Gate.cash("maxModifiesPerSecond", "1");
        NewOrder order = gate.buy("1").limit("10000").passes();
        gate.replace(order, "1.5", null);
        List<Sent> sent = gate.replace(order, "1.6", null);
        assertThat(Gate.text(sent)).isEqualTo("check=pending_replace limit=0 value=1");
        gate.tester.send(sent.getFirst().message());
        assertThat(gate.book("a").reserved()).hasToString("15120");
    }

    @Test
    void aReplaceMustLeaveMoreThanIsFilled() {
        Gate gate = Gate.cash();
        NewOrder order = gate.buy("1").limit("10000").passes();
        gate.fill(order, "0.5", "10000", "0", "0.5");
        assertThat(Gate.text(gate.replace(order, "0.5", null)))
                .isEqualTo("check=quantity limit=above filled 0.5 value=0.5");
        assertThat(Gate.of(gate.replace(order, "0.5001", null), ReplaceOrder.class))
                .hasSize(1);
    }

    @Test
    void sharesReserveTheirFeeByShareWithItsMinimumAndMaximum() {
        VenueSettings nyse =
                new VenueSettings("NYSE", big("0"), big("0"), big("0.005"), big("1"), big("0.5"), "21:00", big("5"));
        Config config = new Settings().config();
        Listing listing = new Listing(config.instruments().getFirst(), nyse);
        assertThat(listing.takerFee(qty("1000"), px("50"))).hasToString("5");
        assertThat(listing.takerFee(qty("1"), px("50"))).hasToString("1");
        assertThat(listing.takerFee(qty("1000"), px("0.5"))).hasToString("2.5");
    }

    private static BigDecimal big(String text) {
        return new BigDecimal(text);
    }

    private static Qty qty(String text) {
        return Qty.of(text);
    }

    private static Price px(String text) {
        return Price.of(text);
    }
}
