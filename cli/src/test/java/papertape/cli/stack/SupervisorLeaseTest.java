package papertape.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.bus.Supervision;
import papertape.common.bus.Supervision.Holder;
import papertape.common.bus.Supervision.Outcome;
import papertape.common.config.RedisSettings;

/** Two supervisors of different folders on one Redis: the second is refused, and one that loses its lease says so. */
final class SupervisorLeaseTest {
    private static final Keys KEYS = Keys.of("pt:");
    private static final Duration WAIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private GivenRedis server;
    private Redis redis;

    @BeforeEach
    void start() throws Exception {
        server = GivenRedis.start(folder);
        redis = server.connect();
    }

    @AfterEach
    void stop() {
        redis.close();
        server.close();
    }

    private Holder holder(String home) throws Exception {
        Home made = new Home(folder.resolve(home));
        made.make();
        return SupervisorLease.self(made, "stack-1");
    }

    private SupervisorLease take(Holder holder) throws Exception {
        return SupervisorLease.take(redis, RedisSettings.at(server.url()), KEYS, holder, said::add);
    }

    private Supervision supervision() {
        return new Supervision(redis, KEYS);
    }

    @Test
    void a_second_folder_is_refused_with_who_has_the_data_and_what_to_do_until_the_first_ends() throws Exception {
        try (SupervisorLease first = take(holder("a"))) {
            assertThatThrownBy(() -> take(holder("b")))
                    .isInstanceOf(SupervisorLease.Taken.class)
                    .hasMessageContainingAll(
                            server.url().substring("redis://".length()),
                            "namespace pt:",
                            "process " + ProcessHandle.current().pid(),
                            "down --home " + folder.resolve("a").toRealPath(),
                            "bus.namespace",
                            "ends by itself in 15 s");
            first.requireHeld();
        }
        assertThat(supervision().holder()).isEmpty();
        take(holder("b")).close();
        assertThat(said).isEmpty();
    }

    @Test
    void a_stack_of_another_folder_is_not_started() throws Exception {
        StackOptions options = new StackOptions(
                "coinbase", "", "", Map.of(), server.url(), "http://127.0.0.1:1", List.of(), Map.of(), true);
        try (SupervisorLease first = take(holder("a"))) {
            assertThatThrownBy(() -> Stack.start(new Home(folder.resolve("b")), options, said::add)
                            .close())
                    .isInstanceOf(SupervisorLease.Taken.class);
            first.requireHeld();
        }
        assertThat(redis.call("EXISTS", "pt:stats", "pt:workers:etl", "pt:scale"))
                .as("what a worker leaves")
                .isEqualTo(0L);
        assertThat(folder.resolve("b/stack.json")).doesNotExist();
    }

    @Test
    void a_lease_that_was_deleted_is_taken_again_and_told() throws Exception {
        try (SupervisorLease lease = take(holder("a"))) {
            redis.call("FLUSHALL");
            await().atMost(WAIT).until(() -> !said.isEmpty());
            assertThat(said).singleElement().asString().contains("lost this supervisor's lease (pt:supervisor");
            assertThat(supervision().holder()).contains(holder("a"));
            assertThatCode(lease::requireHeld).doesNotThrowAnyException();
        }
    }

    @Test
    void a_supervisor_whose_data_another_folder_has_taken_over_ends_and_leaves_the_others_lease() throws Exception {
        Holder other = holder("b");
        try (SupervisorLease lease = take(holder("a"))) {
            redis.call("DEL", KEYS.supervisor());
            assertThat(supervision().take(other, 60_000)).isEqualTo(new Outcome.Taken());
            await().atMost(WAIT)
                    .untilAsserted(() -> assertThatThrownBy(lease::requireHeld)
                            .hasMessageContainingAll("lost its lease", other.home(), "this stack ends"));
        }
        assertThat(supervision().holder()).contains(other);
    }

    @Test
    void a_lease_is_kept_while_redis_is_away_for_less_than_it_lasts() throws Exception {
        try (SupervisorLease lease = take(holder("a"))) {
            redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            redis.call("PEXPIRE", KEYS.supervisor(), "10000");
            await().atMost(WAIT).until(() -> (Long) redis.call("PTTL", KEYS.supervisor()) > 10_000);
            lease.requireHeld();
        }
        assertThat(said).isEmpty();
    }
}
