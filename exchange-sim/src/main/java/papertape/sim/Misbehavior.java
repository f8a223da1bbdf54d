package papertape.sim;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something the venue is told to do wrong.
 *
 * @param product null: all of them
 * @param count of messages, for the actions that have one
 * @param seconds how long, for silence and halt; a halt of 0 lasts until resumed
 */
public record Misbehavior(Action action, @Nullable String product, int count, double seconds) {
    /** What can go wrong. */
    public enum Action {
        /** Close the connections that subscribed to the product, after what was printed so far. */
        DROP,
        /** Print the next messages, but send them to nobody. */
        SKIP,
        /** Send each of the next messages twice. */
        REPEAT,
        /** Send each of the next messages after the one that follows it. */
        REORDER,
        /** Send a broken copy ahead of each of the next messages. */
        MALFORMED,
        /** Send nothing for some seconds, heartbeats included; what is printed meanwhile is lost. */
        SILENCE,
        /** Stop trading; heartbeats go on. */
        HALT,
        /** End a halt. */
        RESUME,
        /** Say in the status channel that all orders are taken. */
        ONLINE,
        /** The same of orders with a limit only. What the venue says of a product does not change its market. */
        LIMIT_ONLY,
        /** The same of post-only orders only. */
        POST_ONLY,
        /** The same of cancels only. */
        CANCEL_ONLY,
        /** The same of nothing at all. */
        OFFLINE
    }

    public static Misbehavior of(Action action, @Nullable String product, int count) {
        return new Misbehavior(action, product, count, 0);
    }

    public static Misbehavior lasting(Action action, @Nullable String product, double seconds) {
        return new Misbehavior(action, product, 0, seconds);
    }

    static Action action(String word) {
        for (Action action : Action.values()) {
            if (action.name().toLowerCase(Locale.ROOT).equals(word)) {
                return action;
            }
        }
        throw new IllegalArgumentException("unknown action \"" + word
                + "\" (accepted: drop, skip, repeat, reorder, malformed, silence, halt, resume, online, limit_only,"
                + " post_only, cancel_only, offline)");
    }
}
