package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import papertape.common.bus.ScriptCalls;
import papertape.common.message.Channel;
import papertape.common.message.Message;
import papertape.common.testredis.FaultyLine;
import papertape.common.testredis.FaultyLine.Fault;
import papertape.common.testredis.TestRedis;

/** A sink gets every message at least once, each time under the same number, also when the database is away. */
class SinkTest {
    @RegisterExtension
    static final TestRedis REDIS = TestRedis.shared();

    /** Rows by channel, partition and number, as a database with that key would keep them. */
    private static final class Rows implements Sink {
        private final Map<String, Message> rows = new ConcurrentHashMap<>();
        private final AtomicInteger writes = new AtomicInteger();

        @Override
        public void write(Iterable<Delivery> batch) throws IOException {
            for (Delivery each : batch) {
                String key = each.channel() + "." + each.partition() + "-" + each.seq();
                Message before = rows.put(key, each.message());
                assertThat(before == null || before.equals(each.message()))
                        .as(key)
                        .isTrue();
            }
            if (writes.incrementAndGet() % 3 == 1) {
                throw new IOException("away");
            }
        }

        @Override
        public void close() {
            writes.set(0);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyMessageIsWrittenUnderItsNumber(Fault fault) {
        Rows rows = new Rows();
        Service service = Service.sink("sink", config -> List.of(Input.all(Channel.SIGNALS)), config -> rows);
        try (FaultyLine line = new FaultyLine(REDIS.host(), REDIS.port());
                Bench bench = new Bench(REDIS, Map.of("PAPERTAPE_BUS_LEASE_MS", "300"))) {
            line.failAt(ScriptCalls.of("COMMIT"), 3, fault, 500);
            bench.start(service, line);
            bench.until(() -> {
                bench.send(20);
                return line.faults() == 1;
            });
            bench.start(service);
            bench.send(20);

            long sent = bench.total(Channel.SIGNALS);
            bench.until(() -> rows.rows.size() >= sent);
            assertThat(rows.rows).hasSize((int) sent);
            assertThat(rows.rows.values()).containsExactlyInAnyOrderElementsOf(bench.journal(Channel.SIGNALS));
        }
    }
}
