package papertape.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import papertape.common.value.FeedLine;

final class RedundancyTest {
    @Test
    void workersAreSpreadOverTheLinesInTurn() {
        for (int all = 0; all <= 5; all++) {
            int ofA = 0;
            int ofB = 0;
            for (int index = 0; index < all; index++) {
                String line = Redundancy.environment(index).get("PAPERTAPE_LINE");
                ofA += "a".equals(line) ? 1 : 0;
                ofB += "b".equals(line) ? 1 : 0;
            }
            assertThat(Redundancy.workers(FeedLine.A, all)).isEqualTo(ofA);
            assertThat(Redundancy.workers(FeedLine.B, all)).isEqualTo(ofB);
            assertThat(ofA - ofB).isBetween(0, 1);
        }
    }

    @Test
    void withoutAWordThereIsAWorkerALine() {
        assertThat(Redundancy.workers(Map.of(), false)).isEqualTo(Map.of(Stages.FEED, 2));
        assertThat(Redundancy.workers(Map.of(Stages.FEED, 5), false)).isEqualTo(Map.of(Stages.FEED, 5));
    }
}
