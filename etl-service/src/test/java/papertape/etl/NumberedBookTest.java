package papertape.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.etl.Feeding.BINANCE;
import static papertape.etl.Feeding.level;

import org.junit.jupiter.api.Test;

/** Binance: books with numbered changes, quotes from the book ticker. */
class NumberedBookTest {
    private final Feeding feed = Feeding.plain();

    @Test
    void changesBeforeTheSnapshotAreAppliedOnTopOfIt() {
        assertThat(feed.at(0).depth(5, 7, level("99", "1"), ""))
                .containsExactly("control RESYNC: no snapshot yet", "LIVE");
        assertThat(feed.at(1).depth(8, 9, level("99", "2"), "")).isEmpty();
        assertThat(feed.at(2).depth(10, 12, "", level("101", "3"))).isEmpty();
        feed.restart();
        assertThat(feed.at(3).depthSnapshot(8, level("98", "1"), level("102", "1")))
                .containsExactly("snapshot 1@98 / 1@102", "book 2@99 / ", "book  / 3@101");
        assertThat(feed.at(4).depth(13, 13, level("98", "0"), "")).containsExactly("book 0@98 / ");
    }

    @Test
    void aSnapshotOlderThanTheFirstChangeKeptIsOfNoUse() {
        feed.at(0).depth(5, 7, level("99", "1"), "");
        assertThat(feed.at(1).depthSnapshot(3, level("98", "1"), "")).isEmpty();
        assertThat(feed.at(2).depthSnapshot(4, level("98", "1"), ""))
                .containsExactly("snapshot 1@98 / ", "book 1@99 / ");
    }

    @Test
    void aHoleInTheNumbersBreaksTheBookUntilAFreshSnapshot() {
        feed.at(0).depthSnapshot(10, level("98", "1"), "");
        assertThat(feed.at(1).depth(9, 11, level("98", "2"), "")).containsExactly("book 2@98 / ");
        assertThat(feed.at(2).depth(13, 14, level("98", "3"), ""))
                .containsExactly("GAP: book changes 12..12 missing", "control RESYNC: book changes 12..12 missing");
        assertThat(feed.at(3).depth(15, 15, level("97", "3"), "")).isEmpty();
        assertThat(feed.at(7).depth(16, 16, level("96", "3"), "")).containsExactly("control RESYNC: no snapshot yet");
        assertThat(feed.at(8).depthSnapshot(15, level("98", "9"), ""))
                .containsExactly("snapshot 9@98 / ", "book 3@96 / ", "LIVE");
    }

    @Test
    void aChangeThatCameBeforeIsSkipped() {
        feed.at(0).depthSnapshot(10, level("98", "1"), "");
        feed.at(1).depth(11, 11, level("98", "2"), "");
        feed.at(2).depth(12, 12, level("98", "3"), "");
        assertThat(feed.at(3).depth(11, 11, level("98", "2"), "")).isEmpty();
        assertThat(feed.at(4).depthSnapshot(10, level("98", "1"), ""))
                .as("ours is newer: a stage that lost a change gets it whole")
                .containsExactly("snapshot 3@98 / ");
        assertThat(feed.at(5).depth(13, 13, level("98", "4"), "")).containsExactly("book 4@98 / ");
    }

    @Test
    void quotesComeFromTheBookTickerWhateverTheBook() {
        assertThat(feed.at(0).bookTicker(1, "99", "1", "101", "2")).containsExactly("LIVE", "quote 1@99 2@101");
        assertThat(feed.at(1).bookTicker(2, "99.0", "1.0", "101.00", "2")).isEmpty();
        assertThat(feed.at(2).depthSnapshot(3, level("98", "1"), level("102", "1")))
                .containsExactly("snapshot 1@98 / 1@102");
        assertThat(feed.at(3).bookTicker(4, "99", "3", "101", "2")).containsExactly("quote 3@99 2@101");
        assertThat(feed.at(4).bookTicker(3, "99", "9", "101", "2"))
                .as("an older one")
                .isEmpty();
        assertThat(feed.at(5).bookTicker(5, "0.00", "0.00", "101", "2")).containsExactly("quote null@null 2@101");
    }

    @Test
    void anImpossibleTopIsFlaggedOnceAndNotPassedOn() {
        feed.at(0).bookTicker(1, "99", "1", "101", "2");
        assertThat(feed.at(1).bookTicker(2, "101", "1", "101", "2"))
                .containsExactly("GAP: crossed top of book: bid 101, ask 101");
        assertThat(feed.at(2).bookTicker(3, "102", "1", "101", "2")).isEmpty();
        assertThat(feed.at(3).bookTicker(4, "-1", "1", "101", "2")).isEmpty();
        assertThat(feed.at(4).bookTicker(5, "99", "1", "101", "2")).containsExactly("LIVE");
    }

    @Test
    void aStaleStreamWithoutABookIsLiveAgainWithTheNextMessage() {
        feed.at(0).bookTicker(1, "99", "1", "101", "2");
        assertThat(feed.at(1).notice(BINANCE, "stale", "closed")).containsExactly("STALE: closed");
        assertThat(feed.at(2).bookTicker(2, "99", "2", "101", "2")).containsExactly("LIVE", "quote 2@99 2@101");
    }

    @Test
    void noMoreChangesAreKeptForASnapshotThanTheBound() {
        for (int i = 1; i <= PendingChanges.MAX + 10; i++) {
            feed.at(0).depth(i, i, level("99", "" + i), "");
        }
        assertThat(feed.at(1).depthSnapshot(9, "", ""))
                .as("change 10 has been given up")
                .isEmpty();
        assertThat(feed.at(1).depthSnapshot(10, "", "")).hasSize(1 + PendingChanges.MAX);
    }
}
