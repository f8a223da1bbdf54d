package papertape.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.bus.Redis;
import papertape.common.config.RedisSettings;
import papertape.look.RedisFitness;

/** Real servers that answer and are of no use: a stack is not started on them, and says why. */
final class RedisFitnessTest {
    @TempDir
    Path folder;

    private final List<GivenRedis> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        for (GivenRedis each : servers) {
            each.close();
        }
    }

    private String server(String... settings) throws Exception {
        servers.add(GivenRedis.start(folder, settings));
        return servers.getLast().url();
    }

    private static Redis connect(String url) {
        return Redis.connect(RedisSettings.at(url), "test");
    }

    private static RedisFitness fitness(String url) {
        try (Redis redis = connect(url)) {
            return RedisFitness.of(redis);
        }
    }

    private void assertNotStarted(String url, String... why) {
        StackOptions options =
                new StackOptions("coinbase", "", "", Map.of(), url, "http://127.0.0.1:1", List.of(), Map.of(), true);
        assertThatThrownBy(() -> Stack.start(new Home(folder.resolve("home")), options, text -> {})
                        .close())
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(why)
                .hasMessageContaining(url.substring("redis://".length()));
    }

    @Test
    void a_read_only_replica_is_refused() throws Exception {
        assertNotStarted(server("--replicaof", "127.0.0.1", "1"), "READONLY", "replica of 127.0.0.1:1", "the primary");
    }

    @Test
    void a_node_of_a_cluster_is_refused() throws Exception {
        assertNotStarted(server("--cluster-enabled", "yes"), "CROSSSLOT", "cluster-enabled no");
    }

    @Test
    void a_server_that_evicts_is_refused_with_the_setting_to_change() throws Exception {
        for (String policy : List.of("allkeys-lru", "volatile-ttl")) {
            assertNotStarted(
                    server("--maxmemory", "100mb", "--maxmemory-policy", policy),
                    policy,
                    "set maxmemory-policy to noeviction");
        }
    }

    @Test
    void a_server_that_never_evicts_is_fit() throws Exception {
        assertThat(fitness(server("--maxmemory", "100mb", "--maxmemory-policy", "noeviction"))
                        .problems())
                .isEmpty();
        // a policy without a limit throws nothing away
        assertThat(fitness(server("--maxmemory-policy", "allkeys-lru")).problems())
                .isEmpty();
    }

    @Test
    void a_server_that_becomes_a_replica_or_full_later_is_a_problem_with_its_reason() throws Exception {
        String url = server();
        try (Redis redis = connect(url)) {
            assertThat(RedisFitness.of(redis).problems()).isEmpty();
            redis.call("REPLICAOF", "127.0.0.1", "1");
            assertThat(RedisFitness.of(redis).problems())
                    .singleElement()
                    .asString()
                    .startsWith("READONLY");
            redis.call("REPLICAOF", "NO", "ONE");
            redis.call("CONFIG", "SET", "maxmemory", "1");
            assertThat(RedisFitness.of(redis).problems())
                    .singleElement()
                    .asString()
                    .startsWith("OOM");
        }
    }

    @Test
    void what_redis_says_of_its_file_and_its_loading_is_told_and_is_no_reason_not_to_start() {
        RedisFitness fitness = new RedisFitness("loading:1\r\naof_enabled:1\r\naof_last_write_status:err\r\n");
        assertThat(fitness.unfit()).isEmpty();
        assertThat(fitness.problems()).hasSize(2).anyMatch(text -> text.startsWith("MISCONF"));
        assertThat(new RedisFitness("").problems()).isEmpty();
    }
}
