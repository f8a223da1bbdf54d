package papertape.common.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import papertape.common.config.RedisSettings;
import papertape.common.testredis.TestRedis;

class RedisDatabaseTest {
    @RegisterExtension
    static final TestRedis REDIS = TestRedis.own();

    @Test
    void theDatabaseOfTheUrlIsUsed() {
        try (Redis third = Redis.connect(in("/3"), "test");
                Redis none = Redis.connect(in(""), "test")) {
            third.call("HSET", "it:is", "here", "yes");

            assertThat(third.hash("it:is")).containsEntry("here", "yes");
            assertThat(none.hash("it:is")).isEmpty();
        }
    }

    @Test
    void aDatabaseThatTheServerHasNotIsRefusedWithWhatItSays() {
        assertThatThrownBy(() -> Redis.connect(in("/99"), "test"))
                .isInstanceOf(Redis.Refused.class)
                .hasMessageContaining("DB index is out of range");
    }

    @Test
    void aUserWithAColonLogsIn() {
        try (Redis admin = Redis.connect(in(""), "test")) {
            admin.call("ACL", "SETUSER", "us:er", "on", ">pa+ss", "~*", "&*", "+@all");
        }
        String login = in("/1").url().value().replace("redis://", "redis://us%3Aer:pa+ss@");
        try (Redis named = Redis.connect(RedisSettings.at(login), "test")) {
            assertThat(Redis.text((byte[]) named.call("ACL", "WHOAMI"))).isEqualTo("us:er");
        }
    }

    private static RedisSettings in(String database) {
        return RedisSettings.at(REDIS.url() + database);
    }
}
