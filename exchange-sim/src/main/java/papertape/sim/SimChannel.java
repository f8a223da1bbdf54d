package papertape.sim;

import org.jspecify.annotations.Nullable;

/** The channels a client can subscribe to. */
enum SimChannel {
    LEVEL2("level2"),
    MATCHES("matches"),
    TICKER("ticker"),
    HEARTBEAT("heartbeat");

    final String word;

    SimChannel(String word) {
        this.word = word;
    }

    /** Null where the venue has no such channel. The batched book channel carries the same updates as the plain one. */
    static @Nullable SimChannel of(String word) {
        return switch (word) {
            case "level2", "level2_batch" -> LEVEL2;
            case "matches" -> MATCHES;
            case "ticker", "ticker_batch" -> TICKER;
            case "heartbeat" -> HEARTBEAT;
            default -> null;
        };
    }
}
