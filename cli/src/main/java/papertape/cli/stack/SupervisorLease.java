package papertape.cli.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.bus.Supervision;
import papertape.common.bus.Supervision.Holder;
import papertape.common.bus.Supervision.Outcome;
import papertape.common.config.RedisSettings;
import papertape.common.config.RedisUrl;

/**
 * The lease in Redis that keeps a second {@code papertape up}, of another folder or machine, from supervising the same data.
 * A thread of its own renews it: starting and stopping workers may take longer than the lease lasts.
 */
final class SupervisorLease implements AutoCloseable {
    static final int LEASE_MS = 15_000;

    private static final long RENEW_MS = 2_000;
    private static final long RELEASE_MS = 1_000;

    /** Another folder's supervisor has the data. */
    static final class Taken extends IOException {
        Taken(String message) {
            super(message);
        }
    }

    private final RedisSettings settings;
    private final Keys keys;
    private final Holder self;
    private final Consumer<String> say;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "supervisor-lease");
    private @Nullable Redis redis;
    private volatile @Nullable String lost;

    private SupervisorLease(RedisSettings settings, Keys keys, Holder self, Consumer<String> say) {
        this.settings = settings;
        this.keys = keys;
        this.self = self;
        this.say = say;
        thread.setDaemon(true);
    }

    /**
     * Takes the lease and keeps it until it is closed.
     *
     * @param redis the server of the settings, for the first request
     * @param say takes a line when the lease was gone and has been taken again
     * @throws Taken when the supervisor of another folder has it
     */
    static SupervisorLease take(Redis redis, RedisSettings settings, Keys keys, Holder self, Consumer<String> say)
            throws Taken {
        if (new Supervision(redis, keys).take(self, LEASE_MS) instanceof Outcome.Refused refused) {
            throw new Taken("redis at " + RedisUrl.of(settings.url().value()).shown() + ", namespace " + keys.prefix()
                    + ", has a supervisor: " + refused.holder() + " (stack "
                    + refused.holder().stack() + "). Two would start and stop each other's workers. Stop that one with"
                    + " papertape down --home " + refused.holder().home() + " on its host, or give this stack a"
                    + " namespace (bus.namespace), a database (redis://host:port/1) or a Redis of its own. If that process was"
                    + " killed, its lease ends by itself in " + (refused.endsInMs() / 1_000 + 1) + " s");
        }
        SupervisorLease lease = new SupervisorLease(settings, keys, self, say);
        lease.thread.start();
        return lease;
    }

    /** This process as the supervisor of a folder. */
    static Holder self(Home home, String stackId) throws IOException {
        String host = host();
        return new Holder(
                stackId,
                host,
                host + "/" + line(Path.of("/proc/sys/kernel/random/boot_id")).orElse(""),
                home.folder().toRealPath().toString(),
                ProcessHandle.current().pid());
    }

    /** From the system where it tells it: the name service may take seconds to fail. */
    private static String host() throws IOException {
        Optional<String> told = line(Path.of("/proc/sys/kernel/hostname"));
        return told.isPresent() ? told.get() : InetAddress.getLocalHost().getHostName();
    }

    private static Optional<String> line(Path file) throws IOException {
        return Files.isReadable(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    /** @throws Taken when the supervisor of another folder has taken the data over, as after a long absence of Redis */
    void requireHeld() throws Taken {
        String why = lost;
        if (why != null) {
            throw new Taken(why);
        }
    }

    private void run() {
        try {
            while (lost == null && !closed.await(RENEW_MS, TimeUnit.MILLISECONDS)) {
                renew();
            }
            if (lost == null) {
                release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    /** While Redis is away, or takes no writes, the next attempt follows. */
    private void renew() {
        try {
            switch (supervision().take(self, LEASE_MS)) {
                case Outcome.Renewed renewed -> {}
                case Outcome.Taken taken ->
                    say.accept("redis had lost this supervisor's lease (" + keys.supervisor()
                            + " was deleted, or redis was away for more than " + LEASE_MS / 1_000
                            + " s): it is taken again");
                case Outcome.Refused refused ->
                    lost = "this supervisor has lost its lease in redis (" + keys.supervisor() + ") to "
                            + refused.holder() + ", which supervises the same data now: this stack ends";
            }
        } catch (Redis.Unavailable | Redis.Refused e) {
            disconnect();
        }
    }

    private void release() {
        try {
            supervision().release(self);
        } catch (Redis.Unavailable | Redis.Refused e) {
            // the lease runs out by itself
            disconnect();
        }
    }

    private Supervision supervision() {
        Redis open = redis;
        if (open == null) {
            open = Redis.connect(settings, "papertape-lease");
            redis = open;
        }
        return new Supervision(open, keys);
    }

    private void disconnect() {
        if (redis != null) {
            redis.close();
            redis = null;
        }
    }

    /** Gives the lease back; does not wait for a Redis that is away. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(RELEASE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
