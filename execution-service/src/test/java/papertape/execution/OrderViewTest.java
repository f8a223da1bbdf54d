package papertape.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.execution.Venue.levels;

import org.junit.jupiter.api.Test;
import papertape.common.value.TimeInForce;

/** Until when an order lives is shown from its arrival on, over a replace and a restart. */
class OrderViewTest {
    private final Venue venue = new Venue();

    @Test
    void the_end_of_gtd_and_day_orders_is_shown_and_that_of_gtc_orders_is_not() {
        venue.snapshot(0, levels("5@99"), levels("5@101"));
        venue.buy("gtd", "1").limit("98").until(60_000).at(10);
        venue.buy("day", "1").limit("98").tif(TimeInForce.DAY).at(10);
        venue.buy("gtc", "1").limit("98").tif(TimeInForce.GTC).at(10);
        assertThat(venue.view("gtd").endTs()).as("before it has entered").isEqualTo(Venue.at(60_000));
        venue.snapshot(500, levels("5@99"), levels("5@101"));
        assertThat(venue.view("gtd").endTs()).isEqualTo(Venue.at(60_000));
        assertThat(venue.view("day").endTs()).isGreaterThan(Venue.at(500)).isLessThanOrEqualTo(Venue.at(86_400_000));
        assertThat(venue.view("gtc").endTs()).isNull();
        venue.tester.restart();
        assertThat(venue.view("gtd").endTs()).isEqualTo(Venue.at(60_000));
    }
}
