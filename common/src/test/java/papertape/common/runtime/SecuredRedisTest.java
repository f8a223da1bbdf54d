package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.bus.Redis;
import papertape.common.config.ConfigException;
import papertape.common.config.RedisSettings;
import papertape.common.config.Secret;
import papertape.common.message.Channel;
import papertape.common.testredis.Certificate;
import papertape.common.testredis.TestRedis;

/** A real Redis that speaks TLS and nothing else: who is trusted works as usual, who is not is never talked to. */
class SecuredRedisTest {
    private static final String SIGNAL =
            "{\"type\":\"signal\",\"strategy\":\"hand\",\"account\":\"demo\",\"instrument\":\"X:Y\","
                    + "\"direction\":\"long\",\"strength\":1,\"price\":\"10\",\"reason\":\"r1\"}";

    private static final Certificate OURS = Certificate.of("dns:localhost,ip:127.0.0.1");
    private static final Certificate OTHER = Certificate.of("dns:localhost,ip:127.0.0.1");
    private static final Certificate ELSEWHERE = Certificate.of("dns:redis.example");

    @RegisterExtension
    static final TestRedis REDIS = TestRedis.secured(OURS);

    @RegisterExtension
    static final TestRedis MISNAMED = TestRedis.secured(ELSEWHERE);

    @Test
    void commandsAndSubscriptionsGoOverTls() {
        assertThat(REDIS.url()).startsWith("rediss://");
        try (Bench bench = new Bench(REDIS)) {
            bench.start(Echo.service().keepingDoors(Channel.SIGNALS));

            // a front door has no journal: what arrives there has come over the subscription
            bench.publish(Channel.SIGNALS, SIGNAL);

            bench.until(() -> bench.answers() == 1);
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() {
        assertThatThrownBy(() -> Redis.connect(RedisSettings.at(REDIS.url()), "test"))
                .isInstanceOf(Redis.Untrusted.class)
                .hasMessageContaining("no secure connection to redis at 127.0.0.1:" + REDIS.port())
                .hasMessageContaining("unable to find valid certification path")
                .hasMessageContaining("redis.trustStore");
    }

    @Test
    void aCertificateOtherThanTheTrustedOneIsRefused() {
        assertThatThrownBy(() -> Redis.connect(OTHER.trustedBy(RedisSettings.at(REDIS.url())), "test"))
                .isInstanceOf(Redis.Untrusted.class)
                .hasMessageContaining("redis.trustStore");
    }

    @Test
    void aTrustedCertificateOfAnotherHostIsRefused() {
        assertThatThrownBy(() -> MISNAMED.connect())
                .isInstanceOf(Redis.Untrusted.class)
                .hasMessageContaining("No subject alternative names matching IP address 127.0.0.1");
    }

    @Test
    void aPlainConnectionToItIsNoConnection() {
        assertThatThrownBy(() -> Redis.connect(RedisSettings.at("redis://127.0.0.1:" + REDIS.port()), "test"))
                .isInstanceOf(Redis.Unavailable.class);
    }

    @Test
    void aTrustStoreThatCannotBeUsedIsAWrongSetting(@TempDir Path folder) throws Exception {
        RedisSettings good = REDIS.settings();
        Path empty = Files.writeString(folder.resolve("empty.p12"), "");

        assertThatThrownBy(() -> Redis.connect(
                        new RedisSettings(good.url(), "always", good.trustStore(), new Secret("hunter2")), "test"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("redis.trustStore: " + good.trustStore())
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() ->
                        Redis.connect(new RedisSettings(good.url(), "always", empty + ".not", Secret.NONE), "test"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("redis.trustStore: " + empty + ".not");
        assertThatThrownBy(() ->
                        Redis.connect(new RedisSettings(good.url(), "always", empty.toString(), Secret.NONE), "test"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("accepted: a PKCS12 or JKS file");
    }

    @Test
    void aUrlThatIsNoneIsNotShown() {
        for (String wrong : new String[] {"redis://:hunter2 x@host", "redis://u:hunter2@", "http://u:hunter2@host"}) {
            assertThatThrownBy(() -> Redis.connect(RedisSettings.at(wrong), "test"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("redis.url: not a Redis URL (accepted: ")
                    .hasMessageNotContaining("hunter2");
        }
    }
}
