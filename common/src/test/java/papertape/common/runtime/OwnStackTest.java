package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import papertape.common.bus.Bus;
import papertape.common.bus.Redis;
import papertape.common.testredis.TestRedis;

final class OwnStackTest {
    @RegisterExtension
    static final TestRedis REDIS = TestRedis.own();

    @Test
    void a_process_that_is_not_told_gives_an_id_to_data_that_have_none_and_keeps_to_it() {
        try (Redis redis = REDIS.connect()) {
            Bus bus = new Bus(redis, REDIS.keys());
            redis.call("DEL", bus.keys().meta());
            OwnStack first = new OwnStack(Map.of());
            first.check(bus);
            OwnStack second = new OwnStack(Map.of());
            second.check(bus);
            assertThat(second.id())
                    .isEqualTo(first.id())
                    .isEqualTo(bus.stackId())
                    .hasSize(16);

            redis.call("HSET", bus.keys().meta(), "stack", "another");
            assertThatThrownBy(() -> first.check(bus))
                    .isInstanceOf(OwnStack.Foreign.class)
                    .hasMessageContaining("another stack (another), this stack is " + first.id());
            redis.call("DEL", bus.keys().meta());
            first.check(bus);
            assertThat(bus.stackId()).as("data that were thrown away").isEqualTo(first.id());
        }
    }

    @Test
    void a_process_that_is_told_its_stack_takes_no_data_that_are_not_marked_as_its_own() {
        try (Redis redis = REDIS.connect()) {
            Bus bus = new Bus(redis, REDIS.keys());
            redis.call("DEL", bus.keys().meta());
            OwnStack told = new OwnStack(Map.of(OwnStack.SETTING, "mine"));
            assertThatThrownBy(() -> told.check(bus))
                    .isInstanceOf(Redis.Unavailable.class)
                    .hasMessageContaining("no data of a stack yet");
            assertThat(bus.stackId()).isEmpty();
            bus.claim("mine");
            told.check(bus);
            redis.call("HSET", bus.keys().meta(), "stack", "another");
            assertThatThrownBy(() -> told.check(bus)).isInstanceOf(OwnStack.Foreign.class);
        }
    }
}
