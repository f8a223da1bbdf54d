package papertape.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.etl.Feeding.COINBASE;
import static papertape.etl.Feeding.level;

import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.config.EtlSettings;

/** Coinbase: books without numbers, quotes from the book. */
class BookTest {
    private final Feeding feed = Feeding.plain();

    private void begin() {
        feed.at(0).snapshot(level("99", "1") + "," + level("98", "2"), level("101", "3"));
    }

    @Test
    void aSnapshotIsPassedOnWithTheFirstStatusAndQuote() {
        assertThat(feed.at(0).snapshot(level("98", "2") + "," + level("99", "1"), level("101", "3")))
                .containsExactly("snapshot 2@98 1@99 / 3@101", "LIVE", "quote 1@99 3@101");
    }

    @Test
    void aQuoteIsSentOnlyWhenTheTopOfTheBookChanges() {
        begin();
        assertThat(feed.at(1).update("buy", "97", "5")).containsExactly("book 5@97 / ");
        assertThat(feed.at(2).update("buy", "99", "4")).containsExactly("book 4@99 / ", "quote 4@99 3@101");
        assertThat(feed.at(3).update("buy", "99", "0")).containsExactly("book 0@99 / ", "quote 2@98 3@101");
        assertThat(feed.at(4).update("sell", "100", "7")).containsExactly("book  / 7@100", "quote 2@98 7@100");
    }

    @Test
    void aSideThatEmptiesIsAbsentFromTheQuote() {
        begin();
        assertThat(feed.at(1).update("sell", "101", "0.000")).containsExactly("book  / 0@101", "quote 1@99 null@null");
    }

    @Test
    void anUpdateThatChangesNothingSendsNothing() {
        begin();
        assertThat(feed.at(1).update("buy", "99.00", "1.0")).isEmpty();
        assertThat(feed.at(1).update("buy", "90", "0")).isEmpty();
    }

    @Test
    void anUpdateThatCameBehindANewerOneBreaksTheBookAndOneOfTheSameTimeDoesNot() {
        begin();
        feed.at(4).update("buy", "98", "3");
        feed.at(5).update("buy", "99", "4");
        assertThat(feed.at(4).update("buy", "98", "3")).as("a copy").isEmpty();
        assertThat(feed.at(4.5).update("buy", "98", "3"))
                .as("it says nothing new")
                .isEmpty();
        assertThat(feed.at(5).update("buy", "99", "7")).containsExactly("book 7@99 / ", "quote 7@99 3@101");
        assertThat(feed.at(4.999999).update("buy", "98", "6"))
                .containsExactly(
                        "GAP: a book change came 1 microseconds behind a newer one",
                        "control RESYNC: a book change came 1 microseconds behind a newer one");
    }

    @Test
    void aCopyOfAnOlderUpdateDoesNotUndoANewerOne() {
        begin();
        feed.at(4).update("buy", "99", "3");
        feed.at(5).update("buy", "99", "4");
        assertThat(feed.at(4).update("buy", "99", "3")).isEmpty();
        assertThat(feed.at(6).update("buy", "99", "5")).containsExactly("book 5@99 / ", "quote 5@99 3@101");
    }

    @Test
    void anUpdateThatIsOlderThanTheSnapshotIsPartOfIt() {
        feed.at(5).timedSnapshot(level("99", "1"), level("101", "3"));
        assertThat(feed.at(4).update("buy", "99", "9")).isEmpty();
        assertThat(feed.at(6).update("buy", "99", "2")).containsExactly("book 2@99 / ", "quote 2@99 3@101");
    }

    @Test
    void anUpdateOfTheSameTimeThatCameBeforeIsSkippedAlsoWhenAnotherHasChangedTheLevelSince() {
        begin();
        feed.at(5).update("buy", "99", "4");
        feed.at(5).update("buy", "99", "7");
        feed.restart();
        assertThat(feed.at(5).update("buy", "99", "4")).isEmpty();
        assertThat(feed.at(5).update("buy", "99", "7")).isEmpty();
        assertThat(feed.at(6).update("buy", "99", "4")).containsExactly("book 4@99 / ", "quote 4@99 3@101");
    }

    @Test
    void anUpdateBeforeAnySnapshotAsksForOneAtMostEveryFiveSeconds() {
        assertThat(feed.at(0).update("buy", "99", "1")).containsExactly("control RESYNC: no snapshot yet", "LIVE");
        assertThat(feed.at(4.9).update("buy", "99", "1")).isEmpty();
        assertThat(feed.at(5).update("buy", "99", "1")).containsExactly("control RESYNC: no snapshot yet");
        assertThat(feed.at(6).snapshot(level("99", "1"), level("101", "1")))
                .containsExactly("snapshot 1@99 / 1@101", "quote 1@99 1@101");
        assertThat(feed.at(20).update("buy", "99", "2")).containsExactly("book 2@99 / ", "quote 2@99 1@101");
    }

    @Test
    void afterAnInterruptionNothingIsSentOfTheBookUntilAFreshSnapshot() {
        begin();
        assertThat(feed.at(1).notice(COINBASE, "stale", "silent")).containsExactly("STALE: silent");
        assertThat(feed.at(2).notice(COINBASE, "live", "connected")).containsExactly("RESYNC: connected");
        assertThat(feed.at(3).update("buy", "99", "9")).isEmpty();
        feed.restart();
        assertThat(feed.at(6).update("buy", "99", "9")).containsExactly("control RESYNC: no snapshot yet");
        assertThat(feed.at(7).snapshot(level("99", "1"), level("101", "3")))
                .as("the same top as before is sent again: it is believed again")
                .containsExactly("snapshot 1@99 / 3@101", "LIVE", "quote 1@99 3@101");
    }

    @Test
    void aGapThatTheFeedReportsBreaksTheBookAsWell() {
        begin();
        assertThat(feed.at(1).notice(COINBASE, "gap", "queue full")).containsExactly("GAP: queue full");
        assertThat(feed.at(2).update("buy", "99", "9")).containsExactly("RESYNC: a snapshot is awaited");
    }

    @Test
    void aHaltLastsUntilTheFeedEndsItAndLeavesTheBookWhole() {
        begin();
        assertThat(feed.at(1).notice(COINBASE, "halted", "auction")).containsExactly("HALTED: auction");
        assertThat(feed.at(2).update("buy", "99", "4")).containsExactly("book 4@99 / ", "quote 4@99 3@101");
        assertThat(feed.at(3).notice(COINBASE, "live", "")).containsExactly("LIVE");
    }

    @Test
    void aCrossedBookIsFlaggedAtOnceAndGivesNoQuoteUntilItIsRight() {
        begin();
        assertThat(feed.at(1).update("buy", "101", "1"))
                .containsExactly("GAP: crossed book: bid 101, ask 101", "book 1@101 / ");
        assertThat(feed.at(1.5).update("buy", "98", "5")).containsExactly("book 5@98 / ");
        assertThat(feed.at(1.9).update("sell", "101", "0"))
                .containsExactly("book  / 0@101", "LIVE", "quote 1@101 null@null");
    }

    @Test
    void aBookThatStaysCrossedForASecondIsThrownAwayAndAskedForAnew() {
        begin();
        feed.at(1).update("buy", "102", "1");
        assertThat(feed.at(1.999999).update("buy", "98", "5")).containsExactly("book 5@98 / ");
        feed.restart();
        assertThat(feed.at(2).update("buy", "98", "6"))
                .containsExactly(
                        "GAP: crossed book: bid 102, ask 101, for longer than a moment",
                        "control RESYNC: crossed book: bid 102, ask 101, for longer than a moment");
        assertThat(feed.at(3).update("buy", "98", "7")).isEmpty();
        assertThat(feed.at(4).snapshot(level("99", "1"), level("101", "3")))
                .containsExactly("snapshot 1@99 / 3@101", "LIVE", "quote 1@99 3@101");
    }

    @Test
    void anImpossibleLevelBreaksTheBook() {
        begin();
        assertThat(feed.at(1).update("buy", "99", "-1"))
                .containsExactly("GAP: bid of -1 at 99", "control RESYNC: bid of -1 at 99");
        begin();
        assertThat(feed.at(2).update("sell", "0", "1"))
                .containsExactly("GAP: ask of 1 at 0", "control RESYNC: ask of 1 at 0");
    }

    @Test
    void aLimitedDepthTellsOfLevelsThatComeIntoViewAndLeaveIt() {
        Feeding limited = new Feeding(new EtlSettings(List.of(), 1_000_000_000, 2, 0));
        assertThat(limited.at(0).snapshot(level("99", "1") + "," + level("98", "2") + "," + level("97", "3"), ""))
                .containsExactly("snapshot 1@99 2@98 / ", "LIVE", "quote 1@99 null@null");
        assertThat(limited.at(1).update("buy", "97", "4")).isEmpty();
        assertThat(limited.at(2).update("buy", "99", "0")).containsExactly("book 0@99 4@97 / ", "quote 2@98 null@null");
        limited.restart();
        assertThat(limited.at(3).update("buy", "99", "5")).containsExactly("book 5@99 0@97 / ", "quote 5@99 null@null");
    }

    @Test
    void theTickerGivesQuotesOnlyWhereItTellsSizesAndNoBookWasSeen() {
        String sizes = "{\"type\":\"ticker\",\"sequence\":5,\"best_bid\":\"9\",\"best_bid_size\":\"1\","
                + "\"best_ask\":\"11\",\"best_ask_size\":\"2\",\"time\":\"2026-01-01T00:00:00Z\"}";
        String none = "{\"type\":\"ticker\",\"sequence\":4,\"best_bid\":\"9\",\"best_ask\":\"11\"}";
        assertThat(feed.at(0).send(COINBASE, "ticker", none).stream().map(sent -> Feeding.text(sent.message())))
                .containsExactly("LIVE", "mark 10 mid");
        assertThat(feed.at(0).send(COINBASE, "ticker", sizes).stream().map(sent -> Feeding.text(sent.message())))
                .containsExactly("quote 1@9 2@11");
        feed.at(1).snapshot(level("8", "1"), level("12", "1"));
        assertThat(feed.at(2).send(COINBASE, "ticker", sizes)).isEmpty();
    }
}
