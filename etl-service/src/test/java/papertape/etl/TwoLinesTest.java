package papertape.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.etl.Feeding.BINANCE;
import static papertape.etl.Feeding.COINBASE;
import static papertape.etl.Feeding.level;

import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.value.FeedLine;

/** Arbitration between the two lines of a redundant feed, case by case. */
class TwoLinesTest {
    private final Feeding feed = Feeding.overTwoLines();

    private Feeding a(double at) {
        return feed.over(FeedLine.A).at(at);
    }

    private Feeding b(double at) {
        return feed.over(FeedLine.B).at(at);
    }

    /** Both lines have a book of one bid and one ask, and stand at second 1. */
    private void begin() {
        for (FeedLine line : FeedLine.values()) {
            feed.over(line).at(0).snapshot(level("99", "1"), level("101", "1"));
            feed.over(line).at(1).update("buy", "90", "1");
        }
        feed.over(FeedLine.A).at(1).update("buy", "89", "1");
        feed.over(FeedLine.B).at(1).update("buy", "89", "1");
    }

    @Test
    void aTradePassesOnceWhicheverLineIsFirst() {
        assertThat(a(1).match(1, "100", "1")).contains("trade 1 BUY 1@100");
        assertThat(b(1).match(1, "100", "1")).isEmpty();
        assertThat(b(2).match(2, "100", "1")).containsExactly("trade 2 BUY 1@100");
        feed.restart();
        assertThat(a(2).match(2, "100", "1")).isEmpty();
    }

    @Test
    void aTradeThatOneLineLostIsNoGapWhileTheOtherMayBringIt() {
        a(1).match(1, "100", "1");
        b(1).match(1, "100", "1");
        assertThat(a(3).match(3, "100", "1")).containsExactly("trade 3 BUY 1@100");
        assertThat(b(2).match(2, "100", "1")).containsExactly("trade 2 BUY 1@100");
        assertThat(b(3).match(3, "100", "1")).isEmpty();
    }

    @Test
    void aTradeThatBothLinesLostIsReportedWhenBothHaveGonePastIt() {
        a(1).match(1, "100", "1");
        b(1).match(1, "100", "1");
        assertThat(a(3).match(3, "100", "1")).containsExactly("trade 3 BUY 1@100");
        assertThat(b(3).match(3, "100", "1")).containsExactly("LIVE: trades 2..2 missing");
        assertThat(b(4).match(4, "100", "1")).containsExactly("trade 4 BUY 1@100");
    }

    @Test
    void aLineThatIsAloneReportsAHoleAtOnce() {
        a(1).match(1, "100", "1");
        b(1).match(1, "100", "1");
        a(7).match(2, "100", "1");
        assertThat(a(8).match(4, "100", "1")).containsExactly("LIVE: trades 3..3 missing", "trade 4 BUY 1@100");
    }

    @Test
    void anOldUpdateOfTheSlowerLineFillsWhatTheOtherLostAndOverwritesNothingNewer() {
        begin();
        a(3).update("buy", "99", "3");
        assertThat(b(2).update("buy", "99", "2")).as("A is past it").isEmpty();
        feed.restart();
        assertThat(b(2.5).update("buy", "98", "5")).as("A has lost it").containsExactly("book 5@98 / ");
        assertThat(b(3).update("buy", "99", "3")).isEmpty();
        assertThat(a(4).update("buy", "98", "6")).containsExactly("book 6@98 / ");
    }

    @Test
    void updatesOfOneTimeAreOrderedByTheLines() {
        begin();
        a(2).update("buy", "99", "5");
        a(2).update("buy", "99", "2");
        assertThat(b(2).update("buy", "99", "5")).isEmpty();
        assertThat(b(2).update("buy", "99", "3")).as("between the two").isEmpty();
        assertThat(b(2).update("buy", "99", "2")).isEmpty();
        assertThat(b(2).update("buy", "99", "7")).as("behind the last").contains("book 7@99 / ");
        assertThat(a(2).update("buy", "99", "7")).isEmpty();
    }

    @Test
    void aSnapshotOfTheOtherLineDoesNotDisturbALiveBook() {
        begin();
        a(5).update("buy", "99", "5");
        assertThat(timed(b(4), level("99", "1"), level("101", "1")))
                .as("older than the book: ours, whole")
                .containsExactly("snapshot 5@99 1@90 1@89 / 1@101");
        String bids = level("99", "5") + "," + level("90", "1") + "," + level("89", "1");
        assertThat(timed(b(5), bids, level("101", "1")))
                .as("the same")
                .containsExactly("snapshot 5@99 1@90 1@89 / 1@101");
        assertThat(timed(b(6), bids, level("101", "2") + "," + level("102", "1")))
                .as("newer: what differs")
                .containsExactly("book  / 2@101 1@102", "snapshot 5@99 1@90 1@89 / 2@101 1@102", "quote 5@99 2@101");
        assertThat(a(5.5).update("sell", "101", "9")).as("part of the snapshot").isEmpty();
        assertThat(timed(b(7), level("99", "5"), level("101", "2")))
                .as("levels that are gone")
                .containsExactly("book 0@90 0@89 / 0@102", "snapshot 5@99 / 2@101");
    }

    private static List<String> timed(Feeding at, String bids, String asks) {
        return at.timedSnapshot(bids, asks);
    }

    @Test
    void aSnapshotWithoutATimeIsIgnoredWhileTheOtherLineGoesOn() {
        begin();
        assertThat(b(2).snapshot(level("50", "1"), level("150", "1")))
                .containsExactly("snapshot 1@99 1@90 1@89 / 1@101");
        assertThat(b(3).update("buy", "98", "3")).as("held").isEmpty();
        assertThat(a(2.9).update("buy", "97", "2")).containsExactly("book 2@97 / ");
        feed.restart();
        assertThat(a(3).update("buy", "98", "3")).containsExactly("book 3@98 / ");
        assertThat(b(3.1).update("buy", "98", "4")).containsExactly("book 4@98 / ");
    }

    @Test
    void aSnapshotThatWasIgnoredForALineThatHasDiedIsAskedForAgain() {
        begin();
        b(2).snapshot(level("50", "1"), level("150", "1"));
        b(3).update("buy", "98", "3");
        assertThat(b(4).update("buy", "98", "4"))
                .containsExactly(
                        "GAP: the line that the book came from does not go on",
                        "control RESYNC: the line that the book came from does not go on");
        assertThat(b(5).snapshot(level("99", "7"), level("101", "1")))
                .containsExactly("snapshot 7@99 / 1@101", "LIVE", "quote 7@99 1@101");
        assertThat(b(6).update("buy", "99", "8")).contains("book 8@99 / ");
    }

    @Test
    void aBrokenBookIsHealedByASnapshotOfEitherLine() {
        begin();
        assertThat(a(2).notice(COINBASE, "stale", "closed")).as("B is there").isEmpty();
        assertThat(b(3).update("buy", "99", "3")).contains("book 3@99 / ");
        assertThat(b(4).notice(COINBASE, "stale", "closed")).containsExactly("STALE: closed");
        assertThat(timed(a(5), level("99", "4"), level("101", "1")))
                .containsExactly("snapshot 4@99 / 1@101", "LIVE", "quote 4@99 1@101");
        assertThat(timed(b(6), level("99", "4"), level("101", "1"))).containsExactly("snapshot 4@99 / 1@101");
        assertThat(b(7).update("buy", "99", "5")).contains("book 5@99 / ");
    }

    @Test
    void aLineThatHasNotBeenHeardForLongDoesNotCoverTheOther() {
        begin();
        a(7).update("buy", "99", "2");
        assertThat(a(8).notice(COINBASE, "gap", "dropped")).containsExactly("GAP: dropped");
    }

    @Test
    void aHoleInTheNumbersWaitsForTheOtherLine() {
        beginNumbered();
        assertThat(a(2).depth(13, 13, level("98", "3"), "")).isEmpty();
        feed.restart();
        assertThat(a(2.1).depth(14, 14, level("98", "4"), "")).isEmpty();
        assertThat(b(2.2).depth(12, 12, level("97", "2"), ""))
                .containsExactly("book 2@97 / ", "book 3@98 / ", "book 4@98 / ");
        assertThat(b(2.3).depth(13, 13, level("98", "3"), "")).isEmpty();
    }

    @Test
    void aHoleThatBothLinesHaveBreaksTheBook() {
        beginNumbered();
        a(2).depth(13, 13, level("98", "3"), "");
        assertThat(b(2.1).depth(13, 13, level("98", "3"), ""))
                .containsExactly("GAP: book changes 12..12 missing", "control RESYNC: book changes 12..12 missing");
        assertThat(b(2.2).depthSnapshot(12, level("98", "9"), ""))
                .containsExactly("snapshot 9@98 / ", "book 3@98 / ", "LIVE");
    }

    @Test
    void aHoleIsNotWaitedForLongerThanThePatience() {
        beginNumbered();
        a(2).depth(13, 13, level("98", "3"), "");
        assertThat(a(3).depth(14, 14, level("98", "3"), "")).contains("GAP: book changes 12..12 missing");
    }

    private void beginNumbered() {
        for (FeedLine line : FeedLine.values()) {
            feed.over(line).at(0).depthSnapshot(10, level("98", "1"), level("102", "1"));
            feed.over(line).at(1).depth(11, 11, level("98", "2"), "");
        }
    }

    @Test
    void onlyTheNewestTopOfBookPasses() {
        a(1).bookTicker(5, "99", "1", "101", "1");
        assertThat(a(1).bookTicker(10, "99", "1", "101", "1")).isEmpty();
        assertThat(b(1).bookTicker(5, "99", "1", "101", "1")).isEmpty();
        assertThat(b(1).bookTicker(7, "98", "1", "101", "1"))
                .as("between two that are the same")
                .isEmpty();
        assertThat(b(1).bookTicker(11, "98", "1", "101", "1")).containsExactly("quote 1@98 1@101");
    }

    @Test
    void messagesAreCountedByTheLinesThatHadThem() {
        a(1).match(1, "100", "1");
        b(1).match(1, "100", "1");
        a(2).match(2, "100", "1");
        b(2).heartbeat();
        b(3).match(3, "100", "1");
        assertThat(feed.counts()).as("the other may still come").containsExactly(1L, 0L, 0L);
        feed.restart();
        a(8).heartbeat();
        assertThat(feed.counts()).containsExactly(1L, 1L, 1L);
        b(2).match(2, "100", "1");
        a(14).heartbeat();
        assertThat(feed.counts()).as("too late to matter").containsExactly(1L, 1L, 1L);
    }

    @Test
    void aNoticeOfAHaltAlwaysCounts() {
        a(0).bookTicker(1, "99", "1", "101", "2");
        b(0).bookTicker(1, "99", "1", "101", "2");
        assertThat(b(1).notice(BINANCE, "halted", "by the venue")).containsExactly("HALTED: by the venue");
    }
}
