package papertape.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.etl.Feeding.BINANCE;
import static papertape.etl.Feeding.COINBASE;
import static papertape.etl.Feeding.level;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import papertape.common.message.FeedStatus;
import papertape.common.message.Trade;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.FeedLine;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;

/**
 * Two lines with random delays and losses, each message lost by at most one of them: trades and the final book are those of
 * one line that has lost nothing. Another run: {@code -Dlines.seed=N}.
 */
class LossyLinesTest {
    private static final int MESSAGES = 600;
    private static final int MOST_AHEAD = 150;
    private static final int RUNS = 60;
    private static final long FIRST_SEED = Long.getLong("lines.seed", 1);

    /** What a venue prints; {@code group}: messages of one time, which only one line loses, else their order is not known. */
    private record Printed(double at, Instrument instrument, String channel, String payload, int group) {}

    private record Result(Set<String> trades, int tradeCount, List<?> book, long gaps, List<Long> counts) {}

    @ParameterizedTest
    @ValueSource(strings = {"timed", "untimed", "numbered"})
    void twoLinesThatEachLoseOthersAreAsGoodAsOneThatLosesNothing(String kind) {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
            Random random = new Random(seed);
            List<Printed> all = kind.equals("numbered") ? binance(random) : coinbase(random, kind.equals("timed"));
            Instrument instrument = all.getFirst().instrument();
            Feeding one = Feeding.plain();
            Run single = new Run(one, instrument);
            all.forEach(each -> single.send(FeedLine.A, each));
            Result expected = single.result();

            Set<Printed> lostByA = new HashSet<>();
            Set<Printed> lostByB = new HashSet<>();
            lose(all, random, lostByA, lostByB);
            Run twofold = new Run(Feeding.overTwoLines(), instrument);
            interleave(all, random, lostByA, lostByB, twofold);
            Result actual = twofold.result();

            String run = kind + ", seed " + seed;
            assertThat(expected.trades()).as(run).isNotEmpty();
            assertThat(actual.trades()).as(run).isEqualTo(expected.trades());
            assertThat(actual.tradeCount()).as(run).isEqualTo(expected.tradeCount());
            assertThat(actual.book()).as(run).isEqualTo(expected.book());
            assertThat(actual.gaps())
                    .as("%s: what one line brings is no gap", run)
                    .isZero();
            assertThat(actual.counts())
                    .as("%s: both, only A, only B", run)
                    .containsExactly(counted(all) - lostByA.size() - lostByB.size(), (long) lostByB.size(), (long)
                            lostByA.size());
        }
    }

    private static long counted(List<Printed> all) {
        return all.stream()
                .filter(each ->
                        !Set.of("snapshot", "depthSnapshot", "heartbeat").contains(each.channel()))
                .count();
    }

    /** The beginning and the end come over both. */
    private static void lose(List<Printed> all, Random random, Set<Printed> lostByA, Set<Printed> lostByB) {
        for (Printed each : all.subList(4, all.size() - 8)) {
            if (random.nextInt(4) == 0 && !each.channel().equals("heartbeat")) {
                boolean isLostByA = each.group() >= 0 ? each.group() % 2 == 0 : random.nextBoolean();
                (isLostByA ? lostByA : lostByB).add(each);
            }
        }
    }

    private static void interleave(
            List<Printed> all, Random random, Set<Printed> lostByA, Set<Printed> lostByB, Run run) {
        List<List<Printed>> lines = List.of(new ArrayList<>(all), new ArrayList<>(all));
        lines.get(0).removeAll(lostByA);
        lines.get(1).removeAll(lostByB);
        int[] next = new int[2];
        // while only one line has ever been heard, nobody waits for the other
        play(lines, next, new int[] {4, 4}, run);
        int[] end = {lines.get(0).size() - 8, lines.get(1).size() - 8};
        while (next[0] < end[0] || next[1] < end[1]) {
            int lead = next[0] - next[1];
            int line = Math.abs(lead) < MOST_AHEAD ? random.nextInt(2) : lead > 0 ? 1 : 0;
            // one after the other, each for a while
            for (int burst = random.nextInt(40); burst >= 0 && next[line] < end[line]; burst--) {
                run.send(FeedLine.values()[line], lines.get(line).get(next[line]++));
            }
            if (random.nextInt(20) == 0) {
                run.feed.restart();
            }
        }
        play(lines, next, new int[] {lines.get(0).size(), lines.get(1).size()}, run);
    }

    /** Side by side. */
    private static void play(List<List<Printed>> lines, int[] next, int[] end, Run run) {
        while (next[0] < end[0] || next[1] < end[1]) {
            for (FeedLine line : FeedLine.values()) {
                if (next[line.ordinal()] < end[line.ordinal()]) {
                    run.send(line, lines.get(line.ordinal()).get(next[line.ordinal()]++));
                }
            }
        }
    }

    private static final class Run {
        final Feeding feed;
        private final Instrument instrument;
        private final BookSubscriber book = new BookSubscriber();
        private final Set<String> trades = new TreeSet<>();
        private int tradeCount;
        private long gaps;

        Run(Feeding feed, Instrument instrument) {
            this.feed = feed;
            this.instrument = instrument;
        }

        void send(FeedLine line, Printed printed) {
            for (Sent sent :
                    feed.over(line).at(printed.at()).send(printed.instrument(), printed.channel(), printed.payload())) {
                book.on(sent);
                if (sent.message() instanceof Trade trade) {
                    trades.add(Feeding.text(trade));
                    tradeCount++;
                }
                if (sent.message() instanceof FeedStatus status && status.status() != FeedState.LIVE) {
                    gaps += status.detail().startsWith("crossed") ? 0 : 1;
                }
            }
        }

        Result result() {
            return new Result(trades, tradeCount, book.top(instrument, 1_000), gaps, feed.counts());
        }
    }

    private static List<Printed> coinbase(Random random, boolean isTimed) {
        Feeding texts = Feeding.plain();
        List<Printed> all = new ArrayList<>();
        String snapshot = texts.at(0.5).snapshotText(level("50", "1"), level("150", "1"), isTimed);
        all.add(new Printed(0.5, COINBASE, "snapshot", snapshot, -1));
        long micros = 1_000_000;
        long trade = 0;
        int group = -1;
        for (int i = 0; i < MESSAGES; i++) {
            boolean isSameTime = random.nextInt(3) == 0;
            micros += isSameTime ? 0 : 1 + random.nextInt(5_000);
            group = isSameTime ? group : group + 1;
            double at = micros / 1e6;
            texts.at(at);
            if (i == 0 || random.nextInt(4) == 0) {
                all.add(new Printed(at, COINBASE, "match", texts.matchText(++trade, "100", "" + (i + 1)), -1));
            } else {
                boolean isBuy = random.nextBoolean();
                String px = Integer.toString(isBuy ? 50 + random.nextInt(40) : 110 + random.nextInt(40));
                // each content once, so that a repeated one cannot hide a mistake
                String qty = random.nextInt(4) == 0 ? "0" : Integer.toString(i + 1);
                String text = texts.updateText(isBuy ? "buy" : "sell", px, qty);
                if (all.stream().noneMatch(each -> each.payload().equals(text))) {
                    all.add(new Printed(at, COINBASE, "l2update", text, group));
                }
            }
        }
        end(all, texts, micros / 1e6);
        return all;
    }

    /** Both lines come to the same end, and the time goes on until what is alone is counted. */
    private static void end(List<Printed> all, Feeding texts, double after) {
        for (int i = 1; i <= 4; i++) {
            double at = after + i;
            String text = texts.at(at).updateText("buy", Integer.toString(30 + i), "1");
            all.add(new Printed(at, COINBASE, "l2update", text, -1));
        }
        for (double at : new double[] {after + 10, after + 11, after + 12, after + 13}) {
            all.add(new Printed(at, COINBASE, "heartbeat", texts.at(at).heartbeatText(), -1));
        }
    }

    private static List<Printed> binance(Random random) {
        Feeding texts = Feeding.plain();
        List<Printed> all = new ArrayList<>();
        all.add(new Printed(
                0, BINANCE, "depthSnapshot", Feeding.depthSnapshotText(10, level("50", "1"), level("150", "1")), -1));
        long micros = 1_000_000;
        long update = 10;
        long trade = 0;
        for (int i = 0; i < MESSAGES; i++) {
            micros += 1_000L * (1 + random.nextInt(3));
            double at = micros / 1e6;
            texts.at(at);
            if (i == 0 || random.nextInt(4) == 0) {
                all.add(new Printed(at, BINANCE, "aggTrade", texts.aggTradeText(++trade, "100", "" + (i + 1)), -1));
            } else {
                String bid = level(Integer.toString(50 + random.nextInt(40)), Integer.toString(random.nextInt(3)));
                String ask = level(Integer.toString(110 + random.nextInt(40)), Integer.toString(random.nextInt(3)));
                long last = update + 1 + random.nextInt(3);
                all.add(new Printed(at, BINANCE, "depth", texts.depthText(update + 1, last, bid, ask), -1));
                update = last;
            }
        }
        for (int i = 1; i <= 8; i++) {
            double at = micros / 1e6 + 2 * i;
            all.add(new Printed(at, BINANCE, "aggTrade", texts.at(at).aggTradeText(++trade, "100", "1"), -1));
        }
        return all;
    }
}
