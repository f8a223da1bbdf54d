package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.cli.chaos.Chaos;
import papertape.cli.chaos.ChaosReport;
import papertape.cli.chaos.FaultKind;
import papertape.cli.stack.Home;

/** A stack that everything happens to: at the end nothing is missing, doubled or wrong. */
final class ChaosTest {
    private static final long SEED = 20_261_123;
    private static final long FAULTS_MS = 210_000;
    private static final int FAULTS = 225;
    private static final int RATE = 500;
    private static final int DRAIN_SECONDS = 240;

    @TempDir
    Path folder;

    @Test
    void two_hundred_faults_of_every_kind_lose_and_double_nothing() throws Exception {
        Chaos.Options options = new Chaos.Options(SEED, FAULTS_MS, FAULTS, RATE, DRAIN_SECONDS, Map.of());

        ChaosReport report = new Chaos(options, new Home(folder), System.out::println).run();

        System.out.println("seed " + SEED + ": " + report.byKind() + " " + report.effects());
        assertThat(report.problems()).as("seed %d", SEED).isEmpty();
        assertThat(report.faults()).isGreaterThanOrEqualTo(200);
        assertThat(report.byKind().keySet())
                .containsAll(
                        Arrays.stream(FaultKind.values()).map(FaultKind::text).toList());
        assertThat(report.trades()).isPositive();
    }
}
