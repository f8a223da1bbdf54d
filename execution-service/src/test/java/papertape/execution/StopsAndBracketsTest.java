package papertape.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.execution.Venue.brief;
import static papertape.execution.Venue.levels;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import papertape.common.message.Execution;
import papertape.common.value.ExecType;
import papertape.common.value.OrdType;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** Rules 10 and 12: stops, trailing stops, brackets. */
class StopsAndBracketsTest {
    private final Venue venue = new Venue();

    @BeforeEach
    void aBook() {
        venue.snapshot(0, levels("10@100", "20@99", "90@95"), levels("10@101", "20@102"));
        venue.trade(1, Side.BUY, "1@100.5");
    }

    private List<Execution> later(long millis) {
        return venue.update(millis, levels("7@50"), List.of());
    }

    @Test
    void rule10ABuyStopTriggersOnATradeAtItsPriceAndNotBelow() {
        venue.buy("o", "1").stop("101").at(10);
        assertThat(brief(later(100))).containsExactly("o new");
        assertThat(venue.trade(110, Side.BUY, "1@100.9")).isEmpty();
        assertThat(venue.explain("o")).isEqualTo("stop not reached: last trade 100.9 < stop 101");
        assertThat(brief(venue.trade(120, Side.BUY, "1@101"))).containsExactly("o triggered", "o trade 1@101");
        assertThat(venue.executions.getLast().text()).isEqualTo("rule=10 level=101 assumption=displayed-size-taken");
    }

    @Test
    void rule10ASellStopTriggersOnATradeAtOrBelow() {
        venue.sell("o", "1").stop("100").at(10);
        later(100);
        assertThat(venue.trade(110, Side.SELL, "1@100.1")).isEmpty();
        assertThat(brief(venue.trade(120, Side.SELL, "1@99"))).containsExactly("o triggered", "o trade 1@99");
    }

    @Test
    void rule10WhereThereAreOnlyQuotesABuyStopTriggersOnTheAsk() {
        Venue quotes = new Venue();
        quotes.quote(0, "5@100", "5@101");
        quotes.buy("o", "1").stop("102").at(0);
        quotes.quote(60, "6@100", "5@101.9");
        assertThat(brief(quotes.quote(70, "6@100", "5@102"))).containsExactly("o triggered", "o trade 1@102");
    }

    @Test
    void rule10WhereTradesAreKnownQuotesDoNotTrigger() {
        venue.buy("o", "1").stop("101.5").at(10);
        later(100);
        assertThat(venue.snapshot(110, levels("5@103"), levels("5@104"))).isEmpty();
    }

    @Test
    void rule10AStopThatIsAlreadyThroughAtEntryIsRejected() {
        venue.buy("at", "1").stop("100.5").at(10);
        venue.buy("above", "1").stop("100.6").at(10);
        venue.sell("at2", "1").stop("100.5").at(10);
        assertThat(brief(later(100))).containsExactly("at rejected", "above new", "at2 rejected");
    }

    @Test
    void rule10AStopLimitWorksAsALimitOnceTriggered() {
        venue.buy("o", "15").stop("101").limit("101").at(10);
        later(100);
        assertThat(brief(venue.trade(120, Side.BUY, "1@101"))).containsExactly("o triggered", "o trade 9@101");
        assertThat(venue.explain("o")).startsWith("resting at 101, queue ahead 0");
    }

    @Test
    void rule3ATriggeredStopKeepsToThePriceProtection() {
        venue.sell("o", "100").stop("97").at(10);
        later(100);
        venue.snapshot(110, levels("1@96", "1@91.2", "1@91.1"), levels("5@101"));
        assertThat(brief(venue.trade(120, Side.SELL, "1@97")))
                .containsExactly("o triggered", "o trade 1@96", "o trade 1@91.2");
    }

    @Test
    void rule12ATrailingStopFollowsTheBestPriceAndNeverBack() {
        venue.sell("o", "1").trail("2").at(10);
        later(100);
        assertThat(venue.executions.getLast().stopPx()).isEqualTo(Price.of("98.5"));
        venue.trade(110, Side.BUY, "1@104");
        venue.trade(120, Side.SELL, "1@102.1");
        assertThat(venue.explain("o")).isEqualTo("stop not reached: last trade 102.1 > stop 102, trailing from 104");
        assertThat(brief(venue.trade(130, Side.SELL, "1@102"))).containsExactly("o triggered", "o trade 1@100");
    }

    @Test
    void rule12ATrailingStopByPercentage() {
        venue.buy("o", "1").trailPercent("10").at(10);
        later(100);
        venue.trade(110, Side.SELL, "1@90");
        assertThat(venue.trade(120, Side.BUY, "1@98.9")).isEmpty();
        assertThat(brief(venue.trade(130, Side.BUY, "1@99"))).containsExactly("o triggered", "o trade 1@101");
    }

    @Test
    void rule_12_a_trailing_stop_is_on_the_tick_rounded_away_from_the_market() {
        venue.sell("sell", "1").trailPercent("0.333333333333333333").at(10);
        venue.buy("buy", "1").trailPercent("0.333333333333333333").at(10);
        venue.sell("exact", "1").trail("0.5").at(10);
        later(100);
        // 100.5 less and more a third of a per cent: 100.165 and 100.835; the tick is 0.1
        assertThat(venue.executions.stream().map(e -> e.orderId() + " " + e.stopPx()))
                .containsExactly("sell 100.1", "buy 100.9", "exact 100");
        assertThat(venue.trade(110, Side.SELL, "1@100.16")).isEmpty();
        assertThat(brief(venue.trade(120, Side.SELL, "1@100.1"))).startsWith("sell triggered");
    }

    private void bracket() {
        venue.buy("entry", "10").limit("101").at(10);
        venue.sell("profit", "10").limit("110").exitOf("entry").at(10);
        venue.sell("loss", "10").stop("99").exitOf("entry").at(10);
    }

    @Test
    void rule12ExitsAreHeldUntilTheEntryIsCompletelyFilled() {
        venue.snapshot(5, levels("10@100"), levels("9@101"));
        bracket();
        assertThat(brief(later(100))).containsExactly("entry new", "entry trade 9@101", "profit new", "loss new");
        assertThat(venue.explain("loss")).isEqualTo("held until its parent entry is completely filled");
        assertThat(brief(venue.trade(110, Side.SELL, "5@98")))
                .containsExactly("entry trade 1@101", "profit triggered", "loss triggered");
        assertThat(venue.explain("profit")).startsWith("its parent entry is filled: opens on the first market data");
    }

    @Test
    void rule12TheExitsSeeNothingOfTheDataThatFilledTheEntry() {
        bracket();
        assertThat(brief(later(100))).containsExactly("entry new", "entry trade 10@101", "profit new", "loss new");
        assertThat(later(101)).isEmpty();
        assertThat(venue.explain("profit")).startsWith("resting at 110");
    }

    @Test
    void rule12OneExitsFillCancelsTheOther() {
        bracket();
        later(100);
        later(110);
        assertThat(brief(venue.trade(120, Side.SELL, "5@99")))
                .containsExactly("loss triggered", "loss trade 10@99", "profit canceled");
    }

    @Test
    void rule12OneExitsPartialFillShrinksTheOther() {
        bracket();
        later(100);
        later(110);
        List<Execution> sent = venue.trade(120, Side.BUY, "4@111");
        assertThat(brief(sent)).containsExactly("profit trade 4@110", "loss replaced");
        assertThat(sent.getLast().qty()).isEqualTo(Qty.of("6"));
        assertThat(brief(venue.trade(130, Side.SELL, "5@99")))
                .containsExactly("loss triggered", "loss trade 6@99", "profit canceled");
    }

    @Test
    void rule12ACanceledEntryCancelsItsHeldExits() {
        venue.buy("entry", "10").limit("99").at(10);
        venue.sell("profit", "10").limit("110").exitOf("entry").at(10);
        later(100);
        venue.cancel(100, "entry");
        assertThat(brief(later(300))).containsExactly("entry canceled", "profit canceled");
    }

    @Test
    void rule12ARejectedOrExpiredEntryTakesItsExitsAlong() {
        venue.buy("bad", "10").limit("101").postOnly().at(10);
        venue.sell("exit", "10").limit("110").exitOf("bad").at(10);
        assertThat(brief(later(100))).containsExactly("bad rejected", "exit rejected");
        venue.buy("short", "10").limit("99").until(300).at(110);
        venue.sell("exit2", "10").limit("110").exitOf("short").at(110);
        later(200);
        assertThat(brief(later(300))).containsExactly("short expired", "exit2 canceled");
    }

    @Test
    void rule12AnExitWithoutAKnownEntryIsRejected() {
        venue.sell("exit", "10").limit("110").exitOf("nobody").at(10);
        assertThat(brief(later(100))).containsExactly("exit rejected");
    }

    @Test
    void rule12AStopLossThatThePriceRanPastWhileTheEntryFilledTriggersAtOnce() {
        bracket();
        later(100);
        assertThat(brief(venue.trade(110, Side.SELL, "1@98")))
                .containsExactly("loss triggered", "loss trade 10@95", "profit canceled");
        assertThat(venue.executions).noneMatch(e -> e.execType() == ExecType.REJECTED);
    }

    @Test
    void rule10AnImmediateStopEndsAtItsTrigger() {
        venue.buy("o", "15").stop("101").limit("101").tif(TimeInForce.IOC).at(10);
        later(100);
        assertThat(brief(venue.trade(120, Side.BUY, "1@101")))
                .containsExactly("o triggered", "o trade 9@101", "o canceled");
        assertThat(venue.executions.getLast().ordType()).isEqualTo(OrdType.STOP_LIMIT);
    }
}
