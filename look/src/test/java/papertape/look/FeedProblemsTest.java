package papertape.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class FeedProblemsTest {
    @Test
    void product_status_that_could_not_be_fetched_three_times_in_a_row_is_a_problem() {
        assertThat(FeedProblems.problem(feed(Map.of()))).isEmpty();
        assertThat(FeedProblems.problem(feed(Map.of(FeedProblems.COUNTER, 2L)))).isEmpty();
        assertThat(FeedProblems.problem(feed(Map.of(FeedProblems.COUNTER, 3L))))
                .contains("3 times in a row", "feed's log");
    }

    private static Snapshot.StageView feed(Map<String, Long> counters) {
        return new Snapshot.StageView("feed", 1, 1, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0, new TreeMap<>(counters), null);
    }
}
