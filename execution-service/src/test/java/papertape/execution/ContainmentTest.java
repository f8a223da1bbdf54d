package papertape.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.execution.Venue.brief;
import static papertape.execution.Venue.levels;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import papertape.common.message.Account;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.message.NewOrder;
import papertape.common.message.Order;
import papertape.common.message.OrderTerms;
import papertape.common.message.Trade;
import papertape.common.testkit.StageTester;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.common.value.OrdStatus;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TradeId;

/** A failure while one order is handled ends that order and no other, and leaves nothing half done. */
class ContainmentTest {
    private static final AccountId MALLORY = AccountId.of("mallory");

    private final Venue venue = new Venue();

    @BeforeEach
    void a_market_with_orders_of_others() {
        venue.snapshot(0, levels("9@99"), levels("9@101"));
        venue.trade(1, Side.BUY, "1@101");
        venue.buy("before", "1").limit("100").at(10);
        venue.order("bad", Side.SELL, "5").trail("2").account("mallory").at(10);
        venue.sell("trailing", "1").trail("2").at(10);
        venue.buy("after", "1").limit("100").at(10);
        venue.update(100, levels("8@99"), List.of());
    }

    /** A trailing stop without a trail: computing its stop fails on every trade. */
    private void spoil(String orderId) {
        venue.spoil(
                new OrderKey(MALLORY, OrderId.of(orderId)),
                order -> spoiled(order, order.terms().qty(), null));
    }

    private static OrderEntry spoiled(OrderEntry order, @Nullable Qty qty, @Nullable Price stop) {
        Order before = order.terms().order();
        OrderTerms changed = before.terms().withQty(qty).withLimitPx(null).withStopPx(stop);
        Terms bad = new Terms(new Order(before.ref(), changed), null, null);
        OrderEntry.Place place = OrderEntry.Place.untriggered(stop, null);
        return new OrderEntry(bad, order.phase(), order.seq(), order.visibleAfter(), order.fills(), place);
    }

    private List<Sent> trade(long millis, String px) {
        return venue.tester.send(new Trade(
                venue.tester.header(Venue.at(millis)),
                Venue.BTC,
                Price.of(px),
                Qty.of("5"),
                Side.SELL,
                TradeId.of("x" + millis),
                0));
    }

    private static List<Execution> executions(List<Sent> sent) {
        return sent.stream()
                .map(Sent::message)
                .filter(Execution.class::isInstance)
                .map(Execution.class::cast)
                .toList();
    }

    @Test
    void the_faulty_order_is_canceled_and_all_others_trade_on_the_same_tick() {
        spoil("bad");
        List<Sent> sent = trade(110, "98");
        assertThat(brief(executions(sent)))
                .containsExactly("before trade 1@100", "after trade 1@100", "bad canceled", "trailing triggered");
        Execution end = executions(sent).get(2);
        assertThat(end.text()).startsWith("failed: java.lang.NullPointerException");
        assertThat(end.ordStatus()).isEqualTo(OrdStatus.CANCELED);
        assertThat(sent)
                .filteredOn(one -> one.channel() == Channel.ACCOUNTS)
                .singleElement()
                .satisfies(one -> {
                    Account halt = (Account) one.message();
                    assertThat(halt.account()).isEqualTo(MALLORY);
                    assertThat(halt.action()).isEqualTo(AccountAction.HALT);
                    assertThat(halt.text()).isEqualTo("execution: handling order bad of mallory failed; it was ended");
                });
        assertThat(venue.tester.containedFailures())
                .containsExactly("handling order bad of mallory failed; it was ended");
        assertThat(venue.counters()).containsEntry("failed_orders", 1L);
        assertThat(venue.tester.deadLetters()).isEmpty();
        assertThat(executions(trade(120, "98"))).as("it is over").isEmpty();
    }

    @Test
    void cancels_of_others_take_effect_and_the_state_is_as_if_the_faulty_order_had_been_canceled() {
        spoil("bad");
        venue.cancel(100, "after");
        assertThat(brief(executions(trade(200, "100.5")))).containsExactly("after canceled", "bad canceled");
        venue.tester.restart();
        assertThat(brief(executions(trade(210, "99.9")))).contains("before trade 1@100");
        assertThat(venue.explain("after")).isEqualTo("final: canceled");
        assertThat(venue.unreadable()).isEmpty();
    }

    @Test
    void an_order_that_fails_before_it_is_acknowledged_is_rejected() {
        venue.order("worse", Side.SELL, "5").trail("2").account("mallory").at(60);
        spoil("worse");
        List<Execution> sent = executions(trade(120, "100.5"));
        assertThat(brief(sent)).containsExactly("worse rejected");
        assertThat(sent.getFirst().text()).startsWith("failed: ");
    }

    @Test
    void an_order_that_fails_on_arrival_is_rejected_and_its_id_is_taken() {
        venue.instrument = Venue.BROKEN;
        Execution first = venue.buy("o", "1").limit("1").at(0).getFirst();
        assertThat(first.execType()).isEqualTo(ExecType.REJECTED);
        assertThat(first.text()).startsWith("failed: java.lang.ArithmeticException");
        assertThat(venue.buy("o", "1").limit("1").at(0).getFirst().text()).isEqualTo("duplicate order id");
        assertThat(venue.counters()).containsEntry("failed_orders", 1L);
    }

    /** The order is taken and acknowledged, then its handling fails: nothing of it is there, in tables, lists or messages. */
    @Test
    void what_was_done_for_an_order_before_it_failed_is_taken_back() {
        Tables[] tables = new Tables[1];
        Orders[] orders = new Orders[1];
        StageTester tester = new StageTester("execution", context -> {
            tables[0] = new Tables(context.state());
            orders[0] = new Orders(tables[0]);
            Reports reports = new Reports();
            Lifecycle life = new Lifecycle(orders[0], new Positions(tables[0]), reports);
            Containment guard = new Containment(tables[0], orders[0], life, reports, new Counts(orders[0].counters()));
            return (message, out) -> {
                NewOrder order = (NewOrder) message;
                boolean fails = order.orderId().value().startsWith("bad");
                LiveOrder.Pending pending = new LiveOrder.Pending(Terms.of(order, null, null), orders[0].nextSeq(), 1);
                reports.at(out, order.ts());
                RuntimeException failure = guard.attempt(() -> {
                    life.acknowledge(pending, "");
                    life.positions().add(pending.terms(), Qty.of("3"));
                    if (fails) {
                        life.cancel(pending, "");
                        throw new IllegalStateException("after all that");
                    }
                });
                assertThat(failure != null).isEqualTo(fails);
            };
        });
        assertThat(executions(tester.send(Ticket.order(tester, "good1")))).hasSize(1);
        assertThat(tester.send(Ticket.order(tester, "bad"))).isEmpty();
        List<Execution> next = executions(tester.send(Ticket.order(tester, "good2")));
        assertThat(next.getFirst().execId().value()).as("no id is left out").isEqualTo("execution.0-2");
        for (int i = 0; i < 2; i++) {
            OrderKey bad = new OrderKey(Venue.ALICE, OrderId.of("bad"));
            assertThat(orders[0].live(bad)).isNull();
            assertThat(orders[0].finished(bad)).isNull();
            assertThat(orders[0].live(new OrderKey(Venue.ALICE, OrderId.of("good1"))))
                    .isNotNull();
            assertThat(new Positions(tables[0]).reducible(Terms.of(Ticket.sellOrder(tester), null, null)))
                    .hasToString("6");
            tester.restart();
        }
    }
}
