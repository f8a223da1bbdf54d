package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import papertape.common.testredis.TestRedis;

/** Redis is killed and comes back with what its append-only file (always) holds: all that was ever confirmed. */
class RestartedRedisTest {
    @RegisterExtension
    static final TestRedis REDIS = TestRedis.own();

    @Test
    void workersGoOnByThemselvesWithNothingLostOrDoubled() {
        try (Bench bench = new Bench(REDIS)) {
            Bench.Running one = bench.start(Echo.service());
            Bench.Running two = bench.start(Echo.service());
            bench.untilShared(2);
            for (int i = 0; i < 3; i++) {
                bench.send(20);
                bench.send(20);
                REDIS.kill();
                REDIS.start();
                bench.reconnect();
                bench.send(20);
                bench.expectEachAnsweredOnce();
            }
            bench.untilShared(2);
            assertThat(one.isAlive() && two.isAlive()).isTrue();
        }
    }
}
