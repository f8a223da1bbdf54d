package papertape.cli.look;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.RedisSettings;
import papertape.common.runtime.OwnStack;

/**
 * Waits for a Redis that is restarted, as the workers do. One that loads its data is waited for; one that does not answer
 * only where a supervisor starts it again.
 */
public final class Patience {
    private static final long RESTART_NS = TimeUnit.SECONDS.toNanos(8);
    private static final long LOADING_NS = TimeUnit.MINUTES.toNanos(10);
    private static final long POLL_MS = 50;
    private static final int TRIES = 5;

    private final RedisSettings settings;
    private final Keys keys;
    private final String stackId;
    private final boolean isSupervised;
    private final Consumer<String> say;

    /**
     * @param stackId whose data Redis has to hold; empty: any stack's
     * @param say takes a line when something is waited for
     */
    public Patience(RedisSettings settings, Keys keys, String stackId, boolean isSupervised, Consumer<String> say) {
        this.settings = settings;
        this.keys = keys;
        this.stackId = stackId;
        this.isSupervised = isSupervised;
        this.say = say;
    }

    /**
     * Looks at something in Redis; from its beginning again when Redis goes away meanwhile, so it must change nothing.
     *
     * @param <T> what is found out
     */
    @FunctionalInterface
    public interface Question<T> {
        T ask(Redis redis) throws InterruptedException;
    }

    /** @throws Redis.Unavailable when it stays away */
    public <T> T ask(Question<T> question) throws InterruptedException {
        for (int i = 1; ; i++) {
            try (Redis redis = connect()) {
                return question.ask(redis);
            } catch (Redis.Untrusted | OwnStack.Foreign e) {
                throw e;
            } catch (Redis.Unavailable e) {
                if (!isSupervised || i == TRIES) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MS);
            }
        }
    }

    /**
     * @throws Redis.Unavailable when it stays away, or is another stack's
     * @throws Redis.Refused when it wants other credentials
     */
    public Redis connect() {
        long began = System.nanoTime();
        boolean isSaid = false;
        while (true) {
            try {
                return ours(Redis.connect(settings, "papertape-cli"));
            } catch (Redis.Untrusted | OwnStack.Foreign e) {
                throw e;
            } catch (Redis.Unavailable e) {
                long limit = e instanceof Redis.Busy ? LOADING_NS : isSupervised ? RESTART_NS : 0;
                if (System.nanoTime() - began >= limit) {
                    throw e;
                }
                if (!isSaid) {
                    isSaid = true;
                    say.accept(e.getMessage() + "; waiting for it ...");
                }
            }
            pause();
        }
    }

    private Redis ours(Redis redis) {
        String found = stackId.isEmpty() ? "" : new Bus(redis, keys).stackId();
        if (!found.isEmpty() && !found.equals(stackId)) {
            redis.close();
            throw new OwnStack.Foreign(found, stackId);
        }
        return redis;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Redis.Unavailable("interrupted while waiting for redis", e);
        }
    }
}
