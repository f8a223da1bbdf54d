package papertape.etl.venue;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import papertape.common.value.FeedState;

/**
 * What the feed itself says of an instrument's stream, on its own channel {@link #CHANNEL}, whatever the venue: {@code
 * {"status":"stale","detail":"silent for 30 s"}}.
 */
public record FeedNotice(FeedState status, String detail) {
    public static final String CHANNEL = "feed-status";

    /** @throws IllegalArgumentException when the text is malformed; names the field and the value */
    public static FeedNotice read(String payload) {
        return JsonText.read(payload, new JsonText.Slice(), FeedNotice::read);
    }

    private static FeedNotice read(JsonText text) {
        text.expectObject();
        FeedState status = null;
        String detail = "";
        for (String name = text.nextField(); name != null; name = text.nextField()) {
            switch (name) {
                case "status" -> status = state(text.string());
                case "detail" -> detail = text.string();
                default -> text.skip();
            }
        }
        return new FeedNotice(present(status), detail);
    }

    private static FeedState present(@Nullable FeedState status) {
        if (status == null) {
            throw new IllegalArgumentException("status: missing");
        }
        return status;
    }

    private static FeedState state(String text) {
        for (FeedState state : FeedState.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(text)) {
                return state;
            }
        }
        throw new IllegalArgumentException("status: expected live, stale, gap, resync or halted, was \"" + text + "\"");
    }
}
