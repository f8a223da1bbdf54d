package papertape.sim;

import java.util.Locale;

/** Which orders the venue says it takes for a product. */
enum ProductState {
    ONLINE,
    LIMIT_ONLY,
    POST_ONLY,
    CANCEL_ONLY,
    /** Not even cancels. */
    OFFLINE;

    /** As Coinbase describes a product, over REST and in its status channel. */
    String describe(SimInstrument instrument) {
        var settings = instrument.settings();
        boolean isOffline = this == OFFLINE;
        return "{\"id\":\"" + instrument.product() + "\",\"base_currency\":\"" + settings.base()
                + "\",\"quote_currency\":\"" + settings.quote() + "\",\"base_increment\":\"" + settings.lot()
                + "\",\"quote_increment\":\"" + settings.tick() + "\",\"base_min_size\":\"" + settings.minQty()
                + "\",\"base_max_size\":\"" + settings.maxQty() + "\",\"display_name\":\""
                + instrument.product().replace('-', '/')
                + "\",\"status\":\"" + (isOffline ? "offline" : "online") + "\",\"status_message\":\""
                + (this == ONLINE ? "" : name().toLowerCase(Locale.ROOT).replace('_', ' ')) + "\",\"post_only\":"
                + (this == POST_ONLY) + ",\"limit_only\":" + (this == LIMIT_ONLY) + ",\"cancel_only\":"
                + (this == CANCEL_ONLY) + ",\"trading_disabled\":" + isOffline + "}";
    }
}
