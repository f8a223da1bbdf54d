package papertape.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisUrlTest {
    @Test
    void everyPartOfTheUrlIsHeeded() {
        assertThat(RedisUrl.of("redis://127.0.0.1:6380/3"))
                .isEqualTo(new RedisUrl(false, "", "", "127.0.0.1", 6380, 3));
        assertThat(RedisUrl.of("rediss://me:p%40ss%2F@redis.example"))
                .isEqualTo(new RedisUrl(true, "me", "p@ss/", "redis.example", 6379, 0));
        assertThat(RedisUrl.of("redis://:secret@my_redis:1/"))
                .isEqualTo(new RedisUrl(false, "", "secret", "my_redis", 1, 0));
        assertThat(RedisUrl.of("redis://secret@h")).isEqualTo(new RedisUrl(false, "", "secret", "h", 6379, 0));
        assertThat(RedisUrl.of("redis://[::1]:7/15")).isEqualTo(new RedisUrl(false, "", "", "::1", 7, 15));
    }

    @Test
    void anEncodedColonBelongsToTheUserAndAPlusIsAPlus() {
        assertThat(RedisUrl.of("redis://us%3Aer:pa%3Ass+word@h"))
                .isEqualTo(new RedisUrl(false, "us:er", "pa:ss+word", "h", 6379, 0));
        assertThat(RedisUrl.of("redis://u:a:b@h").password()).isEqualTo("a:b");
    }

    @Test
    void whatIsNotSupportedIsRefusedWithASentenceThatHidesThePassword() {
        refused("redis://h:1/three", "path is \"/three\"");
        refused("redis://h:1/-1", "path is \"/-1\"");
        refused("redis://h:1/3/4", "path is \"/3/4\"");
        refused("redis://h:1/\u0663", "path is");
        refused("redis://u:hunter2@h?db=3", "parameters (? or #) is not supported");
        refused("redis://u:hunter2@h/1?protocol=3", "parameters (? or #) is not supported");
        refused("redis://u:hunter2@h#x", "parameters");
        refused("redis://h:0", "port 0");
        refused("redis://h:65536", "port 65536");
        refused("redis://u:hunter2%zz@h", "two hexadecimal digits");
        for (String other : new String[] {
            "",
            "redis://",
            "redis://u:hunter2@",
            "http://u:hunter2@h",
            "redis-sentinel://h",
            "unix:///run/redis.sock",
            "h:6379",
            "redis://u:hun@ter2@h",
            "redis://:hunter2 x@h",
            "redis:h",
            "redis://h:port",
            "redis://h1:1,h2:2",
        }) {
            refused(other, "not a Redis URL (accepted: redis://[user:password@]host[:port][/database]");
        }
    }

    private static void refused(String url, String reason) {
        assertThatThrownBy(() -> RedisUrl.of(url))
                .as(url)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("hunter2");
    }

    /** Redis' pub/sub knows no databases: without it, stacks in two databases of a server would hear each other. */
    @Test
    void inAnotherDatabaseItsNumberIsAPartOfTheNamespace() {
        assertThat(namespace("redis://h:1")).isEqualTo("pt:");
        assertThat(namespace("redis://h:1/0")).isEqualTo("pt:");
        assertThat(namespace("redis://h:1/3")).isEqualTo("pt.db3:");
        assertThatThrownBy(() -> namespace("redis://h:1/x"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("PAPERTAPE_REDIS_URL: redis.url: ");
    }

    private static String namespace(String url) {
        return ConfigReader.defaults(Map.of("PAPERTAPE_REDIS_URL", url)).bus().namespace();
    }
}
