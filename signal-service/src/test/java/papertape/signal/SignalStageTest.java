package papertape.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import papertape.common.config.Config;
import papertape.common.config.ConfigException;
import papertape.common.config.ConfigReader;
import papertape.common.config.StrategySettings;
import papertape.common.json.StateCodec;
import papertape.common.message.Bar;
import papertape.common.message.Header;
import papertape.common.message.Message;
import papertape.common.message.Quote;
import papertape.common.message.Signal;
import papertape.common.message.Trade;
import papertape.common.strategy.Strategy;
import papertape.common.strategy.StrategyContext;
import papertape.common.strategy.StrategyFactory;
import papertape.common.testkit.StageTester;
import papertape.common.value.AccountId;
import papertape.common.value.Direction;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.StrategyId;
import papertape.common.value.TradeId;

class SignalStageTest {
    private static final Instrument BTC = Instrument.of("SIM:BTC-USD");
    private static final Config CONFIG = ConfigReader.defaults(Map.of());
    private static final List<StrategyFactory> BUILT_IN =
            List.of(new MovingAverageCross.Factory(), new RsiReversion.Factory(), new BookImbalance.Factory());

    private long now = 1_000_000;
    private int trades;

    @Test
    void averagesCrossAfterWarmUpAndOnlyChangesAreSent() {
        StageTester stage = stage("moving-average-cross", Map.of("fast", "2", "slow", "4"));

        assertThat(run(stage, this::trade, "10", "11", "12", "13", "14", "9", "5", "5", "20", "30"))
                .containsExactly("x LONG 13", "x SHORT 9", "x LONG 20");
    }

    @Test
    void aSignalThatALateTradeLeadsToIsSaidNow() {
        StageTester stage = stage("trade-echo", Map.of());
        stage.send(trade("10"));
        stage.send(trade("11"));
        long newest = now;
        now -= 5_000;

        List<Signal> signals = stage.send(trade("5"), Signal.class);

        assertThat(signals).extracting(Signal::ts).containsExactly(newest);
    }

    @Test
    void signalWaitsUntilTheTimeBetweenSignalsIsOver() {
        StageTester stage = stage("moving-average-cross", Map.of("fast", "1", "slow", "2", "everyMs", "3"));

        // a trade a millisecond
        assertThat(run(stage, this::trade, "1", "2", "1", "3", "2", "1", "9", "10"))
                .containsExactly("x LONG 2", "x SHORT 2", "x LONG 10");
    }

    @Test
    void equalAveragesSayNothing() {
        StageTester stage = stage("moving-average-cross", Map.of("fast", "2", "slow", "4"));

        assertThat(run(stage, this::trade, "10", "10", "10", "10", "10", "10")).isEmpty();
    }

    @Test
    void onBarsOnlyFinishedOnesOfTheIntervalCountAndTheSignalIsDatedByTheirEnd() {
        StageTester stage = stage("moving-average-cross", Map.of("fast", "1", "slow", "2", "on", "bars:1m"));

        stage.send(bar("1m", "10", true));
        assertThat(stage.send(bar("1m", "11", false), Signal.class)).isEmpty();
        assertThat(stage.send(bar("1s", "11", true), Signal.class)).isEmpty();
        assertThat(stage.send(trade("11"), Signal.class)).isEmpty();
        Bar last = bar("1m", "12", true);
        assertThat(stage.send(last, Signal.class))
                .singleElement()
                .satisfies(signal -> assertThat(signal.ts()).isEqualTo(last.ts() + 60_000_000));
    }

    @Test
    void rsiBuysWeaknessSellsStrengthAndEndsInTheMiddle() {
        StageTester stage = stage("rsi-reversion", Map.of("period", "2", "low", "20", "high", "80"));

        assertThat(run(stage, this::trade, "10", "9", "8", "9", "12", "13", "14", "11", "9"))
                .containsExactly("x LONG 8", "x FLAT 9", "x SHORT 12", "x FLAT 11", "x LONG 9");
    }

    @Test
    void rsiOfAPriceThatDoesNotMoveSaysNothing() {
        StageTester stage = stage("rsi-reversion", Map.of("period", "2"));

        assertThat(run(stage, this::trade, "10", "10", "10", "10", "10")).isEmpty();
    }

    @Test
    void imbalanceFollowsTheHeavierSideAtTheOppositePrice() {
        StageTester stage =
                stage("book-imbalance", Map.of("window", "1", "enter", "0.8", "exit", "0.5", "everyMs", "0"));

        assertThat(run(stage, this::quote, "5 5", "9 1", "8 2", "6 4", "5 5", "1 9", "4 6", "6 4"))
                .containsExactly("x LONG 101", "x FLAT 100", "x SHORT 100", "x FLAT 101");
    }

    @Test
    void imbalanceWaitsForItsWindowAndTheTimeBetweenSignals() {
        StageTester stage =
                stage("book-imbalance", Map.of("window", "3", "enter", "0.6", "exit", "0.5", "everyMs", "3"));

        // a quote a millisecond: warm at the third, silent for the three after a signal
        assertThat(run(stage, this::quote, "9 1", "9 1")).isEmpty();
        assertThat(run(stage, this::quote, "9 1")).containsExactly("x LONG 101");
        assertThat(run(stage, this::quote, "0.1 9", "0.1 9")).isEmpty();
        assertThat(run(stage, this::quote, "0.1 9")).containsExactly("x SHORT 100");
    }

    @Test
    void oneSidedQuoteIsPassedOver() {
        StageTester stage = stage("book-imbalance", Map.of("window", "1", "everyMs", "0"));

        Quote quote = new Quote(stage.header(now), BTC, Price.of("100"), Qty.of("9"), null, null, 1);
        assertThat(stage.send(quote)).isEmpty();
    }

    @Test
    void instrumentThatIsNotConfiguredHasNoStrategies() {
        StageTester stage = stage("moving-average-cross", Map.of("fast", "1", "slow", "2"));

        for (String price : List.of("1", "2", "3")) {
            Trade trade = new Trade(
                    stage.header(now),
                    Instrument.of("SIM:NOPE"),
                    Price.of(price),
                    Qty.of("1"),
                    Side.BUY,
                    TradeId.of("t" + price),
                    1);
            assertThat(stage.send(trade)).isEmpty();
        }
    }

    @Test
    void anotherStrategysSignalArrivesInTheSameCall() {
        StageTester stage = stage(List.of(
                settings("x", "moving-average-cross", Map.of("fast", "1", "slow", "2")),
                settings("y", "echo", Map.of())));

        assertThat(run(stage, this::trade, "1", "2", "1"))
                .containsExactly("x LONG 2", "y SHORT 2", "x SHORT 1", "y LONG 1");
    }

    @Test
    void strategiesThatAnswerEachOtherWithoutEndAreCutOff() {
        StageTester stage = stage(List.of(
                settings("x", "moving-average-cross", Map.of("fast", "1", "slow", "2")),
                settings("y", "echo", Map.of()),
                settings("z", "echo", Map.of())));

        stage.send(trade("1"));
        assertThatThrownBy(() -> stage.send(trade("2")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("without end");
    }

    @Test
    void unknownKindAndWrongParametersAreAllNamedWithWhatIsAccepted() {
        List<StrategySettings> wrong = List.of(
                settings("a", "nothing", Map.of()),
                settings("b", "moving-average-cross", Map.of("quick", "1")),
                settings("c", "moving-average-cross", Map.of("fast", "9", "slow", "9")),
                settings("d", "rsi-reversion", Map.of("period", "x")),
                settings("e", "rsi-reversion", Map.of("on", "bars:5x")));

        assertThatThrownBy(() -> StrategyCatalog.of(BUILT_IN, wrong))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "strategies[a].kind: \"nothing\" (accepted: book-imbalance, moving-average-cross,"
                                                + " rsi-reversion; a jar in strategies/ can bring more)",
                                        "strategies[b].parameters: unknown key \"quick\" (accepted: everyMs, fast, on, slow)",
                                        "strategies[c].parameters.fast: \"9\" (accepted: less than slow, 9)",
                                        "strategies[d].parameters.period: \"x\" (accepted: a whole number from 2 to 1000)",
                                        "strategies[e].parameters.on: \"bars:5x\" (accepted: trades, or bars: and an interval of"
                                                + " etl.bars, as in bars:1s)"));
    }

    @Test
    void shippedStrategiesAreFoundAndSignalWithinAHundredTrades() {
        StrategyCatalog catalog = StrategyCatalog.load(CONFIG);
        StageTester stage = new StageTester("signal", context -> new SignalStage(CONFIG, catalog, context));

        List<String> sent = random(stage, 1, 200, 0);

        assertThat(catalog.configured()).hasSize(3);
        assertThat(sent).anyMatch(text -> text.startsWith("trend "));
        assertThat(sent).anyMatch(text -> text.startsWith("reversion "));
        assertThat(sent).anyMatch(text -> text.startsWith("imbalance "));
    }

    @Test
    void restartAtAnyPointChangesNothing() {
        StrategyCatalog catalog = StrategyCatalog.load(CONFIG);
        for (long seed = 1; seed <= 10; seed++) {
            StageTester once = new StageTester("signal", context -> new SignalStage(CONFIG, catalog, context));
            List<String> through = random(once, seed, 600, 0);
            StageTester again = new StageTester("signal", context -> new SignalStage(CONFIG, catalog, context));
            assertThat(random(again, seed, 600, 0.2))
                    .as("seed " + seed)
                    .isEqualTo(through)
                    .isNotEmpty();
        }
    }

    @Test
    void savedStateSurvivesItsWayThroughText() {
        StateCodec<LastSignal> codec = new StateCodec<>(LastSignal.class);
        LastSignal last = new LastSignal(Direction.SHORT, 0.1 + 0.2);

        assertThat(codec.decode(codec.encode(last))).isEqualTo(last);
    }

    @Test
    void memoryOfOtherParametersIsForgotten() {
        StrategyCatalog[] catalog = {catalog(settings("x", "moving-average-cross", Map.of("fast", "1", "slow", "3")))};
        StageTester stage = new StageTester("signal", context -> new SignalStage(CONFIG, catalog[0], context));
        run(stage, this::trade, "1", "2");

        catalog[0] = catalog(settings("x", "moving-average-cross", Map.of("fast", "1", "slow", "2")));
        stage.restart();

        assertThat(run(stage, this::trade, "3")).isEmpty();
        assertThat(run(stage, this::trade, "4")).containsExactly("x LONG 4");
    }

    private List<String> random(StageTester stage, long seed, int messages, double restarts) {
        now = 1_000_000;
        trades = 0;
        Random random = new Random(seed);
        Random restart = new Random(seed + 1);
        List<String> sent = new ArrayList<>();
        BigDecimal price = BigDecimal.valueOf(100);
        for (int i = 0; i < messages; i++) {
            if (restart.nextDouble() < restarts) {
                stage.restart();
            }
            price = price.add(BigDecimal.valueOf(random.nextInt(-10, 11), 2));
            now += 50_000;
            Message message = random.nextBoolean()
                    ? trade(price.toPlainString())
                    : quote((1 + random.nextInt(90)) + " " + (1 + random.nextInt(90)));
            stage.send(message, Signal.class).forEach(signal -> sent.add(text(signal) + " " + signal.ts()));
        }
        return sent;
    }

    private List<String> run(StageTester stage, Function<String, Message> message, String... texts) {
        List<String> sent = new ArrayList<>();
        for (String each : texts) {
            stage.send(message.apply(each), Signal.class).forEach(signal -> sent.add(text(signal)));
        }
        return sent;
    }

    private static String text(Signal signal) {
        return signal.strategy() + " " + signal.direction() + " " + signal.price();
    }

    private Trade trade(String price) {
        now += 1000;
        return new Trade(header(), BTC, Price.of(price), Qty.of("1"), Side.BUY, TradeId.of("t" + ++trades), trades);
    }

    private Quote quote(String sizes) {
        now += 1000;
        int space = sizes.indexOf(' ');
        return new Quote(
                header(),
                BTC,
                Price.of("100"),
                Qty.of(sizes.substring(0, space)),
                Price.of("101"),
                Qty.of(sizes.substring(space + 1)),
                1);
    }

    private Bar bar(String interval, String close, boolean closed) {
        now += 1000;
        Price price = Price.of(close);
        return new Bar(header(), BTC, interval, price, price, price, price, Qty.of("1"), price, 1, closed);
    }

    private Header header() {
        return new Header(MessageId.of("test.0-" + now), now, null, now);
    }

    private static StageTester stage(String kind, Map<String, String> parameters) {
        return stage(List.of(settings("x", kind, parameters)));
    }

    private static StageTester stage(List<StrategySettings> strategies) {
        StrategyCatalog catalog = catalog(strategies.toArray(StrategySettings[]::new));
        return new StageTester("signal", context -> new SignalStage(CONFIG, catalog, context));
    }

    private static StrategyCatalog catalog(StrategySettings... strategies) {
        List<StrategyFactory> factories = new ArrayList<>(BUILT_IN);
        factories.add(new Echo());
        factories.add(new TradeEcho());
        return StrategyCatalog.of(factories, List.of(strategies));
    }

    private static StrategySettings settings(String name, String kind, Map<String, String> parameters) {
        return new StrategySettings(
                StrategyId.of(name),
                kind,
                AccountId.of("demo"),
                List.of("*"),
                "notional",
                BigDecimal.ONE,
                "market",
                "ioc",
                parameters);
    }

    /** Answers each trade. */
    private static final class TradeEcho implements StrategyFactory {
        @Override
        public String kind() {
            return "trade-echo";
        }

        @Override
        public Set<String> parameters() {
            return Set.of();
        }

        @Override
        public Strategy create(StrategyContext context) {
            return new Strategy() {
                @Override
                public void onTrade(Trade trade) {
                    context.repeat(Direction.LONG, 1, trade.price(), "traded");
                }
            };
        }
    }

    /** Answers each signal with the opposite, always. */
    private static final class Echo implements StrategyFactory {
        @Override
        public String kind() {
            return "echo";
        }

        @Override
        public Set<String> parameters() {
            return Set.of();
        }

        @Override
        public Strategy create(StrategyContext context) {
            return new Strategy() {
                @Override
                public void onSignal(Signal signal) {
                    Direction opposite = signal.direction() == Direction.LONG ? Direction.SHORT : Direction.LONG;
                    context.repeat(opposite, 1, signal.price(), "opposite of " + signal.strategy());
                }
            };
        }
    }
}
