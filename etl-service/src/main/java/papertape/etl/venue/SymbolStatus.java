package papertape.etl.venue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.value.FeedState;

/** One symbol of Binance's exchange information: which orders it takes. */
final class SymbolStatus {
    private @Nullable String status;
    private List<String> orderTypes = List.of();

    private SymbolStatus() {}

    /** The feed gives each instrument the part about its symbol alone. */
    static List<VenueEvent> readOnly(JsonText text) {
        List<VenueEvent> events = new ArrayList<>();
        text.expectObject();
        for (String name = text.nextField(); name != null; name = text.nextField()) {
            if (name.equals("symbols") && text.isArray()) {
                while (text.nextElement()) {
                    events.add(read(text));
                }
            } else {
                text.skip();
            }
        }
        return events.size() == 1 ? events : List.of();
    }

    private static VenueEvent read(JsonText text) {
        SymbolStatus symbol = new SymbolStatus();
        text.expectObject();
        for (String name = text.nextField(); name != null; name = text.nextField()) {
            switch (name) {
                case "status" -> symbol.status = text.string();
                case "orderTypes" -> symbol.orderTypes = words(text);
                default -> text.skip();
            }
        }
        return symbol.access();
    }

    private static List<String> words(JsonText text) {
        List<String> words = new ArrayList<>();
        text.expectArray();
        while (text.nextElement()) {
            words.add(text.string());
        }
        return words;
    }

    /** In every status other than TRADING, also in one that is new, the venue takes no orders, and most take cancels. */
    private VenueEvent access() {
        String now = status;
        if (now == null) {
            throw new IllegalArgumentException("status: missing");
        }
        if (!now.equals("TRADING")) {
            return of(FeedState.HALTED, "the venue's status is " + JsonText.shown(now));
        }
        if (orderTypes.isEmpty() || orderTypes.contains("MARKET")) {
            return of(FeedState.LIVE, "");
        }
        return orderTypes.contains("LIMIT")
                ? of(FeedState.LIMIT_ONLY, "the venue takes orders with a limit only")
                : of(FeedState.POST_ONLY, "the venue takes post-only orders only");
    }

    private static VenueEvent of(FeedState state, String detail) {
        return new VenueEvent.Access(0, state, detail);
    }
}
