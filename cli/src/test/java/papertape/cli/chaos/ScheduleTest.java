package papertape.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
    @Test
    void the_same_seed_gives_the_same_faults() {
        assertThat(Schedule.of(7, 200, 60_000)).isEqualTo(Schedule.of(7, 200, 60_000));
        assertThat(Schedule.of(7, 200, 60_000)).isNotEqualTo(Schedule.of(8, 200, 60_000));
    }

    @Test
    void every_kind_is_in_even_a_short_schedule_and_the_count_is_kept_in_a_long_one() {
        assertThat(kinds(Schedule.of(1, 20, 60_000))).isEqualTo(EnumSet.allOf(FaultKind.class));
        assertThat(Schedule.of(1, 2_000, 60_000)).hasSize(2_000);
    }

    @Test
    void faults_are_in_order_of_time_and_within_the_duration() {
        List<Schedule.Fault> faults = Schedule.of(3, 300, 90_000);
        assertThat(faults.stream().map(Schedule.Fault::atMs).toList()).isSorted();
        assertThat(faults).allMatch(fault -> fault.atMs() >= 0 && fault.atMs() < 90_000);
    }

    private static Set<FaultKind> kinds(List<Schedule.Fault> faults) {
        return faults.stream().map(Schedule.Fault::kind).collect(Collectors.toSet());
    }
}
