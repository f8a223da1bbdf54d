package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final int MAX_BATCH = 1_000;

    @Test
    void queuesThatFitIntoABatchAreTakenWhole() {
        Turns turns = new Turns(900, 1_000, 2);
        assertThat(turns.most(900, MAX_BATCH)).isEqualTo(MAX_BATCH);
        assertThat(turns.most(100, MAX_BATCH)).isEqualTo(MAX_BATCH);
    }

    @Test
    void longQueuesGetSharesByTheirLength() {
        Turns turns = new Turns(8_000, 12_000, 2);
        assertThat(turns.most(8_000, MAX_BATCH)).isEqualTo(MAX_BATCH);
        assertThat(turns.most(4_000, MAX_BATCH)).as("half as long").isEqualTo(MAX_BATCH / 2);
    }

    @Test
    void nobodyIsLeftOut() {
        Turns turns = new Turns(1_000_000, 1_000_001, 2);
        assertThat(turns.most(1, MAX_BATCH)).isEqualTo(MAX_BATCH / 4);
        assertThat(turns.most(1, 1)).as("the smallest batch there is").isEqualTo(1);
        long now = System.nanoTime();
        assertThat(turns.until(1) - now).isBetween(6_250_000L, 5_000_000_000L);
    }

    @Test
    void aQueueThatWasFilledMeanwhileTakesNoMoreThanABatch() {
        assertThat(new Turns(8_000, 8_000, 1).most(20_000, MAX_BATCH)).isEqualTo(MAX_BATCH);
    }

    @Test
    void aTaskWithoutAQueueHasTimeToo() {
        long now = System.nanoTime();
        assertThat(new Turns(0, 0, 4).until(0) - now).isGreaterThanOrEqualTo(12_500_000L);
    }
}
