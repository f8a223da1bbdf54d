package papertape.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is known of orders that are over, and of times that bound them. */
class RememberedTest {
    private static final long HOUR = 3_600_000_000L;

    @Test
    void rule18AFinalAndAnUnknownOrderSaySo() {
        Venue venue = new Venue();
        venue.trade(0, null, "1@100");
        venue.buy("o", "1").limit("90").at(0);
        venue.cancel(0, "o");
        venue.trade(500, null, "1@100");
        assertThat(venue.explain("o")).isEqualTo("final: canceled");
        assertThat(venue.explain("p")).isEqualTo("unknown order");
    }

    @Test
    void theLatestTenThousandFinalOrdersAreRememberedAndNoMore() {
        Venue venue = new Venue();
        for (int i = 0; i < Orders.REMEMBERED; i++) {
            venue.buy("o" + i, "1").limit("0.01").at(0);
        }
        assertThat(venue.cancel(0, "o0").getFirst().text()).isEqualTo("too late: rejected");
        venue.buy("one-more", "1").limit("0.01").at(0);
        assertThat(venue.cancel(0, "o0").getFirst().text()).isEqualTo("unknown order");
        assertThat(venue.cancel(0, "o1").getFirst().text()).isEqualTo("too late: rejected");
        venue.tester.restart();
        venue.buy("two-more", "1").limit("0.01").at(0);
        assertThat(venue.cancel(0, "o1").getFirst().text()).isEqualTo("unknown order");
        assertThat(venue.cancel(0, "o2").getFirst().text()).isEqualTo("too late: rejected");
    }

    @Test
    void aSessionEndsAtItsTimeOfDayAndAnOrderOfThatMomentBelongsToTheNext() {
        Session session = Session.endingAt("21:00");
        assertThat(session.endAfter(20 * HOUR)).isEqualTo(21 * HOUR);
        assertThat(session.endAfter(21 * HOUR - 1)).isEqualTo(21 * HOUR);
        assertThat(session.endAfter(21 * HOUR)).isEqualTo(45 * HOUR);
    }

    @Test
    void aCancelOfAnOrderWhoseInstrumentWasNeverHeardOfTakesEffectAtOnce() {
        Venue venue = new Venue();
        venue.buy("o", "1").at(0);
        assertThat(Venue.brief(venue.cancel(1, "o"))).containsExactly("o canceled");
    }
}
