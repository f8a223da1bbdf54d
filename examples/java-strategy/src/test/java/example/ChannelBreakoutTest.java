package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import papertape.common.message.Bar;
import papertape.common.message.Header;
import papertape.common.strategy.Parameters;
import papertape.common.strategy.Strategy;
import papertape.common.strategy.StrategyContext;
import papertape.common.strategy.StrategyFactory;
import papertape.common.value.Direction;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.StrategyId;

class ChannelBreakoutTest {
    private static final Instrument BTC = Instrument.of("SIM:BTC-USD");

    private final Memory memory = new Memory(Map.of("interval", "1m", "length", "3"));
    private Strategy strategy = new ChannelBreakout().create(memory);

    @Test
    void longAboveTheHighestOfTheLastBarsAndFlatBelowTheLowest() {
        closes(10, 12, 11, 12, 13, 11, 10);

        assertThat(memory.signals).containsExactly("LONG 13 close=13 above=12", "FLAT 10 close=10 below=11");
    }

    @Test
    void silentUntilTheChannelIsFull() {
        closes(10, 20, 30);

        assertThat(memory.signals).isEmpty();
    }

    @Test
    void runningBarsAndOtherIntervalsDoNotCount() {
        closes(10, 10, 10);
        strategy.onBar(bar("1m", 20, false));
        strategy.onBar(bar("1s", 20, true));

        assertThat(memory.signals).isEmpty();
    }

    @Test
    void goesOnAfterARestartAsIfNothingHadHappened() {
        closes(10, 12, 11);
        strategy = new ChannelBreakout().create(memory);
        closes(13);

        assertThat(memory.signals).containsExactly("LONG 13 close=13 above=12");
    }

    @Test
    void wrongParameterIsNamedWithWhatIsAccepted() {
        assertThatThrownBy(() -> new ChannelBreakout().check(new Parameters(Map.of("length", "1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("length", "\"1\"", "2 to 200");
    }

    @Test
    void isFoundByItsKind() {
        assertThat(ServiceLoader.load(StrategyFactory.class))
                .extracting(StrategyFactory::kind)
                .contains("channel-breakout");
    }

    private void closes(int... closes) {
        for (int close : closes) {
            strategy.onBar(bar("1m", close, true));
        }
    }

    private static Bar bar(String interval, int close, boolean closed) {
        Price price = new Price(BigDecimal.valueOf(close));
        Header header = new Header(MessageId.of("test.0-1"), 1, null, 1);
        return new Bar(header, BTC, interval, price, price, price, price, Qty.of("1"), price, 1, closed);
    }

    /** What the stack gives a strategy, kept in memory. */
    private static final class Memory implements StrategyContext {
        final List<String> signals = new ArrayList<>();
        private final Map<String, String> saved = new HashMap<>();
        private final Parameters parameters;

        Memory(Map<String, String> parameters) {
            this.parameters = new Parameters(parameters);
        }

        @Override
        public StrategyId name() {
            return StrategyId.of("breakout");
        }

        @Override
        public Instrument instrument() {
            return BTC;
        }

        @Override
        public Parameters parameters() {
            return parameters;
        }

        @Override
        public @Nullable String saved(String key) {
            return saved.get(key);
        }

        @Override
        public void save(String key, String value) {
            saved.put(key, value);
        }

        @Override
        public void signal(Direction direction, double strength, Price price, String reason) {
            repeat(direction, strength, price, reason);
        }

        @Override
        public void repeat(Direction direction, double strength, Price price, String reason) {
            signals.add(direction + " " + price + " " + reason);
        }
    }
}
