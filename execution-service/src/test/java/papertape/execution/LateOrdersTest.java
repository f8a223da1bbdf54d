package papertape.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.execution.Venue.brief;
import static papertape.execution.Venue.levels;

import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.message.Execution;
import papertape.common.value.Side;

/** Orders that reach execution after the market of their time has gone by. */
class LateOrdersTest {
    private final Venue venue = new Venue();

    private void market(long millis) {
        venue.update(millis, levels("5@99"), levels("5@101"));
    }

    @Test
    void an_order_in_time_is_not_late_and_one_whose_market_has_gone_by_says_by_how_much() {
        market(50);
        venue.buy("in-time", "1").at(0);
        assertThat(venue.counters()).containsEntry("late_orders", 0L).containsEntry("late_by_us_max", 0L);
        market(53);
        venue.buy("late", "1").at(0);
        market(60);
        List<Execution> all = venue.executions;
        assertThat(brief(all)).contains("in-time trade 1@101", "late trade 1@101");
        assertThat(all).allSatisfy(e -> {
            boolean isLate = e.orderId().value().equals("late");
            assertThat(e.text().endsWith(" late=3000us")).as(e.text()).isEqualTo(isLate);
        });
        assertThat(venue.counters()).containsEntry("late_orders", 1L).containsEntry("late_by_us_max", 3_000L);
    }

    @Test
    void time_that_went_on_without_data_makes_no_order_late() {
        market(1_000);
        venue.clock(1_500);
        venue.buy("behind-the-clock", "1").at(1_100);
        assertThat(venue.counters()).containsEntry("late_orders", 0L);
        assertThat(brief(venue.clock(1_750))).contains("behind-the-clock trade 1@101");
        venue.buy("behind-data", "1").at(800);
        assertThat(venue.counters()).containsEntry("late_orders", 1L).containsEntry("late_by_us_max", 150_000L);
    }

    @Test
    void late_cancels_and_replaces_count_and_say_so() {
        market(0);
        venue.buy("o", "1").limit("98").at(0);
        market(200);
        venue.replace(100, "o", "2", null, null);
        venue.cancel(120, "o");
        List<Execution> sent = venue.update(300, levels("6@99"), List.of());
        assertThat(sent).extracting(Execution::text).anyMatch(text -> text.endsWith(" late=40000us"));
        assertThat(sent.getLast().text()).isEqualTo("rule=1 canceled by request late=10000us");
        assertThat(venue.counters()).containsEntry("late_orders", 2L).containsEntry("late_by_us_max", 40_000L);
    }

    @Test
    void the_count_outlives_a_restart_and_data_of_another_instrument_makes_no_order_late() {
        market(500);
        venue.instrument = Venue.STOCK;
        venue.buy("other", "1").at(0);
        assertThat(venue.counters()).containsEntry("late_orders", 0L);
        venue.instrument = Venue.BTC;
        venue.tester.restart();
        venue.buy("late", "1").at(0);
        venue.tester.restart();
        assertThat(venue.counters()).containsEntry("late_orders", 1L).containsEntry("late_by_us_max", 450_000L);
    }

    @Test
    void a_late_trade_sets_nothing_back_and_a_recording_of_another_day_does() {
        market(500);
        venue.trade(200, Side.BUY, "1@101");
        venue.buy("late", "1").at(0);
        assertThat(venue.counters()).containsEntry("late_by_us_max", 450_000L);
        venue.trade(-86_400_000, Side.BUY, "1@101");
        venue.buy("in-time", "1").at(-86_400_000);
        assertThat(venue.counters()).containsEntry("late_orders", 1L);
    }
}
