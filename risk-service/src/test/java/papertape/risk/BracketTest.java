package papertape.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.message.CancelOrder;
import papertape.common.message.Execution;
import papertape.common.message.NewOrder;
import papertape.common.message.ReplaceOrder;
import papertape.common.order.Bracket;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.ExecType;
import papertape.common.value.Money;
import papertape.common.value.OrderId;
import papertape.common.value.Qty;

/** A bracket is one request: approved whole or denied whole, and its exits have what its entry has filled. */
class BracketTest {
    private final Gate gate = Gate.cash();

    private NewOrder bracket(String qty) {
        return gate.buy(qty).limit("10000").takeProfit("10500").stopLoss("9500").passes();
    }

    private List<OpenOrder> exits(NewOrder entry) {
        return gate.book("a").holding(Settings.BTC).exitsOf(entry.orderId());
    }

    @Test
    void a_bracket_is_approved_as_one_message_and_its_exits_are_open_with_it() {
        NewOrder entry = bracket("1");
        assertThat(gate.book("a").open()).hasSize(3);
        assertThat(exits(entry))
                .extracting(OpenOrder::orderId)
                .containsExactly(Bracket.stopLossId(entry.orderId()), Bracket.takeProfitId(entry.orderId()));
        gate.sell("0.1").isDenied("check=long_position limit=0 value=0.1");
        gate.fill(entry, "1", "10000", "0", "1");
        gate.sell("0.1").isDenied("check=long_position limit=0 value=0.1");
        assertThat(gate.book("a").open()).hasSize(2);
    }

    @Test
    void a_bracket_whose_exit_is_wrong_is_denied_whole() {
        Gate.Order order = gate.buy("1").limit("10000");
        order.takeProfit("11000.01").isDenied("check=price_collar limit=10% of mark 10000 value=11000.01");
        gate.buy("1").limit("10000").takeProfit("10500.001").isDenied("check=price limit=tick 0.01 value=10500.001");
        gate.buy("1").limit("10000").stopLoss("0").isDenied("check=price limit=above 0 value=0");
        assertThat(gate.book("a").open()).isEmpty();
        gate.buy("1").limit("10000").takeProfit("11000").stopLoss("5000").passes();
    }

    @Test
    void the_prices_of_a_bracket_are_in_their_order() {
        gate.buy("1")
                .limit("10000")
                .takeProfit("10000")
                .isDenied("check=bracket limit=above limitPx 10000 value=takeProfitPx 10000");
        gate.buy("1")
                .limit("10000")
                .stopLoss("10000")
                .isDenied("check=bracket limit=above stopLossPx 10000 value=limitPx 10000");
        gate.buy("1")
                .limit("10000")
                .takeProfit("9000")
                .stopLoss("9500")
                .isDenied("check=bracket limit=above stopLossPx 9500 value=takeProfitPx 9000");
        gate.buy("1").takeProfit("10000").isDenied("check=bracket limit=above mark 10000 value=takeProfitPx 10000");
        gate.buy("1").stopLoss("10000").isDenied("check=bracket limit=above stopLossPx 10000 value=mark 10000");
        gate.buy("1")
                .stop("10100")
                .stopLoss("10100")
                .isDenied("check=bracket limit=above stopLossPx 10100 value=stopPx 10100");
        gate.buy("1")
                .trail("10")
                .stopLoss("9000")
                .isDenied("check=bracket limit=an entry that is no trailing stop value=trailing_stop");
        gate.buy("0.1").takeProfit("10000.01").stopLoss("9999.99").passes();
        gate.buy("0.1")
                .stop("10100")
                .takeProfit("10100.01")
                .stopLoss("10099.99")
                .passes();
    }

    @Test
    void a_bracket_that_sells_mirrors_one_that_buys() {
        Gate margin = Gate.margin();
        margin.sell("1")
                .limit("10000")
                .takeProfit("10001")
                .isDenied("check=bracket limit=below limitPx 10000 value=takeProfitPx 10001");
        margin.sell("1")
                .limit("10000")
                .stopLoss("9999")
                .isDenied("check=bracket limit=below stopLossPx 9999 value=limitPx 10000");
        NewOrder entry = margin.sell("1")
                .limit("10000")
                .takeProfit("9999")
                .stopLoss("10001")
                .passes();
        margin.fill(entry, "1", "10000", "0", "1");
        assertThat(margin.book("a").open()).hasSize(2);
    }

    @Test
    void an_exit_that_is_sent_on_its_own_is_refused_with_a_sentence() {
        NewOrder entry = gate.buy("1").limit("10000").passes();
        gate.sell("1")
                .limit("10500")
                .exitOf(entry)
                .isDenied(
                        "check=bracket limit=takeProfitPx and stopLossPx of the entry value=an exit of its own with parentId "
                                + entry.orderId());
    }

    @Test
    void the_ids_of_the_exits_are_used_once_too() {
        gate.buy("0.1").limit("10000").id("x-sl").passes();
        gate.buy("0.1")
                .limit("9990")
                .id("x")
                .stopLoss("9000")
                .isDenied("check=duplicate_order_id limit=unused value=x-sl");
        gate.buy("0.1").limit("9980").id("y").stopLoss("9000").passes();
        gate.buy("0.1").limit("9970").id("y-sl").isDenied("check=duplicate_order_id limit=unused value=y-sl");
        String longest = "z".repeat(Bracket.MAX_ENTRY_ID);
        gate.buy("0.1").limit("9960").id(longest).stopLoss("9000").passes();
        gate.buy("0.1")
                .limit("9950")
                .id(longest + "z")
                .stopLoss("9000")
                .isDenied("check=bracket limit=an orderId of at most 125 characters value=126");
    }

    @Test
    void a_bracket_counts_as_the_orders_it_comes_to() {
        Gate few = Gate.cash("maxOpenOrders", "2");
        few.buy("0.1")
                .limit("10000")
                .takeProfit("10500")
                .stopLoss("9500")
                .isDenied("check=open_orders limit=2 value=3");
        few.buy("0.1").limit("10000").stopLoss("9500").passes();
    }

    @Test
    void an_entry_that_ends_leaves_exits_for_what_it_has_filled() {
        NewOrder entry = bracket("1");
        gate.fill(entry, "0.4", "10000", "0", "0.4");
        gate.answer(entry, ExecType.CANCELED, "0.4");
        assertThat(exits(entry)).hasSize(2).allMatch(exit -> exit.terms().qty().equals(Qty.of("0.4")));
        gate.sell("0.1").isDenied("check=long_position limit=0 value=0.1");

        NewOrder other = gate.buy("1").limit("9000").takeProfit("10500").passes();
        gate.answer(other, ExecType.EXPIRED, "0");
        assertThat(exits(other)).isEmpty();
        assertThat(gate.book("a").reserved()).isEqualTo(Money.ZERO);
    }

    @Test
    void exits_follow_the_quantity_of_a_replaced_entry() {
        NewOrder entry = bracket("1");
        assertThat(gate.replace(entry, "0.3", null)).hasSize(1);
        NewOrder smaller = entry.withQty(Qty.of("0.3"));
        gate.answer(smaller, ExecType.REPLACED, "0");
        for (NewOrder exit : Bracket.exits(smaller)) {
            gate.answer(exit, ExecType.REPLACED, "0");
        }
        gate.fill(smaller, "0.3", "10000", "0", "0.3");
        assertThat(exits(entry)).hasSize(2).allMatch(exit -> exit.leaves().equals(Qty.of("0.3")));
        gate.sell("0.1").isDenied("check=long_position limit=0 value=0.1");
    }

    @Test
    void a_refused_replace_of_an_entry_leaves_its_exits_as_they_were() {
        NewOrder entry = bracket("1");
        gate.replace(entry, "0.3", null);
        gate.answer(entry, ExecType.CANCEL_REJECTED, "0");
        assertThat(exits(entry))
                .allMatch(exit -> exit.pending() == null && exit.leaves().equals(Qty.of("1")));
        gate.replace(entry, "1.5", null);
        // the entry had filled before its replace arrived
        gate.fill(entry, "1", "10000", "0", "1");
        assertThat(exits(entry))
                .allMatch(exit -> exit.pending() == null && exit.leaves().equals(Qty.of("1")));
    }

    @Test
    void a_replace_keeps_the_prices_in_their_order() {
        NewOrder entry = bracket("1");
        assertThat(Gate.text(gate.replace(entry, null, "10500")))
                .isEqualTo("check=bracket limit=above limitPx 10500 value=takeProfitPx 10500");
        NewOrder profit = Bracket.exits(entry).getFirst();
        assertThat(Gate.text(gate.replace(profit, null, "10000")))
                .isEqualTo("check=bracket limit=above limitPx 10000 value=takeProfitPx 10000");
        assertThat(Gate.text(gate.replace(profit, "2", null)))
                .isEqualTo("check=bracket limit=quantity 1, which follows its entry value=2");
        List<Sent> sent = gate.replace(profit, null, "10200");
        assertThat(Gate.of(sent, ReplaceOrder.class)).hasSize(1);
        // what is under way counts: 10,200 is the take-profit from now on
        assertThat(Gate.text(gate.replace(entry, null, "10200")))
                .isEqualTo("check=bracket limit=above limitPx 10200 value=takeProfitPx 10200");
        assertThat(Gate.text(gate.replace(entry, "2", null)))
                .isEqualTo("check=pending_replace limit=0 value=1 of exit " + profit.orderId());
    }

    @Test
    void once_the_entry_is_final_its_stop_may_follow_the_price() {
        NewOrder entry = bracket("1");
        gate.fill(entry, "1", "10000", "0", "1");
        NewOrder profit = Bracket.exits(entry).getFirst();
        assertThat(Gate.of(gate.replace(profit, null, "9900"), ReplaceOrder.class))
                .hasSize(1);
    }

    @Test
    void a_cash_account_that_sells_a_bracket_needs_what_its_exits_cost() {
        gate.hold("2", "10000");
        gate.sell("2").limit("10000").takeProfit("9000").stopLoss("11000");
        NewOrder entry = gate.sell("2").limit("10000").takeProfit("9500").passes();
        // 2 at 9,500 and the taker fee of 80 basis points
        assertThat(gate.book("a").reserved()).isEqualTo(Money.of("19152"));
        gate.answer(entry, ExecType.CANCELED, "0");
        assertThat(gate.book("a").reserved()).isEqualTo(Money.ZERO);
    }

    @Test
    void a_halt_cancels_the_entry_and_its_exits() {
        NewOrder entry = bracket("1");
        List<Sent> sent = gate.command("a", papertape.common.value.AccountAction.HALT, null);
        assertThat(Gate.of(sent, CancelOrder.class))
                .extracting(CancelOrder::orderId)
                .containsExactly(
                        entry.orderId(), Bracket.stopLossId(entry.orderId()), Bracket.takeProfitId(entry.orderId()));
    }

    @Test
    void a_restart_keeps_entry_and_exits_together() {
        NewOrder entry = bracket("1");
        gate.tester.restart();
        assertThat(Gate.text(gate.replace(entry, null, "10500"))).startsWith("check=bracket");
        gate.fill(entry, "1", "10000", "0", "1");
        assertThat(exits(entry))
                .extracting(OpenOrder::parentId)
                .containsOnly(OrderId.of(entry.orderId().value()));
        Execution denied = Gate.of(gate.tester.send(gate.sell("0.1").order()), Execution.class)
                .getFirst();
        assertThat(denied.text()).startsWith("check=long_position");
    }
}
