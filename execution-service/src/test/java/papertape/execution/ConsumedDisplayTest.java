package papertape.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.execution.Venue.brief;
import static papertape.execution.Venue.levels;

import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.message.Execution;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** Rule 9: trades eat what they met before an order meets it, and what an order took does not come back by flickering. */
class ConsumedDisplayTest {
    private final Venue venue = new Venue();

    private void longOne() {
        venue.snapshot(0, levels("1@100", "1@99", "5@97"), levels("9@101"));
        venue.trade(1, Side.BUY, "0.5@101");
        venue.buy("entry", "1").at(2);
        venue.update(60, List.of(), levels("8@102"));
    }

    @Test
    void case31_a_stop_in_a_sweep_fills_at_its_own_price_or_worse() {
        longOne();
        venue.sell("stop", "1").stop("97").at(70);
        venue.update(130, List.of(), levels("7@102"));
        assertThat(venue.trade(200, Side.SELL, "1@100")).isEmpty();
        assertThat(venue.trade(200, Side.SELL, "1@99")).isEmpty();
        assertThat(brief(venue.trade(200, Side.SELL, "0.5@97"))).containsExactly("stop triggered", "stop trade 1@97");
        assertThat(venue.update(250, levels("0@100", "0@99", "4.5@97"), List.of()))
                .isEmpty();
    }

    @Test
    void case31_with_a_larger_order_only_what_the_prints_left_is_there() {
        longOne();
        venue.sell("stop", "9").stop("97").at(70);
        venue.update(130, List.of(), levels("7@102"));
        venue.trade(200, Side.SELL, "1@100");
        venue.trade(200, Side.SELL, "1@99");
        venue.tester.restart();
        assertThat(brief(venue.trade(200, Side.SELL, "0.5@97"))).containsExactly("stop triggered", "stop trade 4.5@97");
        assertThat(venue.update(250, levels("0@100", "0@99", "4.5@97"), List.of()))
                .as("what it took of the level stays taken")
                .isEmpty();
        assertThat(brief(venue.update(260, levels("5@97"), List.of()))).containsExactly("stop trade 0.5@97");
    }

    @Test
    void case33_a_stop_follows_trades_and_after_a_gap_fills_at_the_bid() {
        venue.snapshot(0, levels("9@99", "9@95"), levels("9@101"));
        venue.trade(1, Side.SELL, "1@99");
        venue.sell("stop", "1").stop("97").at(2);
        venue.update(60, levels("0@99"), List.of());
        assertThat(venue.update(70, levels("8@95"), List.of())).as("no trade").isEmpty();
        assertThat(venue.trade(80, Side.BUY, "1@97.1")).isEmpty();
        assertThat(brief(venue.trade(90, Side.BUY, "1@97"))).containsExactly("stop triggered", "stop trade 1@95");

        venue.sell("gap", "1").stop("96.5").at(100);
        venue.trade(110, Side.BUY, "1@98");
        venue.update(170, levels("0@95", "9@85"), List.of());
        assertThat(brief(venue.trade(180, Side.SELL, "1@85"))).containsExactly("gap triggered", "gap trade 1@85");
    }

    @Test
    void a_market_order_due_after_a_print_does_not_meet_what_the_print_took() {
        venue.snapshot(0, levels("5@99"), levels("2@101", "5@102", "9@103"));
        venue.buy("o", "4").at(0);
        assertThat(brief(venue.trade(60, Side.BUY, "3@102")))
                .as("101 is gone, 2 are left at 102")
                .containsExactly("o new", "o trade 2@102", "o trade 2@103");
        assertThat(venue.executions.getFirst().text()).as("5 % beyond 102").isEqualTo("rule=3 protection=107.1");
    }

    @Test
    void a_stop_set_off_by_a_print_beyond_the_whole_book_is_protected_from_the_prints_price_on() {
        venue.snapshot(0, levels("5@100", "5@99"), levels("9@101"));
        venue.trade(1, Side.BUY, "0.5@101");
        venue.sell("stop", "3").stop("95").at(2);
        venue.update(60, List.of(), levels("8@102"));
        assertThat(brief(venue.trade(100, Side.SELL, "20@95"))).containsExactly("stop triggered");
        venue.tester.restart();
        assertThat(brief(venue.update(150, levels("0@100", "0@99", "1@94", "1@90.3", "9@90.2"), List.of())))
                .as("5 % beyond 95, not beyond the 100 that the print went through")
                .containsExactly("stop trade 1@94", "stop trade 1@90.3");
    }

    @Test
    void a_market_order_that_enters_after_a_print_beyond_the_whole_book_is_protected_from_the_prints_price_on() {
        venue.snapshot(0, levels("9@99"), levels("5@100", "5@101"));
        venue.buy("o", "2").at(20);
        venue.trade(30, Side.BUY, "12@106");
        venue.clock(71);
        assertThat(venue.executions.getLast().text()).isEqualTo("rule=3 protection=111.3");
        assertThat(brief(venue.update(80, List.of(), levels("0@100", "0@101", "1@107", "9@112"))))
                .containsExactly("o trade 1@107");
    }

    @Test
    void only_an_update_newer_than_the_trade_shows_the_levels_again() {
        venue.snapshot(0, levels("5@99"), levels("2@101", "5@102"));
        venue.trade(100, Side.BUY, "2@101");
        venue.update(90, List.of(), levels("3@101"));
        venue.buy("o", "1").at(0);
        assertThat(brief(venue.trade(100, Side.SELL, "1@99"))).contains("o trade 1@101");

        Venue older = new Venue();
        older.snapshot(0, levels("5@99"), levels("2@101", "5@102"));
        older.trade(100, Side.BUY, "2@101");
        older.update(90, List.of(), levels("2@101"));
        older.buy("o", "1").at(0);
        assertThat(brief(older.trade(100, Side.SELL, "1@99"))).contains("o trade 1@102");

        Venue newer = new Venue();
        newer.snapshot(0, levels("5@99"), levels("2@101", "5@102"));
        newer.trade(100, Side.BUY, "2@101");
        newer.buy("o", "1").at(50);
        assertThat(brief(newer.update(101, levels("6@99"), List.of()))).contains("o trade 1@101");
    }

    @Test
    void an_update_of_the_same_moment_contains_the_trade_for_the_levels_it_names() {
        venue.snapshot(0, levels("5@99"), levels("2@101", "5@102"));
        venue.trade(100, Side.BUY, "2@101");
        venue.trade(100, Side.BUY, "1@102");
        venue.update(100, List.of(), levels("4@102"));
        venue.buy("o", "9").at(0);
        assertThat(brief(venue.update(100, levels("6@99"), List.of())))
                .as("1 trade at 102 is not subtracted twice; 101 is not named yet")
                .containsExactly("o new", "o trade 4@102");
    }

    @Test
    void a_trade_that_arrives_after_its_update_takes_nothing_a_second_time() {
        venue.snapshot(0, levels("5@99"), levels("5@101", "9@102"));
        venue.update(100, List.of(), levels("2@101"));
        venue.buy("o", "3").at(0);
        assertThat(brief(venue.trade(100, Side.BUY, "3@101")))
                .containsExactly("o new", "o trade 2@101", "o trade 1@102");
    }

    @Test
    void prints_of_two_aggressors_eat_both_sides_and_an_unknown_one_the_side_it_can_have_hit() {
        venue.snapshot(0, levels("5@99", "5@98"), levels("5@101", "5@102"));
        venue.trade(100, Side.BUY, "5@101");
        venue.trade(100, Side.SELL, "5@99");
        venue.buy("b", "1").at(0);
        venue.sell("s", "1").at(0);
        assertThat(brief(venue.trade(101, null, "2@102")))
                .containsExactly("b new", "b trade 1@102", "s new", "s trade 1@98");
    }

    @Test
    void a_trade_between_bid_and_ask_eats_nothing() {
        venue.snapshot(0, levels("5@99"), levels("5@101"));
        venue.buy("o", "6").at(0);
        assertThat(brief(venue.trade(100, null, "50@100"))).contains("o trade 5@101");
    }

    @Test
    void fok_counts_what_the_print_left() {
        venue.snapshot(0, levels("5@99"), levels("5@101"));
        venue.buy("short", "4").limit("101").tif(TimeInForce.FOK).at(0);
        venue.buy("enough", "3").limit("101").tif(TimeInForce.FOK).at(0);
        assertThat(brief(venue.trade(100, Side.BUY, "2@101")))
                .containsExactly("short new", "short canceled", "enough new", "enough trade 3@101");
    }

    @Test
    void a_resting_order_does_not_fill_from_a_level_that_prints_have_eaten() {
        venue.snapshot(0, levels("5@99"), levels("5@101"));
        venue.buy("o", "5").limit("100").at(0);
        venue.update(60, levels("6@99"), List.of());
        venue.update(70, List.of(), levels("5@100"));
        assertThat(venue.executions.getLast().text()).startsWith("rule=6a");

        Venue eaten = new Venue();
        eaten.snapshot(0, levels("5@99"), levels("5@101"));
        eaten.buy("o", "5").limit("100").at(0);
        eaten.update(60, levels("6@99"), List.of());
        eaten.trade(80, Side.BUY, "4@101");
        eaten.update(70, List.of(), levels("0@101", "5@100"));
        assertThat(brief(eaten.executions)).as("through 100").containsExactly("o new");
    }

    @Test
    void quotes_are_eaten_as_books_are() {
        venue.quote(0, "5@99", "5@101");
        venue.buy("o", "8").at(0);
        assertThat(brief(venue.trade(100, Side.BUY, "2@101")))
                .as("3 of 5 are left, then one tick more")
                .containsExactly("o new", "o trade 3@101", "o trade 5@101.1");

        Venue through = new Venue();
        through.quote(0, "5@99", "5@101");
        through.buy("o", "4").at(0);
        assertThat(brief(through.trade(100, Side.BUY, "2@101.2")))
                .containsExactly("o new", "o trade 3@101.2", "o trade 1@101.3");
        assertThat(through.quote(110, "5@99", "5@101.2")).isEmpty();
        through.buy("p", "5").at(60);
        assertThat(brief(through.quote(120, "5@99", "5@101.2"))).contains("p trade 5@101.2");
    }

    @Test
    void what_trades_consumed_is_bounded_and_survives_a_restart() {
        venue.snapshot(0, levels("5@99"), levels("5@101", "5@200"));
        for (int i = 0; i < 500; i++) {
            venue.trade(100 + i, Side.BUY, "0.001@" + (110 + i / 10) + "." + i % 10);
        }
        assertThat(venue.saved("eaten")).hasSize(Eaten.MOST_PRICES);
        for (int i = 0; i < 100; i++) {
            venue.trade(700 + i, Side.BUY, "0.001@200");
        }
        assertThat(venue.unreadable()).isEmpty();
        venue.tester.restart();
        venue.buy("o", "9").limit("200").at(600);
        assertThat(brief(venue.trade(900, Side.SELL, "1@99"))).containsExactly("o new", "o trade 4.9@200");
        venue.snapshot(901, levels("5@99"), levels("5@101"));
        assertThat(venue.saved("eaten")).isEmpty();
    }

    @Test
    void a_flickering_level_gives_no_more_than_it_ever_showed() {
        venue.snapshot(0, levels("9@99"), levels("1@101"));
        venue.buy("o", "10").limit("101").at(0);
        venue.update(60, levels("8@99"), List.of());
        for (String size : new String[] {"1.01", "1.02", "1.03", "1.04", "0.5", "1.04", "1", "1.03"}) {
            venue.update(70, List.of(), levels(size + "@101"));
            venue.tester.restart();
        }
        Execution last = venue.executions.getLast();
        assertThat(last.cumQty()).hasToString("1.04");
    }

    @Test
    void a_snapshot_with_the_same_level_renews_nothing_and_one_without_it_does() {
        venue.snapshot(0, levels("9@99"), levels("4@101"));
        venue.buy("o", "10").limit("101").at(0);
        venue.update(60, levels("8@99"), List.of());
        assertThat(venue.snapshot(70, levels("8@99"), levels("4@101"))).isEmpty();
        assertThat(brief(venue.snapshot(80, levels("8@99"), levels("5@101")))).containsExactly("o trade 1@101");
        venue.snapshot(90, levels("8@99"), levels("5@102"));
        assertThat(brief(venue.snapshot(100, levels("8@99"), levels("2@101")))).containsExactly("o trade 2@101");
    }

    @Test
    void what_was_taken_is_taken_for_all_orders_of_the_account_also_after_a_replace_and_not_for_others() {
        venue.snapshot(0, levels("9@99"), levels("4@101"));
        venue.buy("a", "4").limit("101").at(0);
        venue.update(60, levels("8@99"), List.of());
        venue.buy("b", "9").limit("101").at(60);
        venue.buy("c", "3").limit("101").account("bob").at(60);
        assertThat(brief(venue.update(120, List.of(), levels("4.5@101"))))
                .containsExactly("b new", "b trade 0.5@101", "c new", "c trade 3@101");
        venue.replace(120, "b", "20", "102", null);
        assertThat(brief(venue.update(200, levels("9@99"), List.of()))).containsExactly("b replaced");
    }

    @Test
    void what_the_market_trades_of_a_level_makes_room_for_what_is_added_to_it() {
        venue.snapshot(0, levels("9@99"), levels("8@101"));
        venue.buy("a", "5").limit("101").at(0);
        venue.update(60, levels("8@99"), List.of());
        venue.trade(100, Side.BUY, "5@101");
        venue.update(110, List.of(), levels("3@101"));
        venue.buy("b", "9").limit("101").at(60);
        assertThat(brief(venue.update(120, levels("7@99"), List.of())))
                .as("3 were left after our order, and then 5 were traded")
                .containsExactly("b new");
        assertThat(brief(venue.update(130, List.of(), levels("8@101"))))
                .as("5 were added, whatever was taken before")
                .containsExactly("b trade 5@101");
    }
}
