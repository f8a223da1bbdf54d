package papertape.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.execution.Venue.brief;
import static papertape.execution.Venue.levels;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import papertape.common.message.Execution;
import papertape.common.value.ExecType;
import papertape.common.value.FeedState;
import papertape.common.value.Liquidity;
import papertape.common.value.OrdStatus;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** Rules 1 to 5, 11, 14 to 16: how orders enter, take and end. */
class EnteringTest {
    private final Venue venue = new Venue();

    @BeforeEach
    void aBook() {
        venue.snapshot(0, levels("10@100", "20@99"), levels("10@101", "20@102", "30@103"));
    }

    /** Another update that changes nothing: time goes on. */
    private List<Execution> later(long millis) {
        return venue.update(millis, levels("7@50"), List.of());
    }

    @Test
    void rule1AnOrderSeesNothingAtExactlyItsTimePlusTheLatency() {
        assertThat(venue.buy("o", "1").at(100)).isEmpty();
        assertThat(later(150)).isEmpty();
        assertThat(venue.explain("o"))
                .isEqualTo("waiting for latency: enters on the first market data later than " + Venue.at(150));
    }

    @Test
    void rule1AnOrderFillsOnTheFirstDataLaterThanItsTimePlusTheLatency() {
        venue.buy("o", "1").at(100);
        List<Execution> sent = later(151);
        assertThat(brief(sent)).containsExactly("o new", "o trade 1@101");
        assertThat(sent).allMatch(e -> e.ts() == Venue.at(151));
    }

    @Test
    void rule1ARestingOrderNeverFillsOnDataOlderThanItself() {
        venue.buy("o", "1").limit("100.5").at(100);
        later(200);
        assertThat(venue.trade(150, Side.SELL, "5@100")).isEmpty();
        assertThat(brief(venue.trade(201, Side.SELL, "5@100"))).containsExactly("o trade 1@100.5");
    }

    @Test
    void rule1AFillMayBeatACancel() {
        venue.buy("o", "1").limit("100.5").at(0);
        later(60);
        venue.cancel(100, "o");
        assertThat(brief(venue.trade(170, Side.SELL, "5@100"))).containsExactly("o trade 1@100.5");
        assertThat(brief(later(171))).containsExactly("o cancel_rejected");
        assertThat(venue.executions.getLast().text()).isEqualTo("too late: filled");
    }

    @Test
    void rule1ACancelBeatsAFillOnceItsLatencyIsOver() {
        venue.buy("o", "1").limit("100.5").at(0);
        later(60);
        venue.cancel(100, "o");
        assertThat(brief(venue.trade(171, Side.SELL, "5@100"))).containsExactly("o canceled");
    }

    @Test
    void rule1AReplaceHasItsOwnLatency() {
        venue.buy("o", "1").limit("100").at(0);
        later(60);
        venue.replace(100, "o", null, "99", null);
        assertThat(later(160)).isEmpty();
        assertThat(brief(later(161))).containsExactly("o replaced");
        assertThat(venue.executions.getLast().limitPx()).isEqualTo(Price.of("99"));
    }

    @Test
    void rule1ACancelNeverOvertakesItsOrder() {
        venue.buy("o", "1").limit("100").at(0);
        venue.cancel(0, "o");
        assertThat(brief(later(500))).containsExactly("o new", "o canceled");
    }

    @Test
    void rule2AMarketOrderWalksTheLevelsOneFillEach() {
        venue.buy("o", "25").at(0);
        List<Execution> sent = later(60);
        assertThat(brief(sent)).containsExactly("o new", "o trade 10@101", "o trade 15@102");
        assertThat(sent.getLast().ordStatus()).isEqualTo(OrdStatus.FILLED);
        assertThat(sent.getLast().liquidity()).isEqualTo(Liquidity.TAKER);
        assertThat(sent.getLast().text()).isEqualTo("rule=2 level=102 assumption=displayed-size-taken");
    }

    @Test
    void rule2WhatIsLeftOfAGtcMarketOrderIsLookedAtOnTheNextUpdate() {
        venue.buy("o", "65").at(0);
        later(60);
        assertThat(venue.executions.getLast().leavesQty()).isEqualTo(Qty.of("5"));
        assertThat(later(61)).isEmpty();
        assertThat(brief(venue.update(62, List.of(), levels("35@103")))).containsExactly("o trade 5@103");
    }

    @Test
    void rule2WhatIsLeftOfAnIocMarketOrderIsCanceled() {
        venue.buy("o", "65").tif(TimeInForce.IOC).at(0);
        assertThat(brief(later(60)))
                .containsExactly("o new", "o trade 10@101", "o trade 20@102", "o trade 30@103", "o canceled");
        assertThat(venue.executions.getLast().leavesQty()).isEqualTo(Qty.ZERO);
    }

    @Test
    void rule2AMarketOrderWithoutAnOppositeSideIsRejected() {
        venue.snapshot(10, levels("10@100"), List.of());
        venue.buy("o", "1").at(20);
        assertThat(brief(later(100))).containsExactly("o rejected");
    }

    @Test
    void rule3AMarketOrderTradesUpToFivePercentBeyondTheBestAndNotFurther() {
        venue.snapshot(10, List.of(), levels("1@100", "1@105", "1@105.1"));
        venue.buy("o", "3").at(20);
        assertThat(brief(later(100))).containsExactly("o new", "o trade 1@100", "o trade 1@105");
    }

    @Test
    void rule3TheProtectionStaysWhereItWasAtActivation() {
        venue.snapshot(10, List.of(), levels("1@100"));
        venue.buy("o", "2").at(20);
        later(100);
        assertThat(venue.snapshot(110, List.of(), levels("5@105.1"))).isEmpty();
        assertThat(venue.explain("o")).isEqualTo("not marketable: ask 105.1 > protection 105");
        assertThat(brief(venue.snapshot(120, List.of(), levels("5@105")))).containsExactly("o trade 1@105");
    }

    @Test
    void rule4AMarketableLimitTakesUpToItsLimitAndRestsTheRemainder() {
        venue.buy("o", "40").limit("102").at(0);
        assertThat(brief(later(60))).containsExactly("o new", "o trade 10@101", "o trade 20@102");
        assertThat(venue.explain("o"))
                .isEqualTo("resting at 102, queue ahead 0, marketable: ask 101, but what is "
                        + "displayed is taken already; waiting for an update");
    }

    @Test
    void rule5ARestingLimitFillsAtItsLimitAsMakerNeverBetter() {
        venue.buy("o", "4").limit("100.5").at(0);
        later(60);
        List<Execution> sent = venue.snapshot(70, levels("1@90"), levels("9@95"));
        assertThat(brief(sent)).containsExactly("o trade 4@100.5");
        assertThat(sent.getFirst().liquidity()).isEqualTo(Liquidity.MAKER);
    }

    @Test
    void rule11FokTakesAllWhenTheCrossableSizeIsExactlyTheOrder() {
        venue.buy("o", "30").limit("102").tif(TimeInForce.FOK).at(0);
        assertThat(brief(later(60))).containsExactly("o new", "o trade 10@101", "o trade 20@102");
    }

    @Test
    void rule11FokCancelsWholeWhenTheCrossableSizeIsOneLotShort() {
        venue.buy("o", "30.001").limit("102").tif(TimeInForce.FOK).at(0);
        assertThat(brief(later(60))).containsExactly("o new", "o canceled");
        assertThat(venue.executions.getLast().cumQty()).isEqualTo(Qty.ZERO);
    }

    @Test
    void rule11AnIocLimitNeverRests() {
        venue.buy("o", "12").limit("101").tif(TimeInForce.IOC).at(0);
        assertThat(brief(later(60))).containsExactly("o new", "o trade 10@101", "o canceled");
    }

    @Test
    void rule11GtdInThePastIsRejectedAndOneLaterIsNot() {
        assertThat(brief(venue.buy("past", "1").limit("99").until(10).at(10))).containsExactly("past rejected");
        assertThat(venue.buy("ok", "1").limit("99").until(500).at(10)).isEmpty();
        assertThat(brief(later(499))).containsExactly("ok new");
        assertThat(brief(later(500))).containsExactly("ok expired");
    }

    @Test
    void rule11DayEndsAtMidnightUtc() {
        long midnight = 10L * 3_600_000;
        venue.buy("o", "1").limit("99").tif(TimeInForce.DAY).at(0);
        later(60);
        assertThat(later(midnight - 1)).isEmpty();
        assertThat(brief(venue.trade(midnight, Side.SELL, "5@98"))).containsExactly("o expired");
    }

    @Test
    void rule11GtcOutlivesTheDay() {
        venue.buy("o", "1").limit("99").at(0);
        later(60);
        assertThat(later(30L * 3_600_000)).isEmpty();
    }

    @Test
    void rule11PostOnlyThatWouldCrossIsRejected() {
        venue.buy("cross", "1").limit("101").postOnly().at(0);
        venue.buy("rest", "1").limit("100.9").postOnly().at(0);
        assertThat(brief(later(60))).containsExactly("cross rejected", "rest new");
    }

    @Test
    void rule11ReduceOnlyIsCappedAtThePositionAndRejectedWhenItWouldOpen() {
        venue.sell("none", "1").reduceOnly().at(0);
        assertThat(brief(later(60))).containsExactly("none rejected");
        venue.buy("open", "3").at(100);
        later(200);
        venue.sell("less", "5").reduceOnly().at(300);
        List<Execution> sent = later(400);
        assertThat(brief(sent)).containsExactly("less new", "less trade 3@100");
        assertThat(sent.getFirst().qty()).isEqualTo(Qty.of("3"));
        assertThat(sent.getLast().ordStatus()).isEqualTo(OrdStatus.FILLED);
    }

    @Test
    void rule11ReduceOnlyRestingIsCanceledWhenThePositionIsGone() {
        venue.buy("open", "3").at(0);
        later(60);
        venue.sell("exit", "3").limit("105").reduceOnly().at(100);
        venue.sell("now", "3").at(100);
        later(200);
        assertThat(brief(venue.trade(300, Side.BUY, "9@106"))).containsExactly("exit canceled");
    }

    @Test
    void rule11ReduceOnlyOfAnotherAccountsPositionIsRejected() {
        venue.buy("open", "3").at(0);
        later(60);
        venue.sell("theirs", "3").account("bob").reduceOnly().at(100);
        assertThat(brief(later(200))).containsExactly("theirs rejected");
    }

    @Test
    void rule14MakerAndTakerFeesAreBasisPointsOfTheVenue() {
        venue.buy("taker", "1").at(0);
        later(60);
        assertThat(venue.executions.getLast().commission()).hasToString("0.808");
        venue.buy("maker", "1").limit("100.5").at(100);
        later(200);
        venue.trade(201, Side.SELL, "1@100");
        assertThat(venue.executions.getLast().commission()).hasToString("0.603");
    }

    @Test
    void rule15AStaleInstrumentFillsNothingAndTakesNoOrderButCancels() {
        venue.buy("o", "1").limit("100").at(0);
        venue.buy("p", "1").limit("100").at(0);
        later(60);
        for (FeedState state : List.of(FeedState.STALE, FeedState.GAP, FeedState.RESYNC, FeedState.HALTED)) {
            venue.feed(100, state);
            assertThat(venue.trade(110, Side.SELL, "99@90")).isEmpty();
            assertThat(brief(venue.buy("new-" + state, "1").at(120))).containsExactly("new-" + state + " rejected");
        }
        assertThat(venue.explain("p")).startsWith("instrument halted: nothing fills; resting at 100, queue ahead 10");
        assertThat(brief(venue.cancel(130, "o"))).containsExactly("o canceled");
        assertThat(brief(venue.replace(130, "p", "2", null, null))).containsExactly("p cancel_rejected");
    }

    @Test
    void rule15ALimitOnlyInstrumentTakesOrdersWithALimitAndFillsThem() {
        venue.buy("o", "1").limit("100").at(0);
        venue.buy("m", "1").at(10);
        venue.feed(20, FeedState.LIMIT_ONLY);
        assertThat(brief(later(61))).as("the market order is under way").contains("m rejected");
        assertThat(brief(venue.buy("n", "1").at(70))).containsExactly("n rejected");
        assertThat(brief(venue.buy("l", "1").limit("100").at(70))).isEmpty();
        assertThat(brief(venue.trade(110, Side.SELL, "99@90"))).contains("o trade 1@100");
    }

    @Test
    void rule15APostOnlyInstrumentTakesPostOnlyOrders() {
        venue.feed(20, FeedState.POST_ONLY);
        assertThat(brief(venue.buy("l", "1").limit("100").at(70))).containsExactly("l rejected");
        assertThat(brief(venue.buy("p", "1").limit("100").postOnly().at(70))).isEmpty();
        venue.feed(80, FeedState.LIVE);
        assertThat(brief(venue.buy("l2", "1").limit("100").at(90))).isEmpty();
    }

    @Test
    void rule_15_nothing_fills_and_only_post_only_orders_are_replaced_while_the_venue_takes_no_other() {
        venue.buy("o", "1").limit("100").at(0);
        venue.buy("p", "1").limit("99").postOnly().at(0);
        venue.sell("s", "1").stop("98").at(0);
        later(60);
        venue.feed(100, FeedState.POST_ONLY);
        assertThat(venue.trade(110, Side.SELL, "99@90")).isEmpty();
        assertThat(brief(venue.replace(120, "o", null, "101", null))).isEmpty();
        assertThat(brief(venue.replace(120, "p", null, "98", null))).isEmpty();
        assertThat(brief(later(400))).containsExactly("o cancel_rejected", "p replaced");
        venue.feed(410, FeedState.LIVE);
        assertThat(brief(venue.trade(420, Side.SELL, "99@90"))).contains("o trade 1@100", "s triggered");
    }

    @Test
    void rule_15_exits_of_a_bracket_wait_while_the_venue_takes_post_only_orders() {
        venue.buy("e", "2").limit("100").takeProfit("110").stopLoss("90").at(0);
        later(60);
        venue.trade(70, Side.SELL, "1@99");
        venue.feed(80, FeedState.POST_ONLY);
        venue.cancel(90, "e");
        later(400);
        assertThat(brief(venue.trade(410, Side.BUY, "99@120"))).isEmpty();
        venue.feed(420, FeedState.LIVE);
        later(430);
        assertThat(brief(venue.trade(440, Side.BUY, "99@120"))).contains("e-tp trade 1@110");
    }

    @Test
    void rule15RestingOrdersKeepTheirPlaceOverAHalt() {
        venue.buy("o", "1").limit("100").at(0);
        later(60);
        venue.feed(100, FeedState.STALE);
        venue.snapshot(110, levels("500@100"), levels("5@101"));
        venue.feed(120, FeedState.LIVE);
        assertThat(venue.trade(130, Side.SELL, "10@100")).isEmpty();
        assertThat(brief(venue.trade(140, Side.SELL, "1@100"))).containsExactly("o trade 1@100");
    }

    @Test
    void rule15AnOrderUnderWayWhenTheFeedGoesStaleIsRejectedAndACancelUnderWayTakesEffect() {
        venue.buy("old", "1").limit("100").at(0);
        later(60);
        venue.buy("late", "1").at(100);
        venue.cancel(100, "old");
        assertThat(brief(venue.feed(151, FeedState.STALE))).containsExactly("old canceled", "late rejected");
    }

    @Test
    void rule16OffTheTickOrOffTheLotIsRejected() {
        assertThat(brief(venue.buy("a", "1").limit("99.05").at(0))).containsExactly("a rejected");
        assertThat(brief(venue.buy("b", "1.0005").at(0))).containsExactly("b rejected");
        assertThat(brief(venue.buy("c", "1").stop("105.01").at(0))).containsExactly("c rejected");
        assertThat(venue.executions.getFirst().text()).isEqualTo("rule=16 price limit=tick 0.1 value=99.05");
        assertThat(venue.buy("d", "1.001").limit("99.1").at(0)).isEmpty();
    }

    @Test
    void anIdThatIsKnownIsRefusedAndTheFirstOrderIsAsItWas() {
        venue.buy("o", "1").limit("100").at(0);
        later(60);
        List<Execution> sent = venue.buy("o", "1").at(70);
        assertThat(brief(sent)).containsExactly("o rejected");
        assertThat(sent.getFirst().ordStatus()).isEqualTo(OrdStatus.NEW);
        assertThat(venue.explain("o")).startsWith("resting at 100");
        venue.cancel(80, "o");
        later(200);
        assertThat(venue.buy("o", "1").at(300).getFirst().ordStatus()).isEqualTo(OrdStatus.CANCELED);
    }

    @Test
    void aCancelOfAnUnknownOrFinalOrderIsRefusedWithTheReason() {
        List<Execution> unknown = venue.cancel(0, "nobody");
        assertThat(unknown.getFirst().execType()).isEqualTo(ExecType.CANCEL_REJECTED);
        assertThat(unknown.getFirst().text()).isEqualTo("unknown order");
        assertThat(unknown.getFirst().terms())
                .as("terms of an order that is not known")
                .isNull();
        assertThat(unknown.getFirst().orderId()).hasToString("nobody");
        venue.buy("o", "1").at(0);
        later(60);
        assertThat(venue.cancel(70, "o").getFirst().text()).isEqualTo("too late: filled");
        Execution late = venue.cancel(70, "o").getFirst();
        assertThat(late.ordStatus()).isEqualTo(OrdStatus.FILLED);
        assertThat(late.terms()).isNotNull();
        assertThat(late.qty()).hasToString("1");
    }

    @Test
    void aReplaceToNoMoreThanWhatIsFilledIsRefused() {
        venue.buy("o", "12").limit("101").at(0);
        later(60);
        venue.replace(100, "o", "10", null, null);
        assertThat(brief(later(200))).containsExactly("o cancel_rejected");
        venue.replace(300, "o", "11", null, null);
        assertThat(brief(later(400))).containsExactly("o replaced");
        assertThat(venue.executions.getLast().leavesQty()).isEqualTo(Qty.of("1"));
    }
}
