package papertape.cli.stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.runtime.OwnStack;

/**
 * Keeps a running stack's stages to the numbers of workers that stand in Redis. They begin as those that the stack was
 * started with; whoever has Redis' credentials may change them.
 */
public final class ScaleWatch implements AutoCloseable {
    private final Stack stack;
    private final Keys keys;
    private final OwnerWatch owners;
    private boolean hasBegun;
    private @Nullable Redis redis;

    public ScaleWatch(Stack stack) {
        this.stack = stack;
        this.owners = new OwnerWatch(stack);
        this.keys = Keys.of(stack.config().bus().namespace());
    }

    /**
     * Looks once and starts or stops workers; returns a line about each change. While Redis is away nothing changes.
     *
     * @throws Stack.Hopeless when a stage's workers do nothing
     * @throws IOException when a worker cannot be started, or Redis is another stack's
     */
    public List<String> look() throws IOException {
        Map<String, String> wanted;
        try {
            wanted = wanted();
        } catch (Redis.Unavailable | Redis.Refused e) {
            owners.forget();
            close();
            return List.of();
        }
        List<String> changes = new ArrayList<>();
        for (Stages stage : Stages.values()) {
            int now = stack.workers(stage);
            int then = Stages.count(wanted.getOrDefault(stage.text(), Integer.toString(now)), now);
            if (then != now) {
                stack.scale(stage, then);
                changes.add(stage.text() + " has " + then + " workers now, it had " + now);
            }
        }
        if (!changes.isEmpty()) {
            stack.writeFile();
        }
        return changes;
    }

    /** Data that somebody has thrown away are this stack's again; those of another stack are nothing to work on. */
    private void claim(Redis open) throws IOException {
        String found = new Bus(open, keys).claim(stack.id());
        if (!found.equals(stack.id())) {
            throw new IOException(OwnStack.foreign("redis", found, stack.id()));
        }
    }

    private Map<String, String> wanted() throws IOException {
        Redis open = redis;
        if (open == null) {
            open = Redis.connect(stack.redisSettings(), "papertape-scale");
            redis = open;
        }
        claim(open);
        owners.look(new Bus(open, keys));
        if (!hasBegun) {
            for (Stages stage : Stages.values()) {
                open.call("HSET", keys.scale(), stage.text(), Integer.toString(stack.workers(stage)));
            }
            hasBegun = true;
        }
        return open.hash(keys.scale());
    }

    @Override
    public void close() {
        if (redis != null) {
            redis.close();
            redis = null;
        }
    }
}
