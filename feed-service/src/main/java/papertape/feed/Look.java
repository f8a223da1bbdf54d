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
}
