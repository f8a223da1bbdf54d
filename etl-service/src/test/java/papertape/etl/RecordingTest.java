package papertape.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import papertape.common.config.EtlSettings;
import papertape.common.message.Bar;
import papertape.common.message.Book;
import papertape.common.message.Channel;
import papertape.common.message.FeedStatus;
import papertape.common.message.MarketData;
import papertape.common.message.Quote;
import papertape.common.message.Raw;
import papertape.common.message.Trade;
import papertape.common.testkit.StageTester;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.FeedState;
import papertape.common.value.Qty;

/** The facts that an independent reading of the recordings gives. */
class RecordingTest {
    private static final EtlSettings SETTINGS = new EtlSettings(List.of("1s", "1m"), 250, 0, 10);

    /** What was published of one instrument. */
    private static final class Facts {
        private int books;
        private int quotes;
        private int trades;
        private Qty volume = Qty.ZERO;
        private String top = "";

        @Override
        public String toString() {
            return "books=" + books + " quotes=" + quotes + " " + top + " trades=" + trades + " volume=" + volume;
        }
    }

    private static List<Raw> coinbase() throws IOException {
        return recording("coinbase-2021-04-17.tsv.gz", "COINBASE");
    }

    private static List<Raw> binance() throws IOException {
        return recording("binance-2021-10-12.tsv.gz", "BINANCE");
    }

    private static List<Raw> recording(String name, String venue) throws IOException {
        Path file = Recording.find(name);
        assumeTrue(file != null, "the recording " + name + " is not beside the project");
        return Recording.read(file, venue);
    }

    private static StageTester tester(int depth) {
        EtlSettings settings =
                new EtlSettings(SETTINGS.bars(), SETTINGS.markIntervalMs(), depth, SETTINGS.maxTradeJumpPercent());
        return new StageTester("etl", context -> new EtlStage(settings, false, context));
    }

    private static List<Sent> run(StageTester tester, List<Raw> raws) {
        List<Sent> sent = new ArrayList<>();
        raws.forEach(raw -> sent.addAll(tester.send(raw)));
        return sent;
    }

    private static Map<String, Facts> facts(List<Sent> sent) {
        Map<String, Facts> facts = new TreeMap<>();
        for (Sent one : sent) {
            if (one.message() instanceof MarketData data) {
                Facts of = facts.computeIfAbsent(data.instrument().symbol(), any -> new Facts());
                count(of, data);
            }
        }
        return facts;
    }

    private static void count(Facts facts, MarketData data) {
        if (data instanceof Book) {
            facts.books++;
        } else if (data instanceof Quote quote) {
            facts.quotes++;
            facts.top = quote.bidQty() + "@" + quote.bidPx() + " " + quote.askQty() + "@" + quote.askPx();
        } else if (data instanceof Trade trade) {
            facts.trades++;
            facts.volume = facts.volume.plus(trade.qty());
        }
    }

    @Test
    void theCoinbaseRecordingGivesTheKnownTradesVolumesAndTopsOfBook() throws IOException {
        List<Sent> sent = run(tester(0), coinbase());

        assertThat(facts(sent).toString())
                .isEqualTo("{BAND-GBP=books=472 quotes=145 27.57@14.7366 12@14.7664 trades=5 volume=36.04,"
                        + " DASH-BTC=books=1926 quotes=301 1.687@0.00619316 28.997@0.00619947 trades=16 volume=15.767,"
                        + " SKL-GBP=books=290 quotes=80 1028.6@0.5747 1735@0.5768 trades=2 volume=1343.2,"
                        + " SKL-USD=books=2593 quotes=451 468@0.7902 450@0.7911 trades=53 volume=48069.6,"
                        + " YFI-BTC=books=488 quotes=84 0.017061@0.82553 0.03@0.82696 trades=1 volume=0.000007}");
        assertThat(sent)
                .filteredOn(one -> one.message() instanceof FeedStatus)
                .allMatch(one -> ((FeedStatus) one.message()).status() == FeedState.LIVE)
                .hasSize(5);
    }

    @Test
    void theCoinbaseRecordingTwiceOverGivesEachTradeOnce() throws IOException {
        StageTester tester = tester(0);
        List<Raw> raws = coinbase();
        Map<String, Facts> once = facts(run(tester, raws));
        List<Sent> again = run(
                tester,
                raws.stream().filter(raw -> !raw.channel().equals("snapshot")).toList());

        assertThat(once).hasSize(5);
        assertThat(again).noneMatch(one -> one.message() instanceof Trade);
    }

    @Test
    void twoFeedsSideBySideGiveTheFactsOfOne() throws IOException {
        List<Raw> twice = new ArrayList<>();
        coinbase().forEach(raw -> {
            twice.add(raw);
            twice.add(raw);
        });
        Map<String, Facts> one = facts(run(tester(0), coinbase()));
        Map<String, Facts> two = facts(run(tester(0), twice));
        // Each feed's snapshot is passed on; it replaces the book by the same.
        two.values().forEach(facts -> facts.books--);

        assertThat(two.toString()).isEqualTo(one.toString());
    }

    @Test
    void aSecondFeedThatLagsBehindAddsNoTradeAndLeavesTheSameBooks() throws IOException {
        List<Raw> raws = coinbase();
        for (int lag : new int[] {1, 2, 7, 50}) {
            List<Sent> one = run(tester(0), raws);
            List<Sent> two = run(tester(0), withLaggingFeed(raws, lag));
            BookSubscriber ofOne = new BookSubscriber();
            BookSubscriber ofTwo = new BookSubscriber();
            one.forEach(ofOne::on);
            two.forEach(ofTwo::on);
            assertThat(tradesOf(two)).as("lag %d", lag).isEqualTo(tradesOf(one));
            assertThat(facts(two).toString())
                    .as("lag %d", lag)
                    .isEqualTo(facts(one).toString());
            raws.stream()
                    .map(Raw::instrument)
                    .filter(Objects::nonNull)
                    .distinct()
                    .forEach(instrument -> assertThat(ofTwo.top(instrument, Integer.MAX_VALUE))
                            .as("lag %d", lag)
                            .isEqualTo(ofOne.top(instrument, Integer.MAX_VALUE)));
        }
    }

    /** Snapshots apart: a snapshot is the book of its own moment, and a feed has one only where it begins. */
    private static List<Raw> withLaggingFeed(List<Raw> raws, int lag) {
        List<Raw> both = new ArrayList<>();
        for (int i = 0; i < raws.size() + lag; i++) {
            if (i < raws.size()) {
                both.add(raws.get(i));
            }
            if (i >= lag && !raws.get(i - lag).channel().equals("snapshot")) {
                both.add(raws.get(i - lag));
            }
        }
        return both;
    }

    private static List<String> tradesOf(List<Sent> sent) {
        return sent.stream()
                .map(Sent::message)
                .filter(Trade.class::isInstance)
                .map(Feeding::text)
                .toList();
    }

    @Test
    void aRecordingReceivedYearsLaterGivesTheSameFactsAndItsOwnTimes() throws IOException {
        List<Raw> raws = coinbase();
        List<Raw> today = raws.stream()
                .map(raw -> new Raw(
                        raw.header(), raw.venue(), raw.instrument(), raw.channel(), Feeding.START, raw.payload()))
                .toList();
        List<Sent> sent = run(tester(0), today);

        assertThat(facts(sent).toString()).isEqualTo(facts(run(tester(0), raws)).toString());
        assertThat(sent.subList(sent.size() / 2, sent.size()))
                .allMatch(one -> one.message().ts() < Feeding.START);
        assertThat(sent).anyMatch(one -> one.message() instanceof Bar bar && bar.ts() < Feeding.START);
    }

    @Test
    void theBinanceRecordingHasQuotesFromTheBookTickerAndNoBookForWantOfASnapshot() throws IOException {
        List<Sent> sent = run(tester(0), binance());

        assertThat(facts(sent).toString())
                .isEqualTo("{BLZETH=books=0 quotes=1 100@0.00006547 1528@0.0000656 trades=0 volume=0,"
                        + " LRCBTC=books=0 quotes=9 2500@0.00000637 2285@0.00000638 trades=1 volume=177,"
                        + " NKNUSDT=books=0 quotes=74 9602@0.3527 152@0.3531 trades=1 volume=58,"
                        + " RUNEEUR=books=0 quotes=0  trades=0 volume=0}");
        assertThat(sent)
                .filteredOn(one -> one.message() instanceof FeedStatus && one.channel() == Channel.TICKS)
                .allMatch(one -> ((FeedStatus) one.message()).status() == FeedState.LIVE);
    }

    @Test
    void eventTimeOfAnInstrumentNeverGoesBack() throws IOException {
        Map<String, Long> last = new TreeMap<>();
        for (List<Raw> raws : List.of(coinbase(), binance())) {
            for (Sent one : run(tester(0), raws)) {
                if (one.message() instanceof Quote || one.message() instanceof Book) {
                    MarketData data = (MarketData) one.message();
                    Long before = last.put(data.instrument().name(), data.ts());
                    assertThat(data.ts()).isGreaterThanOrEqualTo(before == null ? 0 : before);
                }
            }
        }
        assertThat(last).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void restartsInTheMiddleChangeNothing() throws IOException {
        for (List<Raw> raws : List.of(coinbase(), binance())) {
            for (int depth : new int[] {0, 5}) {
                List<Sent> expected = run(tester(depth), raws);
                for (long seed = 1; seed <= 3; seed++) {
                    assertThat(runWithRestarts(raws, depth, seed))
                            .as("seed %d, depth %d", seed, depth)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static List<Sent> runWithRestarts(List<Raw> raws, int depth, long seed) {
        Random random = new Random(seed);
        StageTester tester = tester(depth);
        List<Sent> sent = new ArrayList<>();
        for (Raw raw : raws) {
            sent.addAll(tester.send(raw));
            if (random.nextInt(200) == 0) {
                tester.restart();
            }
        }
        return sent;
    }

    @Test
    void aSubscriberOfABookOfLimitedDepthSeesTheBestLevelsOfTheWholeBook() throws IOException {
        List<Raw> raws = coinbase();
        StageTester limited = tester(3);
        StageTester whole = tester(0);
        BookSubscriber ofLimited = new BookSubscriber();
        BookSubscriber ofWhole = new BookSubscriber();
        for (Raw raw : raws) {
            limited.send(raw).forEach(ofLimited::on);
            whole.send(raw).forEach(ofWhole::on);
            if (raw.instrument() != null) {
                assertThat(ofLimited.top(raw.instrument(), 4)).isEqualTo(ofWhole.top(raw.instrument(), 3));
            }
        }
    }
}
