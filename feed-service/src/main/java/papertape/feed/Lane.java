package papertape.feed;

import org.jspecify.annotations.Nullable;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;

/** What the inbox knows of one owned stream. Used under the inbox's lock. */
final class Lane {
    final @Nullable Instrument instrument;
    /** Messages received since the stream's beginning, or what the feed itself counts. */
    long position;
    /** Null until the first word about it. */
    @Nullable
    FeedState state;
    /** Book changes are worth nothing until the next snapshot. */
    boolean awaitsSnapshot;
    /** What was passed on last of the product's status; null where nothing was over this connection. */
    @Nullable
    String productStatus;

    Lane(@Nullable Instrument instrument, long position) {
        this.instrument = instrument;
        this.position = position;
    }
}
