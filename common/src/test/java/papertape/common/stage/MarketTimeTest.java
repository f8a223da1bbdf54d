package papertape.common.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import papertape.common.message.Clock;
import papertape.common.message.Header;
import papertape.common.value.MessageId;

class MarketTimeTest {
    private static final long NOW = 1_700_000_000_000_000L;

    private final TreeMap<String, Object> saved = new TreeMap<>();

    private MarketTime time() {
        return new MarketTime(
                new StateStore() {
                    @Override
                    @SuppressWarnings("unchecked")
                    public <K extends Comparable<? super K>, V> StateTable<K, V> table(
                            String name, Function<String, K> key, Class<V> value) {
                        return (StateTable<K, V>)
                                saved.computeIfAbsent(name, any -> new StateTable<K, V>(new TreeMap<>()));
                    }
                },
                60_000);
    }

    private static Clock clock(long ts) {
        return new Clock(new Header(MessageId.of("execution.0-1"), ts, null, ts), "SIM", ts);
    }

    @Test
    void onlyAClockMovesItAndItSurvivesARestart() {
        MarketTime time = time();
        assertThat(time.at(5)).isEqualTo(5);
        time.on(clock(NOW));
        time.flaw(NOW + 1_000_000);

        assertThat(time.at(5)).isEqualTo(NOW);
        assertThat(time().at(5)).isEqualTo(NOW);
    }

    @Test
    void itDoesNotGoBackUnlessTheDataBeganAgain() {
        MarketTime time = time();
        time.on(clock(NOW));
        time.on(clock(NOW - 1_000_000));
        assertThat(time.at(0)).isEqualTo(NOW);
        time.on(clock(NOW - 86_400_000_000L));
        assertThat(time.at(0)).isEqualTo(NOW - 86_400_000_000L);
    }

    @Test
    void atTheBoundATimestampIsBelievedAndOneMicrosecondBeyondItIsNot() {
        MarketTime time = time();
        assertThat(time.flaw(0)).as("nothing to compare with").isNull();
        time.on(clock(NOW));

        assertThat(time.flaw(NOW + 60_000_000)).isNull();
        assertThat(time.flaw(NOW - 60_000_000)).isNull();
        assertThat(time.flaw(NOW + 60_000_001)).contains("2023-11-14T22:14:20.000001Z", "60000 ms");
        assertThat(time.flaw(NOW - 60_000_001)).isNotNull();
    }

    @Test
    void theUnitOfAWrongTimestampIsGuessed() {
        MarketTime time = time();
        time.on(clock(NOW));

        assertThat(time.flaw(NOW / 1_000)).endsWith("it looks like milliseconds, microseconds are expected");
        assertThat(time.flaw(NOW / 1_000_000)).endsWith("it looks like seconds, microseconds are expected");
        assertThat(time.flaw(NOW * 1_000)).endsWith("it looks like nanoseconds, microseconds are expected");
        for (long odd : new long[] {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(time.flaw(odd)).doesNotContain("looks like");
        }
    }
}
