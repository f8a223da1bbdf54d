package papertape.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.message.Account;
import papertape.common.message.CancelOrder;
import papertape.common.message.Execution;
import papertape.common.message.NewOrder;
import papertape.common.message.ReplaceOrder;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountEvent;
import papertape.common.value.ExecType;
import papertape.common.value.Qty;

/** Withdrawals, reduce-only orders, reducing accounts, and losses from a base that is not above zero. */
class CollateralTest {
    private static void sellShort(Gate gate, String qty) {
        NewOrder order = gate.sell(qty).limit("10000").passes();
        gate.fill(order, qty, "10000", "0", qty);
    }

    private static Account refused(List<Sent> sent) {
        Account event = Gate.of(sent, Account.class).getFirst();
        assertThat(event.event()).isEqualTo(AccountEvent.REFUSED);
        return event;
    }

    @Test
    void a_margin_account_withdraws_at_most_its_free_equity() {
        Gate gate = Gate.margin("maxPositionPercent", "300");
        sellShort(gate, "2");
        sellShort(gate, "2");
        sellShort(gate, "2");
        // 160,000 in cash, 60,000 of it short proceeds; a short of 60,000 needs 30,000 at twice the equity
        assertThat(gate.book("a").cash()).hasToString("160000");
        assertThat(refused(gate.command("a", AccountAction.WITHDRAW, "120200")).text())
                .isEqualTo(
                        "WITHDRAW refused: insufficient free equity: equity=100000 exposure=60000 leverage=2 free=70000"
                                + " asked=120200");
        refused(gate.command("a", AccountAction.WITHDRAW, "70000.01"));
        assertThat(Gate.events(gate.command("a", AccountAction.WITHDRAW, "70000")))
                .containsExactly(AccountEvent.WITHDRAWN);
        refused(gate.command("a", AccountAction.WITHDRAW, "0.01"));
    }

    @Test
    void a_leverage_limit_of_one_keeps_the_whole_exposure_as_collateral() {
        Gate gate = Gate.margin("maxPositionPercent", "300", "maxLeverage", "1");
        sellShort(gate, "2");
        refused(gate.command("a", AccountAction.WITHDRAW, "80000.01"));
        assertThat(Gate.events(gate.command("a", AccountAction.WITHDRAW, "80000")))
                .containsExactly(AccountEvent.WITHDRAWN);
    }

    @Test
    void open_orders_of_a_margin_account_need_collateral_too() {
        Gate gate = Gate.margin();
        gate.sell("2").limit("10000").passes();
        // 20,000 of exposure at twice the equity, and a taker fee of 160
        refused(gate.command("a", AccountAction.WITHDRAW, "89920.01"));
        assertThat(Gate.events(gate.command("a", AccountAction.WITHDRAW, "89920")))
                .containsExactly(AccountEvent.WITHDRAWN);
    }

    @Test
    void a_reduce_only_order_is_cut_to_what_is_left_of_the_position() {
        Gate gate = Gate.cash();
        gate.hold("1", "10000");
        NewOrder whole = gate.sell("1.5").limit("10100").reduceOnly().order();
        NewOrder cut = Gate.of(gate.tester.send(whole), NewOrder.class).getFirst();
        assertThat(cut.qty()).isEqualTo(Qty.of("1"));
        gate.answer(cut, ExecType.CANCELED, "0");

        gate.sell("0.4").limit("10200").passes();
        NewOrder beside = gate.sell("1").limit("10300").reduceOnly().order();
        assertThat(Gate.of(gate.tester.send(beside), NewOrder.class).getFirst().qty())
                .isEqualTo(Qty.of("0.6"));
        gate.sell("0.1").limit("10400").reduceOnly().isDenied("check=long_position limit=0 value=0.1");
    }

    @Test
    void a_replace_of_a_reduce_only_order_is_cut_as_well() {
        Gate gate = Gate.cash();
        gate.hold("1", "10000");
        NewOrder order = gate.sell("0.5").limit("10100").reduceOnly().passes();
        ReplaceOrder replace =
                Gate.of(gate.replace(order, "3", null), ReplaceOrder.class).getFirst();
        assertThat(replace.qty()).isEqualTo(Qty.of("1"));
    }

    @Test
    void an_account_that_becomes_reducing_keeps_no_order_that_adds() {
        Gate gate = Gate.cash("maxPositionPercent", "90");
        gate.hold("2", "10000");
        NewOrder adds = gate.buy("0.1").limit("9900").passes();
        NewOrder reduces = gate.sell("0.5").limit("10100").passes();
        NewOrder bracket = gate.buy("0.2")
                .limit("9800")
                .takeProfit("10500")
                .stopLoss("8000")
                .passes();
        List<Sent> sent = gate.mark("8400");
        assertThat(Gate.events(sent)).containsExactly(AccountEvent.REDUCING);
        assertThat(Gate.of(sent, CancelOrder.class))
                .extracting(CancelOrder::orderId)
                .containsExactlyInAnyOrder(adds.orderId(), bracket.orderId());
        assertThat(Gate.text(gate.replace(reduces, "2.1", "8500"))).startsWith("check=trading_state limit=reduces");
        assertThat(Gate.of(gate.replace(reduces, "1", "8500"), ReplaceOrder.class))
                .hasSize(1);
    }

    @Test
    void sells_that_together_do_more_than_close_the_position_do_not_stand_while_reducing() {
        Gate gate = Gate.margin("maxPositionPercent", "90");
        gate.hold("2", "10000");
        NewOrder one = gate.sell("1.5").limit("10100").passes();
        NewOrder two = gate.sell("1").limit("10200").passes();
        List<Sent> sent = gate.mark("8400");
        assertThat(Gate.of(sent, CancelOrder.class))
                .extracting(CancelOrder::orderId)
                .containsExactlyInAnyOrder(one.orderId(), two.orderId());
    }

    @Test
    void a_loss_counts_from_a_base_that_is_not_above_zero() {
        Gate gate = Gate.margin("maxDrawdownPercent", "100", "maxPositionPercent", "100");
        sellShort(gate, "2");
        gate.mark("1000");
        // 18,000 earned today; what is taken out moves the day's base to -2,000
        gate.command("a", AccountAction.WITHDRAW, "102000");
        assertThat(gate.book("a").watch().dayEquity()).hasToString("-2000");
        assertThat(Gate.events(gate.mark("8990"))).isEmpty();
        assertThat(Gate.events(gate.mark("10000.5"))).containsExactly(AccountEvent.HALTED);
    }

    @Test
    void without_money_a_loss_halts_and_a_limit_of_a_hundred_stands_for_none() {
        assertThat(Percent.isLost(
                        papertape.common.value.Money.ZERO,
                        papertape.common.value.Money.of("-0.01"),
                        new java.math.BigDecimal("5")))
                .isTrue();
        assertThat(Percent.isLost(
                        papertape.common.value.Money.ZERO,
                        papertape.common.value.Money.ZERO,
                        new java.math.BigDecimal("5")))
                .isFalse();
        assertThat(Percent.isLost(
                        papertape.common.value.Money.of("-1"),
                        papertape.common.value.Money.of("-2"),
                        new java.math.BigDecimal("100")))
                .isFalse();
    }

    @Test
    void a_trail_is_shorter_than_the_price() {
        Gate gate = Gate.margin();
        gate.sell("0.1").trail("10000").isDenied("check=order_terms limit=trailAmount below mark 10000 value=10000");
        gate.sell("0.1").trail("9999.99").passes();
        Execution none = Gate.of(gate.tester.send(gate.sell("0.1").trail("0").order()), Execution.class)
                .getFirst();
        assertThat(none.text()).isEqualTo("check=order_terms limit=trailing_stop value=trail not above 0");
    }
}
