package papertape.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.execution.Venue.brief;
import static papertape.execution.Venue.levels;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import papertape.common.message.Execution;
import papertape.common.value.Side;

/** Rules 6 to 9: resting orders, the queue, displayed liquidity. */
class RestingTest {
    private final Venue venue = new Venue();

    @BeforeEach
    void aBook() {
        venue.snapshot(0, levels("50@100", "20@99"), levels("10@101", "20@102"));
    }

    private void later(long millis) {
        venue.update(millis, levels("7@50"), List.of());
    }

    private void resting(String id, Side side, String qty, String limit) {
        venue.order(id, side, qty).limit(limit).at(0);
        later(60);
    }

    @Test
    void rule6aARestingBuyFillsWhatIsDisplayedOnceTheAskIsAtIt() {
        resting("o", Side.BUY, "9", "100.5");
        assertThat(venue.update(70, List.of(), levels("4@100.6"))).isEmpty();
        List<Execution> sent = venue.update(80, List.of(), levels("4@100.5"));
        assertThat(brief(sent)).containsExactly("o trade 4@100.5");
        assertThat(sent.getFirst().text()).isEqualTo("rule=6a opposite=100.5 assumption=displayed-size-at-own-limit");
    }

    @Test
    void rule6aMirrorsForSells() {
        resting("o", Side.SELL, "9", "100.5");
        assertThat(brief(venue.update(80, levels("4@100.5"), List.of()))).containsExactly("o trade 4@100.5");
    }

    @Test
    void rule6bATradeStrictlyThroughClearsTheQueueAndFillsUpToItsSize() {
        resting("o", Side.BUY, "9", "100");
        List<Execution> sent = venue.trade(70, Side.SELL, "4@99.9");
        assertThat(brief(sent)).containsExactly("o trade 4@100");
        assertThat(sent.getFirst().text()).isEqualTo("rule=6b trade-through price=99.9 assumption=queue-ahead-cleared");
        assertThat(venue.explain("o")).contains("queue ahead 0");
    }

    @Test
    void rule6cATradeAtTheLimitFillsOnlyBehindTheQueue() {
        resting("o", Side.SELL, "9", "101");
        assertThat(venue.trade(70, Side.BUY, "10@101")).isEmpty();
        assertThat(brief(venue.trade(80, Side.BUY, "2@101"))).containsExactly("o trade 2@101");
    }

    @Test
    void rule6TheStricterModeFillsOnTradesThroughOnly() {
        Venue strict = new Venue("trade_through");
        strict.snapshot(0, levels("1@100"), levels("10@101"));
        strict.buy("o", "9").limit("100").at(0);
        strict.update(60, levels("1@50"), List.of());
        assertThat(strict.trade(70, Side.SELL, "50@100")).isEmpty();
        assertThat(strict.update(80, List.of(), levels("9@99"))).isEmpty();
        assertThat(brief(strict.trade(90, Side.SELL, "5@99.9"))).containsExactly("o trade 5@100");
    }

    @Test
    void rule7OnlyTheOppositeAggressorOrAnUnknownOneFills() {
        resting("o", Side.BUY, "9", "100.5");
        assertThat(venue.trade(70, Side.BUY, "4@100")).isEmpty();
        assertThat(brief(venue.trade(80, null, "4@100"))).containsExactly("o trade 4@100.5");
        assertThat(brief(venue.trade(90, Side.SELL, "4@100"))).containsExactly("o trade 4@100.5");
    }

    @Test
    void rule8TheQueueAheadIsWhatIsDisplayedAtAcceptance() {
        resting("o", Side.BUY, "100", "100");
        assertThat(venue.explain("o")).isEqualTo("resting at 100, queue ahead 50, not marketable: ask 101 > limit 100");
        assertThat(venue.trade(70, Side.SELL, "46.8@100")).isEmpty();
        assertThat(venue.explain("o")).contains("queue ahead 3.2");
    }

    @Test
    void rule8AShrinkingLevelCapsTheQueueAndGrowthDoesNotLengthenIt() {
        resting("o", Side.BUY, "5", "100");
        venue.update(70, levels("20@100"), List.of());
        assertThat(venue.explain("o")).contains("queue ahead 20");
        venue.update(80, levels("90@100"), List.of());
        assertThat(venue.explain("o")).contains("queue ahead 20");
        venue.update(90, levels("0@100"), List.of());
        assertThat(venue.explain("o")).contains("queue ahead 0");
    }

    @Test
    void rule8BelowTheLastLevelShownTheQueueIsNotKnownAndATradeAtThePriceFillsNothing() {
        resting("o", Side.BUY, "5", "40");
        assertThat(venue.explain("o")).contains("queue ahead not known");
        assertThat(venue.trade(70, Side.SELL, "500@40")).isEmpty();
        venue.update(80, levels("3@40"), List.of());
        assertThat(venue.explain("o")).contains("queue ahead 3");
    }

    @Test
    void rule8AReplaceOfThePriceGoesToTheBack() {
        resting("o", Side.BUY, "5", "100");
        venue.trade(70, Side.SELL, "40@100");
        venue.replace(80, "o", null, "99", null);
        later(200);
        assertThat(venue.explain("o")).contains("resting at 99, queue ahead 20");
    }

    @Test
    void rule8AnIncreaseOfQuantityGoesToTheBackAndADecreaseKeepsThePlace() {
        resting("o", Side.BUY, "5", "100");
        venue.trade(70, Side.SELL, "40@100");
        venue.replace(80, "o", "4", null, null);
        later(200);
        assertThat(venue.explain("o")).contains("queue ahead 10");
        venue.replace(300, "o", "5", null, null);
        later(400);
        assertThat(venue.explain("o")).contains("queue ahead 50");
    }

    @Test
    void rule8AReplacedOrderDoesNotFillAtItsOldPriceOnTheDataThatReplacesIt() {
        resting("o", Side.BUY, "5", "100");
        venue.replace(80, "o", null, "95", null);
        assertThat(brief(venue.trade(200, Side.SELL, "9@99"))).containsExactly("o replaced");
    }

    @Test
    void rule8AReplaceThatCrossesTakes() {
        resting("o", Side.BUY, "15", "100");
        venue.replace(80, "o", null, "101", null);
        later(200);
        assertThat(brief(venue.executions)).containsExactly("o new", "o replaced", "o trade 10@101");
    }

    @Test
    void rule8TheSecondOrderOfAnAccountStandsBehindTheFirst() {
        resting("a", Side.BUY, "20", "100");
        resting("b", Side.BUY, "20", "100");
        assertThat(brief(venue.trade(70, Side.SELL, "80@100"))).containsExactly("a trade 20@100", "b trade 10@100");
    }

    @Test
    void rule9TwoOrdersOfOneAccountCannotTakeTheSameDisplayedQuantity() {
        venue.buy("a", "6").limit("101").at(0);
        venue.buy("b", "6").limit("101").at(0);
        later(60);
        assertThat(brief(venue.executions)).containsExactly("a new", "a trade 6@101", "b new", "b trade 4@101");
    }

    @Test
    void rule9AnotherAccountMeetsTheFullDisplay() {
        venue.buy("a", "6").limit("101").at(0);
        venue.buy("b", "6").limit("101").account("bob").at(0);
        later(60);
        assertThat(brief(venue.executions)).containsExactly("a new", "a trade 6@101", "b new", "b trade 6@101");
    }

    @Test
    void rule9WhatWasTakenStaysTakenWhateverSizeTheLevelShowsUntilItIsGone() {
        venue.buy("a", "15").limit("101").at(0);
        later(60);
        assertThat(venue.update(70, List.of(), levels("10@101"))).isEmpty();
        assertThat(venue.update(80, List.of(), levels("2@101"))).isEmpty();
        assertThat(brief(venue.update(90, List.of(), levels("11@101")))).containsExactly("a trade 1@101");
        assertThat(venue.update(100, List.of(), levels("0@101"))).isEmpty();
        assertThat(brief(venue.update(110, List.of(), levels("2@101")))).containsExactly("a trade 2@101");
    }

    @Test
    void rule9OneTradeDoesNotFillTwoOrdersOfOneAccountTwice() {
        resting("a", Side.BUY, "6", "100.2");
        resting("b", Side.BUY, "6", "100.1");
        assertThat(brief(venue.trade(70, Side.SELL, "8@100"))).containsExactly("a trade 6@100.2", "b trade 2@100.1");
    }
}
