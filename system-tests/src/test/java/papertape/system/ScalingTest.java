package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More workers at a slow stage make it faster, and a worker that comes or goes is hardly noticed. */
final class ScalingTest {
    private static final int TRIES = 3;
    private static final int PER_WORKER = 2_000;
    private static final long PACE_MS = 10;

    @TempDir
    Path folder;

    @Test
    void one_two_four_and_eight_workers_reach_nine_tenths_of_linear() throws Exception {
        try (SlowSignals signals = new SlowSignals(folder)) {
            Map<Integer, Double> rates = new TreeMap<>();
            for (int workers : new int[] {1, 2, 4, 8}) {
                signals.scale(workers);
                signals.publish(50);
                signals.awaitHandled();
                rates.put(workers, bestRate(signals, workers));
            }
            System.out.println("messages a second by workers, 1 ms each: " + rates);
            double one = Objects.requireNonNull(rates.get(1));
            rates.forEach((workers, rate) ->
                    assertThat(rate).as("%d workers: %s", workers, rates).isGreaterThanOrEqualTo(0.9 * workers * one));
            assertThat(signals.complaints()).isEmpty();
        }
    }

    private static double bestRate(SlowSignals signals, int workers) throws InterruptedException {
        double best = 0;
        for (int i = 0; i < TRIES; i++) {
            int perPartition = PER_WORKER * workers / SlowSignals.PARTITIONS;
            long began = System.nanoTime();
            signals.publish(perPartition);
            signals.awaitHandled();
            double seconds = (System.nanoTime() - began) / 1e9;
            best = Math.max(best, perPartition * SlowSignals.PARTITIONS / seconds);
        }
        return best;
    }

    @Test
    void a_worker_that_leaves_in_order_or_dies_pauses_its_tasks_only_shortly_and_order_is_kept() throws Exception {
        try (SlowSignals signals = new SlowSignals(folder)) {
            signals.scale(2);
            List<Long> left = new ArrayList<>();
            for (int i = 0; i < TRIES; i++) {
                left.add(longestPause(signals, () -> {
                    terminate(signals, "signal-2");
                    return 1;
                }));
                signals.stack().revive(name -> name.startsWith("signal"));
                signals.awaitShared(2);
            }
            long killed = longestPause(signals, () -> {
                kill(signals, "signal-2");
                return 1;
            });
            System.out.println("longest pauses of a task, ms: SIGTERM " + left + ", SIGKILL " + killed);
            assertThat(left).as("pauses after SIGTERM, ms").anyMatch(ms -> ms < 200);
            assertThat(killed).as("pause after SIGKILL, ms").isLessThan(SlowSignals.LEASE_MS + 1_000);
            assertThat(signals.complaints()).isEmpty();
        }
    }

    @Test
    void workers_without_a_partition_stand_by_and_take_over() throws Exception {
        try (SlowSignals signals = new SlowSignals(folder)) {
            signals.scale(SlowSignals.PARTITIONS + 2);
            assertThat(new HashSet<>(signals.owners())).hasSize(SlowSignals.PARTITIONS);
            kill(signals, "signal-1");
            kill(signals, "signal-2");
            signals.awaitShared(SlowSignals.PARTITIONS);
            signals.publish(10);
            signals.awaitHandled();
            assertThat(signals.complaints()).isEmpty();
        }
    }

    /** What happens to a worker; returns how many are left. */
    private interface Event {
        int happen();
    }

    /** Publishes at a steady pace, lets it happen, and gives the longest time in which a partition did not move on. */
    private static long longestPause(SlowSignals signals, Event event) throws InterruptedException {
        long began = System.nanoTime();
        long[] since = new long[SlowSignals.PARTITIONS];
        java.util.Arrays.fill(since, began);
        long[] before = signals.handled();
        long longest = 0;
        int left = 0;
        long now = began;
        while (now - began < TimeUnit.SECONDS.toNanos(6)) {
            if (left == 0 && now - began > TimeUnit.MILLISECONDS.toNanos(500)) {
                left = event.happen();
            }
            signals.publish(1);
            TimeUnit.MILLISECONDS.sleep(PACE_MS);
            long[] handled = signals.handled();
            now = System.nanoTime();
            for (int p = 0; p < handled.length; p++) {
                if (handled[p] > before[p]) {
                    longest = Math.max(longest, now - since[p]);
                    since[p] = now;
                }
            }
            before = handled;
        }
        signals.awaitHandled();
        return TimeUnit.NANOSECONDS.toMillis(longest);
    }

    private static void terminate(SlowSignals signals, String name) {
        ProcessHandle.of(pid(signals, name)).ifPresent(ProcessHandle::destroy);
    }

    private static void kill(SlowSignals signals, String name) {
        ProcessHandle.of(pid(signals, name)).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static long pid(SlowSignals signals, String name) {
        return Objects.requireNonNull(signals.stack().pids().get(name), name);
    }
}
