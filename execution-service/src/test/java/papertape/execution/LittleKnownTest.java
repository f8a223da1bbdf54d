package papertape.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.execution.Venue.brief;

import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.message.Execution;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** Rule 13: where only quotes, trades or bars are known. */
class LittleKnownTest {
    private final Venue venue = new Venue();

    @Test
    void rule13QuotesFillTheDisplayedSizeAndOneTickMoreForEachFurtherMultiple() {
        venue.quote(0, "5@100", "10@101");
        venue.buy("o", "25").at(0);
        List<Execution> sent = venue.quote(60, "6@100", "10@101");
        assertThat(brief(sent)).containsExactly("o new", "o trade 10@101", "o trade 10@101.1", "o trade 5@101.2");
        assertThat(sent.get(2).text())
                .isEqualTo("rule=2 rule=13 level=101 assumption=one-tick-per-multiple-of-displayed-size");
    }

    @Test
    void rule13TheNextOrderOfTheAccountGoesOnWhereTheLastOneStopped() {
        venue.quote(0, "5@100", "10@101");
        venue.buy("a", "13").at(0);
        venue.buy("b", "8").at(0);
        assertThat(brief(venue.quote(60, "6@100", "10@101")))
                .containsExactly(
                        "a new", "a trade 10@101", "a trade 3@101.1", "b new", "b trade 7@101.1", "b trade 1@101.2");
    }

    @Test
    void rule13ALimitGoesNoFurtherThanItsPrice() {
        venue.quote(0, "5@100", "10@101");
        venue.buy("o", "25").limit("101.1").at(0);
        assertThat(brief(venue.quote(60, "6@100", "10@101")))
                .containsExactly("o new", "o trade 10@101", "o trade 10@101.1");
    }

    @Test
    void rule13ARestingOrderTakesDisplayedSizeOnlyAndKnowsItsQueueOnceTheBidIsThere() {
        venue.quote(0, "5@100", "10@101");
        venue.buy("o", "9").limit("99").at(0);
        venue.quote(60, "6@100", "10@101");
        assertThat(venue.explain("o")).contains("queue ahead not known");
        venue.quote(70, "4@99", "10@101");
        assertThat(venue.explain("o")).contains("queue ahead 4");
        assertThat(brief(venue.quote(80, "1@98", "3@98.5"))).containsExactly("o trade 3@99");
        assertThat(venue.explain("o")).contains("queue ahead 0");
    }

    @Test
    void rule13OnceABookIsKnownQuotesAreNotLookedAt() {
        venue.quote(0, "5@100", "10@101");
        venue.snapshot(10, Venue.levels("5@100"), Venue.levels("2@104"));
        venue.buy("o", "3").at(10);
        assertThat(venue.quote(70, "5@100", "9@101")).isEmpty();
        assertThat(brief(venue.update(80, Venue.levels("5@99"), List.of()))).containsExactly("o new", "o trade 2@104");
    }

    @Test
    void rule13TradesFillATenthOfTheirVolumeFiveBasisPointsWorseOnTheTick() {
        venue.trade(0, null, "1@1000");
        venue.buy("o", "5").at(0);
        List<Execution> sent = venue.trade(60, null, "20@1000");
        assertThat(brief(sent)).containsExactly("o new", "o trade 2@1000.5");
        assertThat(brief(venue.trade(70, null, "100@1001"))).containsExactly("o trade 3@1001.6");
        assertThat(sent.getLast().text())
                .isEqualTo("rule=2 rule=13 source=trade volume=20 assumption=slippage-and-share-of-volume");
    }

    @Test
    void rule13TwoOrdersOfOneAccountShareTheTenthOfATrade() {
        venue.trade(0, null, "1@1000");
        venue.sell("a", "1.5").at(0);
        venue.sell("b", "1.5").tif(TimeInForce.IOC).at(0);
        assertThat(brief(venue.trade(60, null, "20@1000")))
                .containsExactly("a new", "a trade 1.5@999.5", "b new", "b trade 0.5@999.5", "b canceled");
    }

    @Test
    void rule13WithTradesOnlyALimitFillsOnTradesThroughIt() {
        venue.trade(0, null, "1@1000");
        venue.buy("o", "5").limit("990").at(0);
        venue.trade(60, null, "1@1000");
        assertThat(venue.trade(70, Side.SELL, "500@990")).isEmpty();
        assertThat(brief(venue.trade(80, Side.SELL, "30@989.9"))).containsExactly("o trade 3@990");
    }

    @Test
    void rule13BarsFillAtTheCloseAndOnlyBarsThatBeganAfterTheOrder() {
        venue.bar(0, "100", "100", "100", "100", "50");
        venue.buy("o", "3").at(500);
        assertThat(venue.bar(550, "100", "100", "100", "100", "50")).isEmpty();
        List<Execution> sent = venue.bar(1000, "100", "102", "99", "101", "20");
        assertThat(brief(sent)).containsExactly("o new", "o trade 2@101.1");
        assertThat(sent.getFirst().ts()).isEqualTo(Venue.at(2000) - 1);
    }

    @Test
    void rule13AStopInABarFillsNoBetterThanAtItsStop() {
        venue.bar(0, "100", "100", "100", "100", "50");
        venue.buy("o", "1").stop("105").at(0);
        venue.bar(1000, "100", "104.9", "100", "100", "50");
        assertThat(brief(venue.bar(2000, "100", "105", "100", "101", "50")))
                .containsExactly("o triggered", "o trade 1@105.1");
    }
}
