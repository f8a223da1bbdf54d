package papertape.common.testredis;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
import papertape.common.config.RedisSettings;

/**
 * Gives each test a real Redis and a namespace of its own. The Redis is the one that {@code REDIS_URL} names; with {@code
 * PAPERTAPE_TEST_REDIS=docker} a container of redis:7-alpine; otherwise a redis-server process.
 */
public final class TestRedis implements BeforeEachCallback, AfterAllCallback {
    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    private static @Nullable String shared;

    private final @Nullable RedisProcess own;
    private final @Nullable Certificate certificate;
    private String namespace = "";

    private TestRedis(@Nullable RedisProcess own, @Nullable Certificate certificate) {
        this.own = own;
        this.certificate = certificate;
    }

    /** The Redis that all tests of a run share. */
    public static TestRedis shared() {
        return new TestRedis(null, null);
    }

    /** A server process of the test class's own, which it may kill and start again. */
    public static TestRedis own() {
        return new TestRedis(new RedisProcess(true, null), null);
    }

    /** A server process of the test class's own that speaks TLS and nothing else. */
    public static TestRedis secured(Certificate certificate) {
        return new TestRedis(new RedisProcess(false, certificate), certificate);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (own != null) {
            own.kill();
            own.start();
        }
        namespace = newNamespace();
    }

    /** The same Redis under another namespace, for tests that do several things side by side. */
    public TestRedis beside() {
        TestRedis other = new TestRedis(own, certificate);
        other.namespace = newNamespace();
        return other;
    }

    private static String newNamespace() {
        return "t" + ProcessHandle.current().pid() + "." + NAMESPACES.incrementAndGet() + ":";
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (own != null) {
            own.kill();
        }
    }

    public String url() {
        return own != null ? own.url() : sharedUrl();
    }

    private static synchronized String sharedUrl() {
        String url = shared;
        if (url == null) {
            url = System.getenv("REDIS_URL");
            if (url == null || url.isBlank()) {
                url = "docker".equals(System.getenv("PAPERTAPE_TEST_REDIS")) ? container() : process();
            }
            shared = url;
        }
        return url;
    }

    private static String process() {
        RedisProcess process = new RedisProcess(false, null);
        process.start();
        return process.url();
    }

    @SuppressWarnings("resource") // ended by Testcontainers when the run ends
    private static String container() {
        Assumptions.assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "PAPERTAPE_TEST_REDIS=docker, but there is no container engine: the tests on Redis are left out");
        GenericContainer<?> redis =
                new GenericContainer<>(DockerImageName.parse("redis:7-alpine")).withExposedPorts(6379);
        redis.start();
        return "redis://" + redis.getHost() + ":" + redis.getMappedPort(6379);
    }

    public String host() {
        return URI.create(url()).getHost();
    }

    public int port() {
        return URI.create(url()).getPort();
    }

    public Keys keys() {
        return Keys.of(namespace);
    }

    public RedisSettings settings() {
        RedisSettings plain = RedisSettings.at(url());
        return certificate == null ? plain : certificate.trustedBy(plain);
    }

    public Redis connect() {
        return Redis.connect(settings(), "test");
    }

    public Bus bus() {
        return new Bus(connect(), keys());
    }

    /** Kills the server; only for one's own. */
    public void kill() {
        Objects.requireNonNull(own).kill();
    }

    public void start() {
        Objects.requireNonNull(own).start();
    }

    /** The shipped configuration with few partitions and short leases, over this Redis. */
    public Config config() {
        return config(Map.of());
    }

    /** @param env further settings, {@code PAPERTAPE_BUS_LEASE_MS} */
    public Config config(Map<String, String> env) {
        Map<String, String> all = new HashMap<>();
        all.put("PAPERTAPE_REDIS_URL", url());
        if (certificate != null) {
            all.put("PAPERTAPE_REDIS_TRUST_STORE", certificate.trustStore().toString());
            all.put("PAPERTAPE_REDIS_TRUST_STORE_PASSWORD", Certificate.PASSWORD);
        }
        all.put("PAPERTAPE_BUS_NAMESPACE", namespace);
        all.put("PAPERTAPE_BUS_PARTITIONS", "4");
        all.put("PAPERTAPE_BUS_LEASE_MS", "600");
        all.putAll(env);
        return ConfigReader.defaults(all);
    }
}
