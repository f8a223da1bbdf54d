package papertape.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.config.ExecutionSettings;

class ScheduleTest {
    private static final long SECOND = 1_000_000;

    /**
     * A line of product A or B for each time in milliseconds; A is in partition 0, B in partition 1. After a slash the
     * venue's own time.
     */
    private static Schedule of(long lengthMicros, String... lines) {
        List<String> times = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.substring(1).split("/");
            long event = parts.length == 1 ? 0 : Long.parseLong(parts[1]) * 1_000;
            times.add(line.charAt(0) + "\t" + Long.parseLong(parts[0]) * 1_000 + "\t" + event);
        }
        return new Schedule(new RecordedTimes(times), product -> product.equals("A") ? 0 : 1, 2, lengthMicros);
    }

    /** Each turn as its lines and the clock at its end, in milliseconds. */
    private static List<String> turns(Schedule schedule) {
        List<String> turns = new ArrayList<>();
        while (schedule.advance()) {
            turns.add(schedule.first() + ".." + schedule.next()
                    + (schedule.hasClock() ? " clock " + schedule.clock() / 1_000 : ""));
        }
        return turns;
    }

    @Test
    void aTurnIsWhatWasReceivedInOneCellOfTimeAndAClockStandsAtEveryQuarterOfASecond() {
        assertThat(turns(of(25_000, "A1000", "B1010", "A1024", "A1025", "B1249", "A1250")))
                .containsExactly("0..3", "3..4", "4..5 clock 1250", "5..6", "6..6 clock 1500");
    }

    @Test
    void messages_that_a_connection_held_up_and_that_came_at_once_are_turns_by_the_venues_time() {
        assertThat(turns(of(
                        25_000,
                        "A1240/900",
                        "B1240/910",
                        "A1241/920",
                        "A1242/930",
                        "B1243/920",
                        "A1244/955",
                        "B1249/0")))
                .containsExactly("0..3", "3..5", "5..7 clock 1250", "7..7 clock 1500");
    }

    @Test
    void a_late_trade_of_an_older_time_begins_no_turn() {
        assertThat(turns(of(25_000, "A1240/930", "A1241/700", "A1242/935")))
                .first()
                .isEqualTo("0..3 clock 1250");
    }

    @Test
    void timeGoesOnThroughAHoleAndInALongOneInLongerSteps() {
        List<String> turns = turns(of(25_000, "A0", "A1000"));
        assertThat(turns)
                .containsExactly(
                        "0..1",
                        "1..1 clock 250",
                        "1..1 clock 500",
                        "1..1 clock 750",
                        "1..1 clock 1000",
                        "1..2",
                        "2..2 clock 1250");

        assertThat(turns(of(25_000, "A0", "A60000"))).hasSize(243);
        assertThat(turns(of(25_000, "A0", "A86400000"))).as("a day").hasSizeBetween(500, 3_000);
    }

    @Test
    void aLineIsNeverBehindAClockOfItsTime() {
        Schedule schedule = of(25_000, "A0", "A50000000", "A50000300");
        long clock = 0;
        while (schedule.advance()) {
            for (int line = schedule.first(); line < schedule.next(); line++) {
                assertThat(clock)
                        .isLessThanOrEqualTo(line == 0 ? 0 : line == 1 ? 50_000 * SECOND : 50_000 * SECOND + 300_000);
            }
            clock = schedule.clock();
        }
    }

    @Test
    void timesThatGoBackTakeTheTimeBeforeThem() {
        assertThat(turns(of(25_000, "A1000", "A900", "B1001"))).containsExactly("0..3", "3..3 clock 1250");
    }

    @Test
    void whereAnOrderActsAtOnceATurnIsOneMessage() {
        assertThat(turns(of(0, "A1000", "B1000", "A1001"))).containsExactly("0..1", "1..2", "2..3", "3..3 clock 1250");
    }

    @Test
    void aTurnIsFoundByHowManyMessagesEachPartitionHasSent() {
        Schedule schedule = of(25_000, "A1000", "B1010", "B1011", "A1300");
        assertThat(schedule.isSent(new long[] {0, 0})).as("before the first").isTrue();
        schedule.advance();

        assertThat(schedule.isSent(new long[] {1, 1})).isFalse();
        assertThat(schedule.isSent(new long[] {1, 1}, 0)).isTrue();
        assertThat(schedule.sentOf(new long[] {1, 1}, 1)).isEqualTo(1);
        assertThat(schedule.isSent(new long[] {1, 2})).isTrue();
        assertThat(schedule.isExceeded(new long[] {1, 2})).isFalse();
        assertThat(schedule.isExceeded(new long[] {2, 2}))
                .as("the clock after it")
                .isTrue();
    }

    @Test
    void aTurnIsAtMostHalfOfTheShortestLatency() {
        assertThat(Schedule.length(latencies(50, 60, 70))).isEqualTo(25_000);
        assertThat(Schedule.length(latencies(50, 10, 70))).isEqualTo(5_000);
        assertThat(Schedule.length(latencies(1, 1, 1))).isEqualTo(500);
        assertThat(Schedule.length(latencies(1_000, 1_000, 1_000))).isEqualTo(125_000);
        assertThat(Schedule.length(latencies(0, 50, 50))).isZero();
        for (int ms = 1; ms < 400; ms++) {
            long length = Schedule.length(latencies(ms, ms, ms));
            assertThat(Schedule.CLOCK % length).as("%s ms", ms).isZero();
        }
    }

    private static ExecutionSettings latencies(int insert, int cancel, int replace) {
        BigDecimal any = BigDecimal.TEN;
        return new ExecutionSettings(insert, cancel, replace, any, "queue", any, any);
    }
}
