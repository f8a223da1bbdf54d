package papertape.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import papertape.common.config.InstrumentSettings;

final class FlipTest {
    private static final int TRADES = 20_000;

    /** So many trades lead to as many signals, whether they are of one instrument or of a thousand. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1_000})
    void oneTradeInTwentyIsDrawn(int instruments) {
        int drawn = 0;
        for (InstrumentSettings each : Market.instruments(instruments)) {
            for (int i = 1; i <= TRADES / instruments; i++) {
                drawn += Flip.draw(each.name().name(), Integer.toString(i), 0) % 20 == 0 ? 1 : 0;
            }
        }
        assertThat(drawn).isBetween(TRADES / 20 * 8 / 10, TRADES / 20 * 12 / 10);
    }

    @Test
    void strategiesDrawDifferentTrades() {
        int both = 0;
        for (int i = 1; i <= TRADES; i++) {
            String id = Integer.toString(i);
            both += Flip.draw("SIM:S001-USD", id, 0) % 20 == 0 && Flip.draw("SIM:S001-USD", id, 1) % 20 == 0 ? 1 : 0;
        }
        assertThat(both).isLessThan(TRADES / 20 / 4);
    }
}
