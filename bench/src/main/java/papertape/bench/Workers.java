package papertape.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import papertape.bench.Results.Scaling;
import papertape.cli.stack.Stages;
import papertape.common.message.Channel;

/** A stage that takes a millisecond a message, with more and more workers, on a journal that is full already. */
final class Workers {
    private static final int INSTRUMENTS = 100;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(180);

    /** Short batches: at a millisecond a message a full one would outlast the lease. */
    private static final String CONFIGURATION = """
            bus:
              maxBatch: 32
              maxLag: 100000000
            strategies:
              - {name: "*", instruments: ["*"], sizing: quantity, size: 1, ordType: market, tif: ioc}
              - {name: slow, kind: bench-slow, account: demo}
            persistence:
              books: false
            """;

    private Workers() {}

    /**
     * @param counts of workers, growing
     * @param messages enough for every partition to have some left at the end
     * @param points takes what is found, one by one
     */
    static void measure(int[] counts, long messages, int seconds, List<Scaling> points)
            throws IOException, InterruptedException {
        Load load = Load.full(INSTRUMENTS, messages);
        try (Rig rig = Rig.start(load, Map.of(Stages.SIGNAL, 0), CONFIGURATION)) {
            await(() -> rig.venue.done() && rig.progress().lag().getOrDefault("etl", 1L) == 0);
            for (int count : counts) {
                rig.stack.scale(Stages.SIGNAL, count);
                await(() -> owners(rig) == count);
                // the first batches after a take-over are not typical
                TimeUnit.SECONDS.sleep(2);
                long began = System.nanoTime();
                long before = handled(rig);
                TimeUnit.SECONDS.sleep(seconds);
                long after = handled(rig);
                if (isDry(rig)) {
                    throw new IOException("the journals were empty before " + count + " workers had been measured");
                }
                points.add(new Scaling(count, (after - before) / ((System.nanoTime() - began) / 1e9)));
            }
        }
    }

    private static long owners(Rig rig) {
        List<String> owners = rig.bus.owners(Stages.SIGNAL.text(), rig.partitions);
        return owners.contains("") ? 0 : owners.stream().distinct().count();
    }

    private static long handled(Rig rig) {
        long sum = 0;
        for (Map<String, Long> task : rig.bus.tasks(Stages.SIGNAL.text(), rig.partitions)) {
            sum += task.getOrDefault(Channel.TICKS.text(), 0L);
        }
        return sum;
    }

    private static boolean isDry(Rig rig) {
        Map<String, Long> sequences = rig.bus.sequences();
        List<Map<String, Long>> tasks = rig.bus.tasks(Stages.SIGNAL.text(), rig.partitions);
        for (int p = 0; p < rig.partitions; p++) {
            long last = sequences.getOrDefault(Channel.TICKS.text() + "." + p, 0L);
            if (tasks.get(p).getOrDefault(Channel.TICKS.text(), 0L) >= last) {
                return true;
            }
        }
        return false;
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + DEADLINE_NS;
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the stack did not come so far in " + DEADLINE_NS / 1_000_000_000 + " s");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
