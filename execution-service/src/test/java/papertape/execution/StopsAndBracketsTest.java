package papertape.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.execution.Venue.brief;
import static papertape.execution.Venue.levels;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import papertape.common.message.Execution;
import papertape.common.value.ExecType;
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
        venue.buy("entry", "10").limit("101").takeProfit("110").stopLoss("99").at(10);
    }

    @Test
    void rule_12_exits_are_held_until_their_entry_is_final() {
        venue.snapshot(5, levels("10@100"), levels("9@101"));
        bracket();
        assertThat(brief(later(100))).containsExactly("entry new", "entry-tp new", "entry-sl new", "entry trade 9@101");
        assertThat(venue.explain("entry-sl")).isEqualTo("held until its parent entry is final");
        assertThat(brief(venue.trade(110, Side.SELL, "5@98")))
                .containsExactly("entry trade 1@101", "entry-tp triggered", "entry-sl triggered");
        assertThat(venue.explain("entry-tp")).startsWith("its parent entry is final: opens on the first market data");
    }

    @Test
    void rule12TheExitsSeeNothingOfTheDataThatFilledTheEntry() {
        bracket();
        assertThat(brief(later(100)))
                .containsExactly(
                        "entry new",
                        "entry-tp new",
                        "entry-sl new",
                        "entry trade 10@101",
                        "entry-tp triggered",
                        "entry-sl triggered");
        assertThat(later(101)).isEmpty();
        assertThat(venue.explain("entry-tp")).startsWith("resting at 110");
    }

    @Test
    void rule12OneExitsFillCancelsTheOther() {
        bracket();
        later(100);
        later(110);
        assertThat(brief(venue.trade(120, Side.SELL, "5@99")))
                .containsExactly("entry-sl triggered", "entry-sl trade 10@99", "entry-tp canceled");
    }

    @Test
    void rule12OneExitsPartialFillShrinksTheOther() {
        bracket();
        later(100);
        later(110);
        List<Execution> sent = venue.trade(120, Side.BUY, "4@111");
        assertThat(brief(sent)).containsExactly("entry-tp trade 4@110", "entry-sl replaced");
        assertThat(sent.getLast().qty()).isEqualTo(Qty.of("6"));
        assertThat(brief(venue.trade(130, Side.SELL, "5@99")))
                .containsExactly("entry-sl triggered", "entry-sl trade 6@99", "entry-tp canceled");
    }

    @Test
    void rule_12_an_entry_that_ends_without_a_fill_takes_its_exits_along() {
        venue.buy("entry", "10").limit("99").takeProfit("110").at(10);
        later(100);
        venue.cancel(100, "entry");
        assertThat(brief(later(300))).containsExactly("entry canceled", "entry-tp canceled");
        venue.buy("bad", "10").limit("101").postOnly().stopLoss("90").at(310);
        assertThat(brief(later(400))).containsExactly("bad rejected", "bad-sl canceled");
        venue.buy("short", "10").limit("99").until(600).takeProfit("110").at(410);
        later(500);
        assertThat(brief(later(600))).containsExactly("short expired", "short-tp canceled");
    }

    @Test
    void rule_12_an_entry_that_ends_partly_filled_is_protected_for_what_it_has_filled() {
        venue.snapshot(5, levels("10@98"), levels("4@101"));
        bracket();
        later(100);
        venue.cancel(110, "entry");
        List<Execution> sent = later(200);
        assertThat(brief(sent)).containsExactly("entry canceled", "entry-tp triggered", "entry-sl triggered");
        assertThat(sent.getLast().qty()).isEqualTo(Qty.of("4"));
        later(210);
        assertThat(brief(venue.trade(220, Side.SELL, "1@98.9")))
                .containsExactly("entry-sl triggered", "entry-sl trade 4@98", "entry-tp canceled");
    }

    @Test
    void rule_12_an_immediate_market_entry_that_takes_only_part_is_protected() {
        venue.snapshot(5, levels("10@100"), levels("4@101"));
        venue.buy("entry", "10")
                .tif(TimeInForce.IOC)
                .takeProfit("110")
                .stopLoss("99")
                .at(10);
        List<Execution> sent = later(100);
        assertThat(brief(sent))
                .containsExactly(
                        "entry new",
                        "entry-tp new",
                        "entry-sl new",
                        "entry trade 4@101",
                        "entry canceled",
                        "entry-tp triggered",
                        "entry-sl triggered");
        assertThat(sent.getLast().qty()).isEqualTo(Qty.of("4"));
    }

    @Test
    void rule_12_exits_follow_a_replace_of_their_entrys_quantity() {
        venue.snapshot(5, levels("10@98"), levels("10@101"));
        venue.buy("entry", "10").limit("99").takeProfit("110").stopLoss("95").at(10);
        later(100);
        venue.replace(110, "entry", "3", null, null);
        List<Execution> sent = later(300);
        assertThat(brief(sent)).containsExactly("entry replaced", "entry-tp replaced", "entry-sl replaced");
        assertThat(sent.getLast().qty()).isEqualTo(Qty.of("3"));
        venue.replace(310, "entry", "8", null, null);
        assertThat(later(500).getLast().qty()).isEqualTo(Qty.of("8"));
        venue.trade(510, Side.SELL, "20@98.9");
        assertThat(venue.executions.getLast().qty()).isEqualTo(Qty.of("8"));
        later(520);
        venue.trade(530, Side.BUY, "20@111");
        assertThat(brief(venue.executions)).contains("entry-tp trade 8@110", "entry-sl canceled");
    }

    @Test
    void rule_12_a_replace_keeps_the_brackets_prices_in_their_order() {
        venue.snapshot(5, levels("10@98"), levels("10@101"));
        venue.buy("entry", "10").limit("97").takeProfit("110").stopLoss("95").at(10);
        later(100);
        venue.replace(110, "entry", null, "95", null);
        List<Execution> sent = later(300);
        assertThat(brief(sent)).containsExactly("entry cancel_rejected");
        assertThat(sent.getFirst().text()).isEqualTo("rule=12 bracket limit=above stopLossPx 95 value=limitPx 95");
        venue.replace(310, "entry-sl", null, null, "97");
        venue.replace(310, "entry-tp", null, "97", null);
        venue.replace(310, "entry-tp", "11", null, null);
        assertThat(brief(later(500)))
                .containsExactly("entry-sl cancel_rejected", "entry-tp cancel_rejected", "entry-tp cancel_rejected");
        venue.replace(510, "entry-sl", null, null, "96");
        assertThat(brief(later(700))).containsExactly("entry-sl replaced");
        venue.replace(710, "entry", null, "96", null);
        assertThat(brief(later(900))).containsExactly("entry cancel_rejected");
        venue.replace(910, "entry", null, "96.1", null);
        assertThat(brief(later(1100))).containsExactly("entry replaced");
    }

    @Test
    void rule_12_a_bracket_is_whole_or_refused() {
        venue.buy("order", "10").limit("101").takeProfit("101").at(10);
        venue.buy("tick", "10").limit("101").takeProfit("110.05").stopLoss("99").at(10);
        venue.sell("mirror", "10")
                .limit("100")
                .takeProfit("101")
                .stopLoss("102")
                .at(10);
        venue.buy("trail", "10").trail("2").stopLoss("90").at(10);
        assertThat(brief(venue.executions.subList(venue.executions.size() - 4, venue.executions.size())))
                .containsExactly("order rejected", "tick rejected", "mirror rejected", "trail rejected");
        venue.sell("lone", "10").limit("110").exitOf("entry").at(10);
        assertThat(venue.executions.getLast().text())
                .isEqualTo(
                        "rule=12 bracket limit=takeProfitPx and stopLossPx of the entry value=an exit of its own with"
                                + " parentId entry");
        assertThat(later(100)).isEmpty();
    }

    @Test
    void rule_12_exits_can_be_canceled_before_their_entry_arrives() {
        bracket();
        venue.cancel(11, "entry-tp");
        assertThat(brief(later(200)))
                .contains("entry-tp canceled", "entry-sl triggered")
                .doesNotContain("entry-tp new");
        assertThat(brief(venue.executions)).doesNotContain("entry-tp triggered");
    }

    @Test
    void rule12AStopLossThatThePriceRanPastWhileTheEntryFilledTriggersAtOnce() {
        bracket();
        later(100);
        assertThat(brief(venue.trade(110, Side.SELL, "1@98")))
                .containsExactly("entry-sl triggered", "entry-sl trade 10@95", "entry-tp canceled");
        assertThat(venue.executions).noneMatch(e -> e.execType() == ExecType.REJECTED);
    }

    @Test
    void rule_11_an_immediate_order_does_not_wait_for_a_trigger() {
        venue.buy("o", "15").stop("101").limit("101").tif(TimeInForce.IOC).at(10);
        assertThat(brief(venue.executions)).last().isEqualTo("o rejected");
    }

    @Test
    void rule_12_a_trailing_stop_has_no_start_price() {
        venue.sell("o", "15").stop("99").trail("2").at(10);
        assertThat(venue.executions.getLast().text()).isEqualTo("rule=11 terms limit=trailing_stop value=stopPx");
    }
}
