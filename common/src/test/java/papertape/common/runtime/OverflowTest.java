package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import papertape.common.json.StateCodec;
import papertape.common.message.Channel;
import papertape.common.testredis.TestRedis;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** More is published than a worker's queue holds: it is said how much did not fit. */
class OverflowTest {
    private static final int TEXTS = 70_000;

    @RegisterExtension
    static final TestRedis REDIS = TestRedis.shared();

    @Test
    void whatDoesNotFitIntoTheQueueIsCountedWhereStatusAndMetricsShowIt() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Service slow = Service.stage(
                        "slow",
                        List.of(Input.all(Channel.SIGNALS)),
                        config -> context -> (message, out) -> {
                            busy.countDown();
                            try {
                                goOn.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        })
                .keepingDoors(Channel.ACCOUNTS);
        try (Bench bench = new Bench(REDIS, Map.of("PAPERTAPE_BUS_LEASE_MS", "24000"));
                Jedis jedis = new Jedis(URI.create(REDIS.url()))) {
            Bench.Running worker = bench.start(slow);
            bench.publish(Channel.ACCOUNTS, "first");
            bench.until(() -> bench.total(Channel.DEADLETTER) == 1);
            bench.sendReason(Bench.account(1), "r");
            busy.await();

            byte[] door = bench.bus().keys().channel(Channel.ACCOUNTS).getBytes(StandardCharsets.UTF_8);
            Pipeline pipeline = jedis.pipelined();
            for (int i = 0; i < TEXTS; i++) {
                pipeline.publish(door, new byte[] {'x'});
            }
            pipeline.sync();
            // what is behind it has come to the subscriber's thread when the queue has overflowed
            bench.until(() -> worker.worker.dropped() > 0);
            bench.until(() -> jedis.ping().equals("PONG") && isQuiet(worker.worker));
            goOn.countDown();

            bench.until(() -> dropped(bench) > 0 && bench.total(Channel.DEADLETTER) == 1 + TEXTS - dropped(bench));
            ByteArrayOutputStream metrics = new ByteArrayOutputStream();
            Metrics.of(worker.worker.vitals(), "slow", "w").writeTo(metrics);
            assertThat(metrics.toString(StandardCharsets.UTF_8))
                    .contains("papertape_worker_counts{name=\"arrivals_dropped\",stage=\"slow\",worker=\"w\"} "
                            + (double) dropped(bench));
        }
    }

    private static boolean isQuiet(Worker worker) throws InterruptedException {
        long before = worker.dropped();
        Thread.sleep(100);
        return worker.dropped() == before;
    }

    private static long dropped(Bench bench) {
        StateCodec<WorkerStats> codec = new StateCodec<>(WorkerStats.class);
        return bench.bus().redis().rawHash(bench.bus().keys().stats()).values().stream()
                .map(codec::decode)
                .mapToLong(stats -> stats.counters().getOrDefault("arrivals_dropped", 0L))
                .sum();
    }
}
