package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.MessageId;

/**
 * What every message carries; on the wire its fields stand in the message itself.
 *
 * @param id deterministic name, {@code <stage>.<partition>-<n>}
 * @param ts event time in microseconds since the epoch, UTC
 * @param cause the message that led to this one; absent at a source
 * @param origin microseconds since the epoch at which the feed received the raw message behind this one
 */
public record Header(MessageId id, long ts, @Nullable MessageId cause, long origin) {}
