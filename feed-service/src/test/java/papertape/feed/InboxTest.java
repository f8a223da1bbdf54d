package papertape.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.runtime.Source.Received;
import papertape.common.value.Instrument;
import papertape.feed.FeedCounters.Count;

@Timeout(30)
final class InboxTest {
    private static final Instrument A = Instrument.of("COINBASE:A-USD");
    private static final Instrument B = Instrument.of("COINBASE:B-USD");
    private static final Inbox.Mode LIVE = new Inbox.Mode(false, false, true);
    private static final Inbox.Mode REPLAY = new Inbox.Mode(true, true, true);

    @TempDir
    private Path folder;

    private final FeedCounters counters = new FeedCounters();
    private final List<Instrument> resyncs = new ArrayList<>();
    private long nanos;

    private Inbox inbox(Inbox.Mode mode, int softBound, int hardBound, long spoolBytes) {
        FeedOptions options =
                new FeedOptions(mode.isReplay(), false, folder, softBound, hardBound, spoolBytes, 1_000, 5_000);
        Inbox inbox = new Inbox("COINBASE", mode, options, counters, () -> nanos, () -> 1);
        inbox.own(List.of(A, B), true, Map.of());
        inbox.onResyncNeeded((instrument, reason) -> resyncs.add(instrument));
        return inbox;
    }

    private static void put(Inbox inbox, Instrument instrument, String channel, Weight weight, String payload) {
        inbox.put(0, new Look(channel, instrument, weight, payload), 5);
    }

    private static void trade(Inbox inbox, Instrument instrument, String payload) {
        put(inbox, instrument, "match", Weight.KEEP, payload);
    }

    private static void ticker(Inbox inbox, Instrument instrument, String payload) {
        put(inbox, instrument, "ticker", Weight.QUOTE, payload);
    }

    private static void book(Inbox inbox, Instrument instrument, String payload) {
        put(inbox, instrument, "l2update", Weight.BOOK, payload);
    }

    private static List<String> payloads(List<Received> messages) {
        return messages.stream().map(Received::payload).toList();
    }

    private static List<String> all(Inbox inbox) throws InterruptedException {
        List<String> all = new ArrayList<>();
        List<Received> some = inbox.poll(7, 0);
        while (!some.isEmpty()) {
            all.addAll(payloads(some));
            some = inbox.poll(7, 0);
        }
        return all;
    }

    @Test
    void keepsOrderAndConflatesNothingWhileThereIsRoom() throws InterruptedException {
        Inbox inbox = inbox(LIVE, 100, 200, 1 << 20);
        ticker(inbox, A, "q1");
        trade(inbox, A, "t1");
        ticker(inbox, A, "q2");

        assertThat(all(inbox)).containsExactly("q1", "t1", "q2");
    }

    @Test
    void keepsTheLatestQuoteOfEachInstrumentAndEveryTradeWhenTheStackIsOverloaded() throws InterruptedException {
        Inbox inbox = inbox(LIVE, 100, 200, 1 << 20);
        inbox.overloaded(true);
        ticker(inbox, A, "qa1");
        trade(inbox, A, "t1");
        ticker(inbox, B, "qb1");
        put(inbox, A, "heartbeat", Weight.QUOTE, "h1");
        ticker(inbox, A, "qa2");
        trade(inbox, A, "t2");
        ticker(inbox, A, "qa3");

        assertThat(all(inbox)).containsExactly("t1", "qb1", "h1", "t2", "qa3");
        assertThat(counters.get(Count.CONFLATED)).isEqualTo(2);
    }

    @Test
    void dropsTheLargestBookBeyondTheHardBoundAndAsksForASnapshot() throws InterruptedException {
        Inbox inbox = inbox(LIVE, 5, 10, 1 << 20);
        trade(inbox, A, "t1");
        for (int i = 0; i < 9; i++) {
            book(inbox, A, "a" + i);
        }
        book(inbox, B, "b1");
        book(inbox, A, "a-late");
        put(inbox, A, "snapshot", Weight.SNAPSHOT, "s");
        book(inbox, A, "a-new");

        assertThat(all(inbox))
                .containsExactly(
                        "t1",
                        "{\"status\":\"resync\",\"detail\":\"book dropped, too much was waiting\"}",
                        "b1",
                        "s",
                        "{\"status\":\"live\",\"detail\":\"snapshot received\"}",
                        "a-new");
        assertThat(resyncs).containsExactly(A);
        assertThat(counters.get(Count.BOOKS_DROPPED)).isEqualTo(10);
    }

    @Test
    void memoryStaysBoundedAndEveryTradeArrivesWhateverComes() throws InterruptedException {
        long seed = 20_260_101;
        Random random = new Random(seed);
        Inbox inbox = inbox(LIVE, 50, 100, 1 << 24);
        List<String> sent = new ArrayList<>();
        List<String> got = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            Instrument instrument = random.nextBoolean() ? A : B;
            switch (random.nextInt(8)) {
                case 0 -> {
                    sent.add("t" + i);
                    trade(inbox, instrument, "t" + i);
                }
                case 1, 2, 3 -> ticker(inbox, instrument, "q" + i);
                case 4 -> put(inbox, instrument, "snapshot", Weight.SNAPSHOT, "s" + i);
                default -> book(inbox, instrument, "b" + i);
            }
            nanos += TimeUnit.MILLISECONDS.toNanos(random.nextInt(3));
            if (random.nextInt(40) == 0) {
                got.addAll(payloads(inbox.poll(20, 0)));
            }
            if (random.nextInt(3_000) == 0) {
                nanos += TimeUnit.SECONDS.toNanos(2);
            }
            assertThat(inbox.size()).as("seed %d", seed).isLessThanOrEqualTo(110);
        }
        got.addAll(all(inbox));

        assertThat(got.stream().filter(text -> text.startsWith("t")))
                .as("seed %d", seed)
                .containsExactlyElementsOf(sent);
        assertThat(counters.get(Count.SPOOLED)).isPositive().isEqualTo(counters.get(Count.UNSPOOLED));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void spoolsWhileNobodyReadsAndReadsBackInOrder() throws InterruptedException, IOException {
        Inbox inbox = inbox(LIVE, 10, 1_000, 1 << 20);
        nanos = TimeUnit.SECONDS.toNanos(5);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String text = "t\u00e9\n" + i;
            sent.add(text);
            trade(inbox, i % 2 == 0 ? A : B, text);
        }
        assertThat(inbox.size()).isEqualTo(10);
        assertThat(Files.list(folder)).hasSize(1);

        List<Received> first = inbox.poll(100, 0);
        trade(inbox, A, "last");
        sent.add("last");
        List<String> got = new ArrayList<>(payloads(first));
        got.addAll(all(inbox));

        assertThat(got).isEqualTo(sent);
        assertThat(first.get(50).instrument()).isEqualTo(A);
        assertThat(first.get(50).channel()).isEqualTo("match");
        assertThat(first.get(50).received()).isEqualTo(5);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void keepsTradesInMemoryWhenTheDiskTakesNoMore() throws InterruptedException {
        Inbox inbox = inbox(LIVE, 2, 1_000, 100);
        nanos = TimeUnit.SECONDS.toNanos(5);
        for (int i = 0; i < 6; i++) {
            trade(inbox, A, "t" + i);
            book(inbox, A, "b" + i);
        }

        assertThat(all(inbox).stream().filter(text -> text.startsWith("t")))
                .containsExactly("t0", "t1", "t2", "t3", "t4", "t5");
        assertThat(resyncs).containsExactly(A);
    }

    @Test
    void makesAThrottledConnectionWaitForRoomAndLosesNothing() throws Exception {
        Inbox inbox = inbox(REPLAY, 10, 20, 1 << 20);
        Thread connection = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 1_000; i++) {
                book(inbox, A, "b" + i);
            }
        });
        List<Received> got = new ArrayList<>();
        while (got.size() < 1_000) {
            assertThat(inbox.size()).isLessThanOrEqualTo(10);
            got.addAll(inbox.poll(3, 100));
        }
        connection.join();

        assertThat(payloads(got))
                .isEqualTo(Stream.iterate(0, i -> i + 1)
                        .limit(1_000)
                        .map(i -> "b" + i)
                        .toList());
        assertThat(got.get(999).position()).isEqualTo("1000");
    }

    @Test
    void refusesWhatAnOlderConnectionStillHoldsEvenWhileItWaits() throws Exception {
        Inbox inbox = inbox(REPLAY, 1, 2, 1 << 20);
        book(inbox, A, "b1");
        Thread old = Thread.ofPlatform().start(() -> book(inbox, A, "b2"));
        while (old.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        inbox.nextGeneration();
        old.join();

        assertThat(all(inbox)).containsExactly("b1");
        assertThat(inbox.positions()).containsEntry("A-USD", 1L);
    }

    @Test
    void countsPositionsFromTheSavedOnesPerInstrumentAndForTheConnection() throws InterruptedException {
        Inbox inbox = inbox(REPLAY, 100, 200, 1 << 20);
        inbox.own(List.of(), false, Map.of());
        inbox.put(0, new Look("subscriptions", null, Weight.KEEP, "nobody's"), 5);
        inbox.own(List.of(A), false, Map.of(A.name(), "471", "COINBASE", "2"));
        trade(inbox, A, "t");
        trade(inbox, B, "not ours");
        inbox.put(0, new Look("subscriptions", null, Weight.KEEP, "s"), 5);
        inbox.own(List.of(A), false, Map.of(A.name(), "471"));

        assertThat(inbox.poll(10, 0).stream().map(Received::position)).containsExactly("472", "3");
        assertThat(inbox.positions()).isEqualTo(Map.of("A-USD", 472L, "*", 3L));
        assertThat(counters.get(Count.UNOWNED)).isEqualTo(2);
    }

    @Test
    void knowsThatNothingCameOfTheConnectionOnlyWhenItIsAlone() {
        Inbox inbox = inbox(REPLAY, 100, 200, 1 << 20);
        inbox.own(List.of(A), false, Map.of());
        assertThat(inbox.positions()).isEqualTo(Map.of("A-USD", 0L));
        inbox.own(List.of(A, B), true, Map.of());
        assertThat(inbox.positions()).isEqualTo(Map.of("A-USD", 0L, "B-USD", 0L, "*", 0L));
    }

    @Test
    void dropsQueuedMessagesOfInstrumentsThatWereGivenAway() throws InterruptedException {
        Inbox inbox = inbox(REPLAY, 100, 200, 1 << 20);
        trade(inbox, A, "a");
        trade(inbox, B, "b");
        inbox.own(List.of(B), false, Map.of());

        assertThat(all(inbox)).containsExactly("b");
    }

    @Test
    void saysStaleOnceAndLiveAfterTheSnapshotButNothingInAReplay() throws InterruptedException {
        Inbox inbox = inbox(LIVE, 100, 200, 1 << 20);
        inbox.own(List.of(A), true, Map.of());
        inbox.lost("closed \"1006\"");
        inbox.lost("again");
        put(inbox, A, "snapshot", Weight.SNAPSHOT, "s");
        assertThat(all(inbox))
                .containsExactly(
                        "{\"status\":\"stale\",\"detail\":\"closed \\\"1006\\\"\"}",
                        "s",
                        "{\"status\":\"live\",\"detail\":\"snapshot received\"}");

        Inbox replay = inbox(REPLAY, 100, 200, 1 << 20);
        replay.lost("closed");
        put(replay, A, "snapshot", Weight.SNAPSHOT, "s");
        assertThat(all(replay)).containsExactly("s");
    }
}
