package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Instrument;

/**
 * A venue's message as it came.
 *
 * @param venue the venue's name in instruments ({@code COINBASE})
 * @param instrument absent for messages about the connection itself
 * @param channel the venue's own name of the kind of message ({@code l2update})
 * @param received microseconds since the epoch at which the feed received it
 * @param payload the venue's text, untouched
 */
public record Raw(
        Header header, String venue, @Nullable Instrument instrument, String channel, long received, String payload)
        implements Message {}
