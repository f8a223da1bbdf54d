package papertape.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import papertape.cli.replay.Replay;
import papertape.cli.replay.ReplayReport;
import papertape.cli.stack.Home;
import papertape.cli.stack.Stack;
import papertape.cli.stack.Stages;
import papertape.sim.replay.Recording;

/**
 * One way to play a recording in lockstep, whose results must not depend on it.
 *
 * @param workers of each stage, as {@code etl=3}
 * @param speed times the recorded one
 * @param isKilled whether workers are killed on the way
 */
record Variation(List<String> workers, double speed, boolean isKilled) {
    static final double MAX = Double.POSITIVE_INFINITY;
    private static final double[] SPEEDS = {1, 5, MAX, MAX};

    /** As fast as the machine can, with one worker of each stage. */
    static final Variation REFERENCE = new Variation(List.of(), MAX, false);

    /** Strategies that trade within a few seconds of market time. */
    static final String BUSY = """
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
                tif: day
                parameters: {window: 3, enter: 0.55, exit: 0.5, everyMs: 200}
            """;

    /** Drawn from a seed: one to three workers of each stage, speed 1, 5 or the fastest, and kills in three of four. */
    static Variation of(long seed) {
        Random random = new Random(seed);
        List<String> workers = new ArrayList<>();
        for (Stages stage : Stages.values()) {
            if (stage != Stages.PERSISTENCE) {
                workers.add(stage.text() + "=" + (1 + random.nextInt(3)));
            }
        }
        return new Variation(workers, SPEEDS[random.nextInt(SPEEDS.length)], random.nextInt(4) > 0);
    }

    /** @param settings configuration files */
    ReplayReport play(Recording recording, List<Path> settings, Path home) throws IOException, InterruptedException {
        Killer killer = new Killer();
        Replay.Options options = new Replay.Options(
                recording.venue().name().toLowerCase(Locale.ROOT),
                speed,
                Stages.workers(workers),
                settings,
                Map.of("PAPERTAPE_BUS_LEASE_MS", "1500"));
        ReplayReport report = new Replay(recording, options, new Home(home))
                .inLockstep()
                .run(System.out::println, isKilled ? killer : ReplayRun.unobserved());
        System.out.println(home.getFileName() + ": " + this + ", workers killed " + killer.killed + ", fills "
                + report.fills() + ", " + report.raw() + " messages in " + report.seconds() + " s");
        if (isKilled && killer.killed < Killer.FEWEST) {
            throw new IllegalStateException("only " + killer.killed + " workers were killed");
        }
        return report;
    }

    /** Ends a worker of another stage with SIGKILL after each tenth of the recording. */
    private static final class Killer implements Replay.Observer {
        static final int FEWEST = 5;
        private int killed;

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
