package papertape.bench;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import papertape.bench.Results.Start;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.value.ExecType;

/** From nothing to the first fill, with the shipped strategies and a venue of the shipped rate. */
final class Begin {
    private static final int INSTRUMENTS = 5;
    private static final int PER_SECOND = 500;
    private static final int SETTLE_SECONDS = 10;

    private Begin() {}

    static Start measure() throws IOException, InterruptedException {
        CountDownLatch filled = new CountDownLatch(1);
        long began = System.nanoTime();
        try (Rig rig = Rig.start(new Load(INSTRUMENTS, PER_SECOND, 0), Map.of(), "");
                Arrivals _ = new Arrivals(rig.stack.redisSettings(), rig.keys(), Channel.EXECUTIONS, (message, now) -> {
                    if (message instanceof Execution e && e.execType() == ExecType.TRADE) {
                        filled.countDown();
                    }
                })) {
            boolean isFilled = filled.await(2, TimeUnit.MINUTES);
            double seconds = isFilled ? (System.nanoTime() - began) / 1e9 : -1;
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            SortedMap<String, Double> memory = Processes.residentMb(rig.stack.pids());
            return new Start(
                    seconds,
                    memory,
                    memory.values().stream().mapToDouble(Double::doubleValue).sum());
        }
    }
}
