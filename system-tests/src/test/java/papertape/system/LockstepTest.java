package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.cli.replay.Replay;
import papertape.cli.replay.ReplayReport;
import papertape.cli.stack.Home;
import papertape.cli.stack.Stack;
import papertape.cli.stack.Stages;
import papertape.sim.replay.Recording;
import papertape.sim.replay.VenueProtocol;

/** A replay in lockstep gives the same messages, byte for byte, however many workers there are and whatever they suffer. */
final class LockstepTest {
    private static final double MAX = Double.POSITIVE_INFINITY;
    private static final int MESSAGES = 700;
    private static final List<String> THREE_EACH =
            List.of("feed=3", "etl=3", "signal=3", "order=3", "risk=3", "execution=3", "pnl=3");

    @TempDir
    Path folder;

    @Test
    void one_worker_of_each_stage_and_three_and_three_that_get_killed_give_the_same_journals() throws Exception {
        Recording recording = shortened();
        ReplayReport one = play(recording, "one", List.of(), MAX, ReplayRun.unobserved());
        ReplayReport three = play(recording, "three", THREE_EACH, 2, ReplayRun.unobserved());
        Killer killer = new Killer();
        ReplayReport killed = play(recording, "killed", THREE_EACH, MAX, killer);

        assertThat(one.problems()).isEmpty();
        assertThat(one.raw()).isEqualTo(recording.size());
        assertThat(one.fills()).as("fills").isPositive();
        assertThat(one.digests()).isNotEmpty();
        assertThat(three.digests()).isEqualTo(one.digests());
        assertThat(killer.killed).as("workers killed").isGreaterThanOrEqualTo(5);
        assertThat(killed.digests()).isEqualTo(one.digests());
        for (ReplayReport each : List.of(one, three, killed)) {
            assertThat(each.lateOrders()).as("late orders").isZero();
            assertThat(each.accounts()).isEqualTo(one.accounts());
        }
    }

    /**
     * As above over seeds, each of which draws a speed, workers and whether some are killed; as many as {@code
     * -Dpapertape.replay.seeds} says, else one.
     */
    @Test
    void any_speed_any_workers_and_any_kills_give_the_same_fills_positions_and_profit() throws Exception {
        int seeds = Integer.getInteger("papertape.replay.seeds", 1);
        Recording recording = shortened();
        ReplayReport reference = play(recording, "reference", List.of(), MAX, ReplayRun.unobserved());
        for (int seed = 1; seed <= seeds; seed++) {
            Random random = new Random(seed);
            List<String> workers = new ArrayList<>();
            for (Stages stage : Stages.values()) {
                if (stage != Stages.PERSISTENCE) {
                    workers.add(stage.text() + "=" + (1 + random.nextInt(3)));
                }
            }
            double speed = random.nextBoolean() ? MAX : 1 + random.nextInt(10);
            Killer killer = new Killer();
            ReplayReport report = play(
                    recording, "seed-" + seed, workers, speed, random.nextBoolean() ? killer : ReplayRun.unobserved());

            System.out.println("seed " + seed + ": " + workers + ", speed " + speed + ", killed " + killer.killed
                    + ", fills " + report.fills());
            assertThat(report.accounts()).as("accounts, seed %s", seed).isEqualTo(reference.accounts());
            assertThat(report.digests()).as("digests, seed %s", seed).isEqualTo(reference.digests());
            assertThat(report.lateOrders()).as("late orders, seed %s", seed).isZero();
        }
    }

    private ReplayReport play(
            Recording recording, String name, List<String> workers, double speed, Replay.Observer observer)
            throws IOException, InterruptedException {
        Path busy = Files.writeString(folder.resolve(name + ".yaml"), BUSY);
        Replay.Options options = new Replay.Options(
                "coinbase", speed, Stages.workers(workers), List.of(busy), Map.of("PAPERTAPE_BUS_LEASE_MS", "1500"));
        return new Replay(recording, options, new Home(folder.resolve(name)))
                .inLockstep()
                .run(System.out::println, observer);
    }

    /** Strategies that trade within a few seconds of market time. */
    private static final String BUSY = """
            strategies:
              - name: "*"
                instruments: ["*"]
                sizing: notional
                size: 300
                ordType: market
                tif: ioc
              - name: trend
                kind: moving-average-cross
                account: demo
                parameters: {on: trades, fast: 2, slow: 4, everyMs: 100}
              - name: imbalance
                kind: book-imbalance
                account: margin
                ordType: limit
                tif: gtc
                parameters: {window: 3, enter: 0.55, exit: 0.5, everyMs: 200}
            """;

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

    /** Ends a worker of another stage with SIGKILL after each tenth of the recording. */
    private static final class Killer implements Replay.Observer {
        int killed;

        @Override
        public void progress(int sent, int total, Stack stack) {
            long handled = ReplayRun.raw(stack);
            if (handled < (killed + 1L) * total / 10 || killed == Stages.values().length) {
                return;
            }
            Stages stage = Stages.values()[killed];
            Long pid = stack.pids().get(stage.text() + "-1");
            if (pid != null) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                killed++;
            }
        }
    }
}
