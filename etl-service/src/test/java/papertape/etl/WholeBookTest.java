package papertape.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.etl.Feeding.BINANCE;
import static papertape.etl.Feeding.COINBASE;
import static papertape.etl.Feeding.level;

import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.message.Channel;
import papertape.common.stage.Skipped;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.FeedLine;
import papertape.common.value.Instrument;

/** A book of which any change is missing is no book: gap, no quotes, a request, and live only after a whole snapshot. */
class WholeBookTest {
    private final Feeding feed = Feeding.plain();

    private void begin() {
        feed.at(0).snapshot(level("99", "1") + "," + level("98", "2"), level("101", "3"));
    }

    @Test
    void anUpdateThatCannotBeReadBreaksTheBookUntilAWholeSnapshot() {
        begin();
        String reason = "changes: expected a decimal number, was \"x\"";
        assertThat(feed.at(1).say(COINBASE, "l2update", feed.updateText("sell", "102", "x")))
                .containsExactly("GAP: " + reason, "control RESYNC: " + reason);
        assertThat(feed.tester().deadLetters()).containsExactly(reason);
        assertThat(feed.at(2).update("buy", "99", "9")).isEmpty();
        feed.restart();
        assertThat(feed.at(3).update("buy", "100", "9")).isEmpty();
        assertThat(feed.at(4).match(1, "100", "1"))
                .as("trades are not affected")
                .containsExactly("trade 1 BUY 1@100");
        assertThat(feed.at(5).snapshot(level("99", "1"), level("102", "1")))
                .containsExactly("snapshot 1@99 / 1@102", "LIVE", "quote 1@99 1@102");
    }

    @Test
    void manyUnreadableUpdatesAskForOneSnapshotEveryFiveSeconds() {
        begin();
        feed.at(1).say(COINBASE, "l2update", "{\"type\":\"l2update\"}");
        for (int i = 0; i < 100; i++) {
            assertThat(feed.at(1 + i * 0.01).say(COINBASE, "l2update", "{\"type\":\"l2update\"}"))
                    .isEmpty();
        }
        assertThat(feed.at(6).say(COINBASE, "l2update", "{\"type\":\"l2update\"}"))
                .containsExactly("control RESYNC: no snapshot yet");
    }

    @Test
    void aTruncatedUpdateAndATextThatIsNoJsonBreakTheBook() {
        for (String text : List.of("{\"type\":\"l2update\",\"changes\":[[\"buy\",\"9", "no JSON", "[]", "")) {
            begin();
            assertThat(feed.at(1).say(COINBASE, "l2update", text))
                    .as(text)
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith("GAP: ");
        }
    }

    @Test
    void anUnreadableTradeHeartbeatOrUnknownKindLeavesTheBookLive() {
        begin();
        assertThat(feed.at(1).say(COINBASE, "match", "{\"type\":\"match\",\"price\":\"x\"}"))
                .isEmpty();
        assertThat(feed.at(1).say(COINBASE, "heartbeat", "{\"type\":\"heartbeat\",\"time\":\"x\"}"))
                .isEmpty();
        assertThat(feed.at(1).say(COINBASE, "novelty", "{\"type\":\"novelty\"}"))
                .isEmpty();
        assertThat(feed.tester().deadLetters()).hasSize(3);
        assertThat(feed.at(2).update("buy", "99", "4")).containsExactly("book 4@99 / ", "quote 4@99 3@101");
    }

    @Test
    void aMessageThatCouldNotBeDecodedBreaksItsInstrumentsBookAndWithoutAnInstrumentEveryBook() {
        Instrument other = Instrument.of("COINBASE:Y-USD");
        begin();
        feed.say(other, "snapshot", feed.snapshotText(level("9", "1"), level("10", "1"), false));
        assertThat(statuses(feed.tester().skip(Skipped.unread(Channel.RAW, other, "field id is missing"))))
                .containsExactly("COINBASE:Y-USD GAP");
        feed.at(1).say(other, "snapshot", feed.snapshotText(level("9", "1"), level("10", "1"), false));
        assertThat(statuses(feed.tester().skip(Skipped.unread(Channel.RAW, null, "not JSON"))))
                .containsExactly("COINBASE:X-USD GAP", "COINBASE:Y-USD GAP");
    }

    private static List<String> statuses(List<Sent> sent) {
        return sent.stream()
                .filter(one -> one.channel() == Channel.TICKS)
                .map(one -> (papertape.common.message.FeedStatus) one.message())
                .map(status -> status.instrument() + " " + status.status())
                .toList();
    }

    @Test
    void anUnreadableNumberedChangeBreaksTheBookAtOnce() {
        feed.at(0).depthSnapshot(10, level("98", "1"), level("102", "1"));
        assertThat(feed.at(1).say(BINANCE, "depthUpdate", feed.depthText(11, 11, level("98", "x"), "")))
                .containsExactly(
                        "GAP: b: expected a decimal number, was \"x\"",
                        "control RESYNC: b: expected a decimal number, was \"x\"");
    }

    @Test
    void anUnreadableTopOfBookGivesNoQuotesUntilTheNextOne() {
        feed.at(0).bookTicker(1, "99", "1", "101", "2");
        assertThat(feed.at(1)
                        .say(BINANCE, "bookTicker", "{\"stream\":\"xusdt@bookTicker\",\"data\":{\"u\":2,\"b\":\"x\"}}"))
                .containsExactly("GAP: b: expected a decimal number, was \"x\"");
        assertThat(feed.at(2).bookTicker(3, "99", "2", "101", "2")).containsExactly("LIVE", "quote 2@99 2@101");
    }

    @Test
    void oneBadRowDoesNotCostASnapshot() {
        String asks = level("101", "1e400") + ",[\"102\"],7,[\"-1\",\"1\"],[\"103\",\"2\",\"3\"]";
        assertThat(feed.at(0).say(COINBASE, "snapshot", feed.snapshotText(level("99", "1"), asks, false)))
                .containsExactly(
                        "snapshot 1@99 / 2@103", "LIVE: 4 rows of the snapshot are left out", "quote 1@99 2@103");
        assertThat(feed.tester().deadLetters())
                .hasSize(4)
                .allMatch(reason -> reason.startsWith("left out of the snapshot: asks: "));
        assertThat(feed.at(1).update("buy", "99", "2")).containsExactly("book 2@99 / ", "quote 2@99 2@103");
    }

    @Test
    void anUpdateWithoutATimeOrOfTheYearOneIsAppliedInTheOrderOfItsComing() {
        begin();
        feed.at(1).update("buy", "99", "2");
        String text =
                "{\"type\":\"l2update\",\"time\":\"0001-01-01T00:00:00.000000Z\",\"changes\":[[\"sell\",\"101\",\"0\"]]}";
        assertThat(feed.at(2).say(COINBASE, "l2update", text)).containsExactly("book  / 0@101", "quote 2@99 null@null");
        assertThat(feed.at(3).update("sell", "102", "1")).containsExactly("book  / 1@102", "quote 2@99 1@102");
    }

    @Test
    void theGapIsToldBeforeACrossedBookIsSeen() {
        feed.at(0).snapshot(level("10", "1"), level("12", "1"));
        assertThat(feed.at(1).update("buy", "13", "1"))
                .containsExactly("GAP: crossed book: bid 13, ask 12", "book 1@13 / ");
    }

    @Test
    void aCrossedBookOfNumberedChangesIsNotBelievedEither() {
        feed.at(0).depthSnapshot(10, level("98", "1"), level("102", "1"));
        assertThat(feed.at(1).depth(11, 11, level("103", "1"), ""))
                .containsExactly("GAP: crossed book: bid 103, ask 102", "book 1@103 / ");
        assertThat(feed.at(1.5).depth(12, 12, "", level("102", "0"))).containsExactly("book  / 0@102", "LIVE");
    }

    @Test
    void ofTwoLinesTheOneThatReadsTheUpdateKeepsTheBookWhole() {
        Feeding two = Feeding.overTwoLines();
        for (FeedLine line : FeedLine.values()) {
            two.over(line).at(0).timedSnapshot(level("99", "1"), level("101", "3"));
        }
        two.over(FeedLine.A).at(1).say(COINBASE, "heartbeat", two.heartbeatText());
        two.over(FeedLine.B).at(1).say(COINBASE, "heartbeat", two.heartbeatText());
        assertThat(two.over(FeedLine.A).at(2).say(COINBASE, "l2update", "{\"type\":\"l2update\"}"))
                .isEmpty();
        assertThat(two.over(FeedLine.B).at(2).update("buy", "99", "5"))
                .containsExactly("book 5@99 / ", "quote 5@99 3@101");
    }
}
