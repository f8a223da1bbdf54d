package papertape.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class WorkerProblemsTest {
    private static final int UNKNOWN = -1;

    @Test
    void a_stage_with_all_its_workers_and_partitions_is_no_problem() {
        assertThat(WorkerProblems.problem(stage(2, 2, 8))).isEmpty();
        assertThat(WorkerProblems.problem(stage(2, UNKNOWN, 8))).isEmpty();
    }

    @Test
    void a_stage_that_was_scaled_to_none_is_no_problem() {
        assertThat(WorkerProblems.problem(stage(0, 0, 0))).isEmpty();
    }

    @Test
    void a_stage_without_workers_is_a_problem_whether_or_not_a_supervisor_says_how_many_there_should_be() {
        assertThat(WorkerProblems.problem(stage(0, 1, 8))).contains("no worker", "70 messages");
        assertThat(WorkerProblems.problem(stage(0, UNKNOWN, 0))).contains("no worker");
    }

    @Test
    void a_missing_worker_and_a_partition_without_owner_are_named() {
        assertThat(WorkerProblems.problem(stage(1, 2, 8))).isEqualTo("1 of 2 workers run");
        assertThat(WorkerProblems.problem(stage(2, 2, 7)))
                .isEqualTo("1 of 8 partitions have no owner; nothing reads them");
    }

    @Test
    void what_a_worker_complains_of_is_a_problem_of_its_stage() {
        Snapshot.StageView complaining = new Snapshot.StageView(
                "persistence", 1, 1, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0, new TreeMap<>(), "the database takes no rows");
        Snapshot snapshot = new Snapshot(List.of(complaining, stage(1, 1, 8)), List.of(), 0, List.of(), List.of());
        assertThat(WorkerProblems.of(snapshot))
                .containsExactly(new Problem("persistence", "the database takes no rows"));
    }

    @Test
    void status_has_a_line_for_each_problem() {
        Snapshot snapshot = new Snapshot(List.of(stage(0, 1, 0)), List.of(), 0, List.of(), List.of());
        assertThat(SnapshotTable.of(snapshot)).doesNotContain("PROBLEM");
        assertThat(SnapshotTable.of(
                        snapshot.with(List.of(new Problem("etl", "is gone"), new Problem("redis", "is full")))))
                .endsWith("PROBLEM: etl: is gone\nPROBLEM: redis: is full\n");
    }

    @Test
    void status_tells_late_and_failed_orders() {
        TreeMap<String, Long> counters =
                new TreeMap<>(Map.of("late_orders", 3L, "late_by_us_max", 12_000L, "failed_orders", 0L));
        Snapshot.StageView execution =
                new Snapshot.StageView("execution", 1, 1, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0, counters, null);
        assertThat(SnapshotTable.of(new Snapshot(List.of(execution), List.of(), 0, List.of(), List.of())))
                .contains("late orders in all: 3, by up to 12 ms of event time")
                .doesNotContain("failed");
    }

    private static Snapshot.StageView stage(int workers, int wanted, int owned) {
        return new Snapshot.StageView("etl", workers, wanted, owned, 8, 0, 0, 0, 0, 70, 0, 0, 0, new TreeMap<>(), null);
    }
}
