package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import papertape.common.bus.ScriptCalls;
import papertape.common.testredis.FaultyLine;
import papertape.common.testredis.FaultyLine.Fault;
import papertape.common.testredis.TestRedis;

/**
 * A worker is stopped before, during and after each step that it takes with Redis, with the reply lost or late, while another
 * is there to take over: nothing it sends is doubled or missing, and no two ever send for one task.
 */
class FencingTest {
    private static final int LEASE_MS = 300;
    private static final int PAUSE_MS = 1_000;

    @RegisterExtension
    static final TestRedis REDIS = TestRedis.shared();

    @ParameterizedTest
    @ValueSource(strings = {"ACQUIRE", "COMMIT", "RENEW", "RELEASE", "LEAVE"})
    void nothingIsDoubledOrMissingWhenAStepFails(String script) throws Exception {
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<?>> all = new ArrayList<>();
            for (Fault fault : Fault.values()) {
                for (int nth : new int[] {1, 3}) {
                    TestRedis redis = REDIS.beside();
                    all.add(threads.submit(() -> fail(redis, script, nth, fault)));
                }
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    private static void fail(TestRedis redis, String script, int nth, Fault fault) {
        String settings = "PAPERTAPE_BUS_LEASE_MS";
        try (FaultyLine line = new FaultyLine(redis.host(), redis.port());
                Bench bench = new Bench(redis, Map.of(settings, Integer.toString(LEASE_MS)))) {
            boolean isAtEnd = script.equals("RELEASE") || script.equals("LEAVE");
            int which = script.equals("LEAVE") ? 1 : nth;
            line.failAt(ScriptCalls.of(script), which, fault, PAUSE_MS);
            Bench.Running first = bench.start(Echo.service(), line);
            bench.send(8);
            bench.until(() -> bench.answers() > 0 || line.faults() > 0);
            if (!isAtEnd) {
                bench.until(() -> {
                    bench.send(8);
                    return line.faults() > 0;
                });
            }
            bench.start(Echo.service());
            bench.send(8);
            if (isAtEnd) {
                first.stop();
                bench.send(8);
            }

            bench.expectEachAnsweredOnce();
            bench.until(line::isOver);
            bench.send(8);
            bench.expectEachAnsweredOnce();

            assertThat(line.faults()).as("%s %s", script, fault).isEqualTo(1);
        } catch (AssertionError e) {
            throw new AssertionError(script + " number " + nth + " " + fault, e);
        }
    }
}
