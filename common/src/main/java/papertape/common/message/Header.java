package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Flat;
import papertape.common.value.MessageId;

/**
 * The fields that every message has; on the wire they stand in the message itself.
 *
 * @param id deterministic name, {@code <stage>.<partition>-<n>}
 * @param ts event time in microseconds since the epoch, UTC
 * @param cause the message that led to this one; absent at a source
 * @param origin microseconds since the epoch at which the feed received the raw message behind this one
 */
@Flat
public record Header(MessageId id, long ts, @Nullable MessageId cause, long origin) {}
