package papertape.common.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import papertape.common.bus.Supervision.Holder;
import papertape.common.bus.Supervision.Outcome;
import papertape.common.testredis.TestRedis;

/** One folder's supervisor at a time has a namespace, on a real Redis. */
final class SupervisionTest {
    private static final int LEASE_MS = 15_000;
    private static final Holder FIRST = new Holder("s1", "host", "host/boot", "/home/a", 11);
    private static final Holder RESTARTED = new Holder("s1", "host", "host/boot", "/home/a", 12);

    @RegisterExtension
    static final TestRedis REDIS = TestRedis.shared();

    private Redis redis;
    private Supervision supervision;

    @BeforeEach
    void connect() {
        redis = REDIS.connect();
        supervision = new Supervision(redis, REDIS.keys());
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    @Test
    void one_folder_has_the_right_and_renews_it() {
        assertThat(supervision.holder()).isEmpty();
        assertThat(supervision.take(FIRST, LEASE_MS)).isEqualTo(new Outcome.Taken());
        assertThat(supervision.take(FIRST, LEASE_MS)).isEqualTo(new Outcome.Renewed());
        assertThat(supervision.holder()).contains(FIRST);
    }

    @Test
    void another_folder_host_or_machine_is_refused_and_told_who_has_it_and_for_how_long() {
        supervision.take(FIRST, LEASE_MS);
        for (Holder other : new Holder[] {
            new Holder("s1", "host", "host/boot", "/home/b", 11),
            new Holder("s1", "host", "other/boot", "/home/a", 11),
            new Holder("s1", "host", "host/another boot", "/home/a", 11)
        }) {
            assertThat(supervision.take(other, LEASE_MS)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                assertThat(refused.holder()).isEqualTo(FIRST);
                assertThat(refused.endsInMs()).isBetween(1L, (long) LEASE_MS);
            });
            supervision.release(other);
        }
        assertThat(supervision.holder()).contains(FIRST);
    }

    @Test
    void the_same_folder_takes_over_at_once_and_its_earlier_process_gives_nothing_back() {
        supervision.take(FIRST, LEASE_MS);
        assertThat(supervision.take(RESTARTED, LEASE_MS)).isEqualTo(new Outcome.Taken());
        supervision.release(FIRST);
        assertThat(supervision.holder()).contains(RESTARTED);
        supervision.release(RESTARTED);
        assertThat(supervision.holder()).isEmpty();
    }

    @Test
    void the_right_of_a_supervisor_that_does_not_renew_it_runs_out() {
        Holder other = new Holder("s2", "host", "host/boot", "/home/b", 13);
        supervision.take(FIRST, 300);
        assertThat(supervision.take(other, 300)).isInstanceOf(Outcome.Refused.class);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> supervision.take(other, LEASE_MS).equals(new Outcome.Taken()));
        assertThat(supervision.holder()).contains(other);
    }

    @Test
    void another_namespace_of_the_same_redis_is_free() {
        supervision.take(FIRST, LEASE_MS);
        TestRedis beside = REDIS.beside();
        try (Redis second = beside.connect()) {
            assertThat(new Supervision(second, beside.keys())
                            .take(new Holder("s2", "host", "host/boot", "/home/b", 13), LEASE_MS))
                    .isEqualTo(new Outcome.Taken());
        }
    }
}
