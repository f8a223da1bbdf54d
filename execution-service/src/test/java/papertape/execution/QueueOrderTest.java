package papertape.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.execution.Venue.brief;
import static papertape.execution.Venue.levels;

import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/** Rule 8: a trade and the update of the book that shows it come in either order, and shorten the queue once. */
class QueueOrderTest {
    private final Venue venue = new Venue();

    private void restBehindTen() {
        venue.snapshot(0, levels("10@100"), levels("5@101"));
        venue.buy("o", "5").limit("100").at(0);
        venue.update(60, List.of(), levels("6@101"));
        assertThat(venue.explain("o")).contains("queue ahead 10,");
    }

    @Test
    void trade_then_update() {
        restBehindTen();
        assertThat(venue.trade(100, Side.SELL, "4@100")).isEmpty();
        assertThat(venue.update(101, levels("6@100"), List.of())).isEmpty();
        assertThat(venue.explain("o")).contains("queue ahead 6,");
        assertThat(brief(venue.trade(110, Side.SELL, "7@100"))).containsExactly("o trade 1@100");
    }

    @Test
    void update_then_trade() {
        restBehindTen();
        venue.update(100, levels("6@100"), List.of());
        venue.tester.restart();
        assertThat(venue.trade(100, Side.SELL, "4@100")).isEmpty();
        assertThat(venue.explain("o")).contains("queue ahead 6,");
        assertThat(brief(venue.trade(110, Side.SELL, "7@100"))).containsExactly("o trade 1@100");
    }

    @Test
    void an_update_that_empties_the_level_ahead_of_its_trade_fills_only_what_exceeds_the_queue_there_was() {
        restBehindTen();
        venue.update(100, levels("0@100", "1@99"), List.of());
        assertThat(venue.trade(99, Side.SELL, "10@100")).isEmpty();
        assertThat(brief(venue.trade(100, Side.SELL, "2@100"))).containsExactly("o trade 2@100");
    }

    @Test
    void two_trades_after_two_updates_meet_the_queue_as_it_was_before_each() {
        restBehindTen();
        venue.update(100, levels("7@100"), List.of());
        venue.update(120, levels("2@100"), List.of());
        assertThat(venue.trade(100, Side.SELL, "3@100")).isEmpty();
        assertThat(venue.explain("o")).contains("queue ahead 2,");
        assertThat(venue.trade(120, Side.SELL, "5@100")).isEmpty();
        assertThat(venue.explain("o")).contains("queue ahead 2,");
        assertThat(brief(venue.trade(130, Side.SELL, "3@100"))).containsExactly("o trade 1@100");
    }

    @Test
    void an_order_that_joined_behind_a_newer_book_gets_nothing_of_an_older_trade() {
        venue.snapshot(0, levels("10@100"), levels("5@101"));
        venue.buy("o", "5").limit("100").at(0);
        venue.update(200, levels("1@100"), List.of());
        assertThat(venue.trade(199, Side.SELL, "9@100")).isEmpty();
        assertThat(venue.explain("o")).contains("queue ahead 1,");
        assertThat(brief(venue.trade(201, Side.SELL, "3@100"))).containsExactly("o trade 2@100");
    }

    @Test
    void of_many_caps_the_oldest_are_one_and_the_longest_queue_counts() {
        Queue queue = Queue.behind(Qty.of("100"), 0);
        for (int i = 1; i <= 30; i++) {
            queue = queue.shown(Qty.of(Integer.toString(100 - i)), i);
        }
        assertThat(queue.caps()).hasSize(Queue.MOST);
        assertThat(queue.aheadOf(5)).isNull();
        assertThat(queue.aheadOf(25)).hasToString("76");
        assertThat(queue.aheadOf(31)).hasToString("70");
    }
}
