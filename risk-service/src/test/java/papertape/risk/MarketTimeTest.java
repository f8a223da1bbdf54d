package papertape.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.message.Account;
import papertape.common.message.CancelOrder;
import papertape.common.message.Execution;
import papertape.common.message.Mark;
import papertape.common.message.NewOrder;
import papertape.common.message.ReplaceOrder;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.TimeInForce;

/** Only market time moves the accounts' clock; a client's timestamp moves nothing. */
class MarketTimeTest {
    private static final long MILLISECONDS = Gate.START / 1_000;
    private static final long NANOSECONDS = Gate.START * 1_000;

    private static List<Sent> sendAt(Gate gate, NewOrder order, long ts) {
        return gate.tester.send(order.withHeader(gate.tester.header(ts)));
    }

    private static Execution denied(List<Sent> sent) {
        assertThat(sent).hasSize(1);
        Execution execution = (Execution) sent.getFirst().message();
        assertThat(execution.execType()).isEqualTo(ExecType.DENIED);
        return execution;
    }

    @Test
    void anOrderInAnotherUnitIsDeniedAtTheMarketsTimeAndNamed() {
        Gate gate = Gate.cash();
        gate.clock();
        NewOrder order = gate.buy("1").limit("10000").order();

        Execution inMillis = denied(sendAt(gate, order, MILLISECONDS));
        assertThat(inMillis.text()).contains("check=timestamp", "looks like milliseconds");
        assertThat(inMillis.ts()).isEqualTo(Gate.START);
        assertThat(denied(sendAt(gate, order, NANOSECONDS)).text()).contains("looks like nanoseconds");
        assertThat(denied(sendAt(gate, order, 253_402_300_799_000_000L)).text()).contains("9999-12-31");

        assertThat(sendAt(gate, order, Gate.START).getFirst().message())
                .as("its id is still free")
                .isInstanceOf(NewOrder.class);
    }

    @Test
    void atTheBoundAnOrderPasses() {
        Gate gate = Gate.cash();
        gate.clock();

        assertThat(sendAt(gate, gate.buy("1").limit("10000").order(), Gate.START - 60 * Gate.SECOND)
                        .getFirst()
                        .message())
                .isInstanceOf(NewOrder.class);
        denied(sendAt(gate, gate.buy("1").limit("10000").order(), Gate.START - 60 * Gate.SECOND - 1));
    }

    @Test
    void ordersInMillisecondsResetNoLossLimitAndResumeNoAccount() {
        Gate gate = Gate.margin("maxPositionPercent", "1000", "maxNotional", "1000000");
        gate.clock();
        gate.hold("10", "10000");
        boolean halted = false;
        for (int px = 9_950; px >= 5_500; px -= 50) {
            gate.now += Gate.SECOND;
            gate.clock();
            halted |= Gate.events(gate.mark(Integer.toString(px))).contains(AccountEvent.HALTED);
            sendAt(gate, gate.buy("1").limit("5000").order(), MILLISECONDS);
        }
        assertThat(halted).isTrue();
        assertThat(gate.book("a").standing().isHalted()).isTrue();
    }

    @Test
    void aCancelInAnotherUnitPassesAtTheMarketsTimeAndAReplaceIsRejected() {
        Gate gate = Gate.cash();
        gate.clock();
        NewOrder order = gate.buy("1").limit("10000").passes();

        Execution rejected = (Execution) gate.tester
                .send(new ReplaceOrder(
                        gate.tester.header(NANOSECONDS),
                        order.orderId(),
                        order.account(),
                        order.instrument(),
                        Qty.of("0.5"),
                        null,
                        null))
                .getFirst()
                .message();
        assertThat(rejected.execType()).isEqualTo(ExecType.CANCEL_REJECTED);
        assertThat(rejected.text()).contains("nanoseconds");

        CancelOrder passed = (CancelOrder) gate.tester
                .send(new CancelOrder(
                        gate.tester.header(NANOSECONDS), order.orderId(), order.account(), order.instrument()))
                .getFirst()
                .message();
        assertThat(passed.ts()).isEqualTo(Gate.START);
    }

    @Test
    void accountCommandsInAnotherUnitAreRefusedButAHaltIsAHalt() {
        Gate gate = Gate.cash();
        gate.clock();
        for (AccountAction action : AccountAction.values()) {
            List<Sent> sent = gate.tester.send(new Account(
                    gate.tester.header(NANOSECONDS),
                    AccountId.of(action == AccountAction.OPEN ? "b" : "a"),
                    action,
                    null,
                    Money.of("5"),
                    null,
                    null,
                    null));
            assertThat(Gate.events(sent))
                    .as(action.name())
                    .containsExactly(action == AccountAction.HALT ? AccountEvent.HALTED : AccountEvent.REFUSED);
            assertThat(sent.getFirst().message().ts()).isEqualTo(Gate.START);
        }
        assertThat(gate.book("a").cash()).isEqualTo(Money.of("100000"));
    }

    @Test
    void aNewDayBeginsByTheClockWithoutAMark() {
        Gate gate = Gate.margin("maxPositionPercent", "1000", "maxNotional", "1000000");
        gate.clock();
        gate.hold("10", "10000");
        gate.mark("9600");
        assertThat(gate.book("a").standing().state()).isEqualTo(TradingState.REDUCING);

        gate.now += Gate.DAY;
        gate.clock();
        assertThat(gate.book("a").standing().state()).isEqualTo(TradingState.ACTIVE);
    }

    @Test
    void anUnchangedPriceThatTheFeedConfirmsIsFresh() {
        Gate gate = Gate.cash();
        gate.clock();
        gate.now += 31 * Gate.SECOND;
        gate.clock();
        assertThat(gate.buy("1").denied()).contains("check=fresh_quote");

        gate.tester.send(new Mark(
                gate.tester.header(gate.now),
                Settings.BTC,
                Price.of("10000"),
                "mid",
                Gate.START,
                gate.now - 5 * Gate.SECOND));
        gate.buy("0.5").passes();
        gate.buy("0.5").limit("10000").passes();

        gate.now += 1;
        assertThat(gate.buy("1").denied()).contains("check=fresh_quote");
    }

    @Test
    void anEndFarInTheFutureIsAMistakeOfTheUnit() {
        Gate gate = Gate.cash();
        gate.clock();
        assertThat(gate.buy("1")
                        .limit("10000")
                        .tif(TimeInForce.GTD)
                        .expires(NANOSECONDS)
                        .denied())
                .contains("10 years", "microseconds");
    }
}
