package papertape.common.runtime;

import java.util.Map;
import papertape.common.bus.Bus;
import papertape.common.bus.Redis;

/**
 * Which stack this process belongs to. The supervisor says so in the environment, after it has made sure that the Redis is
 * the stack's own. Without a supervisor, as in a container, Redis says so: it is given an id where it has none, and the
 * process keeps to the first that it has seen.
 */
public final class OwnStack {
    /** Environment variable with the stack's id. */
    public static final String SETTING = "PAPERTAPE_STACK_ID";

    /** Redis holds another stack's data: a person must act. */
    public static final class Foreign extends Redis.Unavailable {
        public Foreign(String found, String own) {
            super(foreign("redis", found, own), null);
        }
    }

    private final boolean isTold;
    private String id;

    OwnStack(Map<String, String> env) {
        this.id = env.getOrDefault(SETTING, "");
        this.isTold = !id.isEmpty();
    }

    /** Empty before the first connection of a process that was not told. */
    String id() {
        return id;
    }

    /**
     * @throws Foreign when Redis is another stack's; that may change, as when a port has changed hands
     * @throws Redis.Unavailable when a process that was told its stack finds none
     */
    void check(Bus bus) {
        String found = isTold ? bus.stackId() : bus.claim(id);
        if (id.isEmpty()) {
            id = found;
        }
        if (found.isEmpty()) {
            throw new Redis.Unavailable("redis has no data of a stack yet, this process belongs to stack " + id, null);
        }
        if (!found.equals(id)) {
            throw new Foreign(found, id);
        }
    }

    /** What is said of a server that is another stack's. */
    public static String foreign(String server, String found, String own) {
        return server + " holds the data of another stack (" + found + "), this stack is " + own
                + ": each stack needs a Redis or a namespace (bus.namespace) and a database of its own";
    }
}
