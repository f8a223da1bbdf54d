package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import papertape.cli.replay.ReplayReport;
import papertape.sim.replay.Recording;
import papertape.sim.replay.VenueProtocol;

/** A replay in lockstep gives the same messages, byte for byte, however many workers there are and whatever they suffer. */
final class LockstepTest {
    private static final int MESSAGES = 700;
    private static final List<String> THREE_EACH =
            List.of("feed=3", "etl=3", "signal=3", "order=3", "risk=3", "execution=3", "pnl=3");

    @TempDir
    Path folder;

    @Test
    void one_worker_of_each_stage_and_three_and_three_that_get_killed_give_the_same_journals() throws Exception {
        Recording recording = shortened();
        ReplayReport one = assertSame(
                recording,
                List.of(),
                List.of(new Variation(THREE_EACH, 2, false), new Variation(THREE_EACH, Variation.MAX, true)));

        assertThat(one.raw()).isEqualTo(recording.size());
        assertThat(one.fills()).as("fills").isPositive();
    }

    /** As above over variations drawn from seeds; as many as {@code -Dpapertape.replay.seeds} says, else one. */
    @Test
    void any_speed_any_workers_and_any_kills_give_the_same_fills_positions_and_profit() throws Exception {
        int seeds = Integer.getInteger("papertape.replay.seeds", 1);
        ReplayReport reference = assertSame(
                shortened(),
                List.of(),
                LongStream.rangeClosed(1, seeds).mapToObj(Variation::of).toList());
        assertThat(reference.fills()).as("fills").isPositive();
    }

    /** Days of the simulated venue with the end of a session inside; {@code -Dpapertape.replay.days} of them, else one. */
    @Test
    void a_simulated_day_gives_the_same_journals_however_it_is_played() throws Exception {
        int days = Integer.getInteger("papertape.replay.days", 1);
        for (int day = 1; day <= days; day++) {
            RecordedDay recorded = RecordedDay.of(day, Files.createDirectory(folder.resolve("day-" + day)));
            ReplayReport reference =
                    assertSame(recorded.recording(), List.of(recorded.settings()), List.of(Variation.of(1_000L + day)));
            assertThat(reference.fills()).as("fills").isPositive();
        }
    }

    /** Others' recordings, where they are present, and where {@code -Dpapertape.replay.seeds} asks for more than one seed. */
    @ParameterizedTest
    @ValueSource(strings = {"coinbase-2021-04-17.tsv.gz", "binance-2021-10-12.tsv.gz"})
    void a_real_venues_messages_give_the_same_journals_however_they_are_played(String file) throws Exception {
        int seeds = Integer.getInteger("papertape.replay.seeds", 1);
        Optional<Path> shared = Recordings.shared(file);
        assumeTrue(
                seeds > 1 && shared.isPresent(),
                "only with the shared recordings and -Dpapertape.replay.seeds=2 or more");
        String venue = file.substring(0, file.indexOf('-'));
        Recording recording = Recording.read(shared.orElseThrow(), VenueProtocol.of(venue));
        assertSame(
                recording,
                List.of(),
                List.of(
                        new Variation(THREE_EACH, Variation.MAX, true),
                        new Variation(List.of("etl=3", "execution=2"), 5, true)));
    }

    private ReplayReport assertSame(Recording recording, List<Path> settings, List<Variation> variations)
            throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>(settings);
        files.add(Files.writeString(folder.resolve("busy.yaml"), Variation.BUSY));
        Path home = Files.createTempDirectory(folder, "reference-");
        ReplayReport reference = Variation.REFERENCE.play(recording, files, home);
        assertThat(reference.problems()).isEmpty();
        assertThat(reference.digests()).isNotEmpty();
        assertThat(reference.lateOrders()).as("late orders").isZero();
        for (Variation variation : variations) {
            ReplayReport report = variation.play(recording, files, Files.createTempDirectory(folder, "variation-"));
            assertThat(report.accounts()).as("accounts, %s", variation).isEqualTo(reference.accounts());
            assertThat(report.digests()).as("digests, %s", variation).isEqualTo(reference.digests());
            assertThat(report.lateOrders()).as("late orders, %s", variation).isZero();
        }
        return reference;
    }

    /** The beginning of our own recording. */
    private Recording shortened() throws IOException {
        Path file = folder.resolve("shortened.tsv");
        StringBuilder lines = new StringBuilder();
        try (BufferedReader in = Files.newBufferedReader(Recordings.SIMULATED)) {
            for (int i = 0; i < MESSAGES; i++) {
                lines.append(in.readLine()).append('\n');
            }
        }
        Files.writeString(file, lines);
        return Recording.read(file, VenueProtocol.of("coinbase"));
    }
}
