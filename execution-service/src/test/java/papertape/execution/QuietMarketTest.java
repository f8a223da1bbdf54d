package papertape.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.execution.Venue.brief;
import static papertape.execution.Venue.levels;

import org.junit.jupiter.api.Test;
import papertape.common.message.Clock;
import papertape.common.value.FeedState;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** Rule 1: time goes on without a tick, so that orders enter, end and are canceled in a quiet market. */
class QuietMarketTest {
    private final Venue venue = new Venue();

    private void book() {
        venue.snapshot(0, levels("1@100"), levels("1@101", "5@102"));
    }

    @Test
    void anOrderEntersWhenItsLatencyIsOverAndMeetsTheBookAsItStands() {
        book();
        venue.buy("o", "2").at(10);

        assertThat(venue.clock(60)).as("at its latency, not after it").isEmpty();
        assertThat(brief(venue.clock(61))).containsExactly("o new", "o trade 1@101", "o trade 1@102");
        assertThat(venue.executions.getLast().ts()).isEqualTo(Venue.at(61));
    }

    @Test
    void aCancelTakesEffectAfterItsLatency() {
        book();
        venue.buy("o", "1").limit("99").at(10);
        venue.clock(100);
        venue.cancel(200, "o");

        assertThat(venue.clock(260)).isEmpty();
        assertThat(brief(venue.clock(510))).containsExactly("o canceled");
    }

    @Test
    void aReplaceTakesEffectAndMeetsTheMarket() {
        book();
        venue.buy("o", "1").limit("99").at(10);
        venue.clock(100);
        venue.replace(200, "o", null, "101", null);

        assertThat(brief(venue.clock(280))).containsExactly("o replaced", "o trade 1@101");
    }

    @Test
    void gtdAndDayEndWithoutATick() {
        book();
        venue.buy("gtd", "1").limit("99").until(1_000).at(10);
        venue.buy("day", "1").limit("99").tif(TimeInForce.DAY).at(10);
        venue.clock(100);

        assertThat(venue.clock(999)).isEmpty();
        assertThat(brief(venue.clock(1_000))).containsExactly("gtd expired");
        venue.tester.restart();
        assertThat(brief(venue.clock(36_000_000))).as("at 00:00 UTC").containsExactly("day expired");
    }

    @Test
    void anInstrumentInAGapTakesNoOrderByTheClockEither() {
        book();
        venue.buy("o", "1").at(10);
        venue.feed(20, FeedState.GAP);

        assertThat(brief(venue.clock(100))).containsExactly("o rejected");
    }

    @Test
    void whereOnlyTradesAreKnownAnImmediateOrderWaitsForThePrintAndACancelDoesNot() {
        venue.trade(0, Side.SELL, "10@100");
        venue.buy("ioc", "0.5").tif(TimeInForce.IOC).at(10);
        venue.buy("gone", "0.5").tif(TimeInForce.IOC).at(10);
        assertThat(venue.clock(100)).isEmpty();
        venue.cancel(150, "gone");
        assertThat(brief(venue.clock(300))).containsExactly("gone canceled");
        assertThat(brief(venue.trade(400, Side.SELL, "10@100"))).first().isEqualTo("ioc new");
    }

    @Test
    void theClockGoesOnToTheAccountsAndAnotherVenuesClockMovesNothing() {
        book();
        venue.buy("o", "1").at(10);

        assertThat(venue.tester.send(new Clock(venue.tester.header(Venue.at(500)), "BINANCE", Venue.at(400))))
                .singleElement()
                .satisfies(sent -> {
                    Clock clock = (Clock) sent.message();
                    assertThat(clock.ts()).isEqualTo(Venue.at(500));
                    assertThat(clock.confirmed()).isEqualTo(Venue.at(400));
                });
        assertThat(brief(venue.clock(500))).containsExactly("o new", "o trade 1@101");
    }

    @Test
    void theSameClockTwiceChangesNothing() {
        book();
        venue.buy("o", "1").at(10);
        venue.clock(100);

        assertThat(venue.clock(100)).isEmpty();
    }
}
