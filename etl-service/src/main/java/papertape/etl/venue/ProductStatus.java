package papertape.etl.venue;

import java.util.Locale;
import papertape.common.value.FeedState;

/** One product of Coinbase's status channel: which orders it takes. */
final class ProductStatus {
    private String status = "online";
    private boolean isDisabled;
    private boolean isCancelOnly;
    private boolean isAuction;
    private boolean isLimitOnly;
    private boolean isPostOnly;

    private ProductStatus() {}

    static VenueEvent read(JsonText text) {
        ProductStatus product = new ProductStatus();
        text.expectObject();
        for (String name = text.nextField(); name != null; name = text.nextField()) {
            product.field(name, text);
        }
        return product.access();
    }

    private void field(String name, JsonText text) {
        switch (name) {
            case "status" -> status = text.string().toLowerCase(Locale.ROOT);
            case "trading_disabled" -> isDisabled = text.bool();
            case "cancel_only" -> isCancelOnly = text.bool();
            case "auction_mode" -> isAuction = text.bool();
            case "limit_only" -> isLimitOnly = text.bool();
            case "post_only" -> isPostOnly = text.bool();
            default -> text.skip();
        }
    }

    /** What stops trading goes before what limits it; in an auction nothing trades until its end. */
    private VenueEvent access() {
        if (!status.equals("online")) {
            return of(FeedState.HALTED, "the venue's status is " + JsonText.shown(status));
        }
        if (isDisabled || isCancelOnly || isAuction) {
            return of(
                    FeedState.HALTED,
                    isDisabled ? "trading is disabled" : isCancelOnly ? "the venue takes cancels only" : "auction");
        }
        if (isPostOnly) {
            return of(FeedState.POST_ONLY, "the venue takes post-only orders only");
        }
        return isLimitOnly
                ? of(FeedState.LIMIT_ONLY, "the venue takes orders with a limit only")
                : of(FeedState.LIVE, "");
    }

    private static VenueEvent of(FeedState state, String detail) {
        return new VenueEvent.Access(0, state, detail);
    }
}
