package papertape.feed;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Instrument;

/**
 * What a glance at a venue's text tells, without parsing it.
 *
 * @param channel the venue's own name of the kind of message; {@code unknown} where it cannot be told
 * @param payload the venue's text, untouched
 */
record Look(String channel, @Nullable Instrument instrument, Weight weight, String payload) {
    static final String UNKNOWN = "unknown";

    private static final int MOST_CHANNEL = 40;

    /** The channel of a kind that the venue names: no word of its choice may pass for the feed's own channels. */
    static String channel(String kind) {
        boolean isOurs = kind.startsWith("rest-") || kind.equals(Inbox.STATUS_CHANNEL) || kind.length() > MOST_CHANNEL;
        return isOurs ? UNKNOWN : kind;
    }

    /** A product that is not configured; null where the venue's name for it cannot be an instrument's. */
    static @Nullable Instrument unconfigured(String venue, String symbol) {
        try {
            return Instrument.of(venue, symbol);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
