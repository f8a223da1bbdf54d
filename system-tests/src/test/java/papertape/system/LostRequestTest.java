package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.config.ConfigReader;
import papertape.common.message.Book;
import papertape.common.message.CancelOrder;
import papertape.common.message.Execution;
import papertape.common.message.FeedStatus;
import papertape.common.message.Mark;
import papertape.common.message.NewOrder;
import papertape.common.message.Order;
import papertape.common.message.OrderRef;
import papertape.common.message.OrderTerms;
import papertape.common.message.ReplaceOrder;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;
import papertape.risk.AccountView;

/** An approved request that cannot be read at the simulated venue holds no money back for ever. */
final class LostRequestTest {
    private static final Instrument BTC = Instrument.of("SIM:BTC-USD");
    private static final AccountId CASH = AccountId.of("cash");
    private static final UnaryOperator<String> BAD_QTY =
            text -> text.replaceAll("\"qty\":\"[^\"]*\"", "\"qty\":\"1e\"");

    @TempDir
    Path folder;

    private CoupledStages stages;
    private long now = 1_767_621_600_000_000L;

    @BeforeEach
    void start() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), """
                instruments:
                  - {name: "SIM:BTC-USD", tick: 0.1, lot: 0.001, minQty: 0.001, maxQty: 1000, base: BTC, quote: USD}
                strategies: []
                accounts: [{name: cash, type: cash, deposit: 100000}]
                limits: {maxPositionPercent: 90, maxNotional: 60000, maxRepeats: 1000}
                """);
        stages = new CoupledStages(ConfigReader.read(file, Map.of()));
        market();
        stages.deliverAll();
    }

    private void market() {
        now += 1_000_000;
        stages.send(new FeedStatus(stages.header(now), BTC, FeedState.LIVE, "test"));
        stages.send(new Book(stages.header(now), BTC, true, List.of(level("99")), List.of(level("101")), 0));
        stages.send(new Mark(stages.header(now), BTC, Price.of("100"), "mid", null, null));
    }

    private static Level level(String px) {
        return new Level(Price.of(px), Qty.of("100"));
    }

    private NewOrder bid(String id) {
        OrderTerms terms = new OrderTerms(Side.BUY, OrdType.LIMIT, TimeInForce.GTC, Qty.of("10"));
        return new NewOrder(
                stages.header(now),
                new Order(new OrderRef(OrderId.of(id), CASH, null, BTC), terms.withLimitPx(Price.of("98"))));
    }

    private AccountView account() {
        return stages.accounts().getFirst();
    }

    private Execution last() {
        return stages.executions().getLast();
    }

    private void lose(UnaryOperator<String> damage) {
        stages.deliverDamaged(damage);
        stages.deliverAll();
    }

    private void assertNothingIsHeld() {
        assertThat(account().openOrders()).isEmpty();
        assertThat(account().reserved()).hasToString("0");
        assertThat(account().available()).isEqualTo(account().cash());
        assertThat(stages.live()).isEmpty();
    }

    @Test
    void a_new_order_whose_text_tells_which_it_is_is_rejected_and_holds_nothing_back() {
        for (UnaryOperator<String> damage : List.of(
                BAD_QTY,
                text -> text.substring(0, text.indexOf("\"side\"")),
                text -> text.replace("\"type\":\"newOrder\"", "\"type\":\"newOrdes\""),
                text -> text.replace("\"side\":\"", "\"side\"::"),
                text -> "{" + text)) {
            OrderId id = OrderId.of("o-" + stages.executions().size());
            stages.send(bid(id.value()));
            assertThat(account().reserved()).hasToString("980.98");
            lose(damage);
            assertThat(last().orderId()).isEqualTo(id);
            assertThat(last().execType()).isEqualTo(ExecType.REJECTED);
            assertThat(last().text()).startsWith("request could not be read: ").doesNotContain("readable: ");
            assertNothingIsHeld();
        }
        assertThat(stages.executionCounts()).containsEntry("unreadable_requests", 0L);
    }

    @Test
    void a_bracket_ends_with_its_exits() {
        stages.send(bid("bracket").withExits(Price.of("110"), Price.of("90")));
        assertThat(account().openOrders()).hasSize(3);
        lose(BAD_QTY);
        assertNothingIsHeld();
    }

    @Test
    void a_replace_that_is_lost_leaves_the_order_and_its_reservation_as_they_were() {
        NewOrder order = bid("kept");
        stages.send(order);
        stages.deliverAll();
        market();
        stages.deliverAll();
        stages.send(replace(order, "20"));
        assertThat(account().reserved()).hasToString("1961.96");
        lose(BAD_QTY);
        assertThat(last().execType()).isEqualTo(ExecType.CANCEL_REJECTED);
        assertThat(account().reserved()).hasToString("980.98");
        assertThat(stages.live())
                .singleElement()
                .satisfies(live -> assertThat(live.qty()).hasToString("10"));
        stages.send(replace(order, "5"));
        stages.deliverAll();
        market();
        market();
        stages.deliverAll();
        assertThat(account().reserved())
                .as("the next replace is not refused as a second one")
                .hasToString("490.49");
    }

    private ReplaceOrder replace(NewOrder order, @Nullable String qty) {
        return new ReplaceOrder(
                stages.header(now), order.orderId(), CASH, BTC, qty == null ? null : Qty.of(qty), null, null);
    }

    @Test
    void a_text_that_tells_no_order_is_counted_and_a_cancel_frees_what_is_held_back() {
        for (UnaryOperator<String> damage : List.<UnaryOperator<String>>of(
                text -> "not JSON",
                text -> text.substring(0, text.indexOf("\"orderId\":\"") + 13),
                text -> text.replace("\"account\":\"cash\"", "\"account\":\"cash\",\"account\":\"other\""),
                text -> text.replace("\"orderId\":\"", "\"orderId\":\"\\u0000"))) {
            OrderId id = OrderId.of("lost-" + stages.executions().size());
            stages.send(bid(id.value()));
            lose(damage);
            assertThat(account().openOrders())
                    .as("nobody knows which order it was")
                    .containsExactly(id);
            stages.send(new CancelOrder(stages.header(now), id, CASH, BTC));
            stages.deliverAll();
            assertThat(last().text()).isEqualTo("unknown order");
            assertNothingIsHeld();
            stages.restart();
        }
        assertThat(stages.executionCounts()).containsEntry("unreadable_requests", 4L);
    }

    @Test
    void a_cancel_that_is_lost_leaves_the_order_and_the_next_one_ends_it() {
        NewOrder order = bid("kept");
        stages.send(order);
        stages.deliverAll();
        market();
        stages.deliverAll();
        stages.send(new CancelOrder(stages.header(now), order.orderId(), CASH, BTC));
        lose(text -> text.replace("\"ts\":", "\"ts\":\"x\","));
        assertThat(last().execType()).isEqualTo(ExecType.CANCEL_REJECTED);
        assertThat(account().openOrders()).containsExactly(order.orderId());
        assertThat(account().reserved().value()).isEqualByComparingTo(new BigDecimal("980.98"));
        stages.send(new CancelOrder(stages.header(now), order.orderId(), CASH, BTC));
        stages.deliverAll();
        market();
        stages.deliverAll();
        assertNothingIsHeld();
    }
}
