package papertape.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Instrument;

/**
 * Coinbase's status channel: every few seconds one message with all products and currencies, some hundred kilobytes. A part
 * of it is the message as the venue would send it if it had one product and no currencies.
 */
final class CoinbaseStatus {
    static final String CHANNEL = "status";

    private static final String PRODUCTS = "products";
    private static final String QUOTED_PRODUCTS = "\"products\"";

    private CoinbaseStatus() {}

    /**
     * Whether a text is a message of the channel, with its products.
     *
     * @param firstType value of the first field {@code type} in the text, which may be a currency's
     */
    static boolean isStatus(String firstType, String text) {
        boolean mayBe = firstType.equals(CHANNEL) || text.contains(QUOTED_PRODUCTS);
        return mayBe && "\"status\"".equals(Text.member(text, "type")) && Text.member(text, PRODUCTS) != null;
    }

    /** One for each of these products that the message has, in its order; of a product that it has twice, the last. */
    static List<Look> parts(String text, Map<String, Instrument> products) {
        String array = Text.member(text, PRODUCTS);
        if (array == null) {
            return List.of();
        }
        List<Look> parts = new ArrayList<>();
        for (String product : Text.objects(array)) {
            Instrument instrument = products.get(id(product));
            if (instrument != null) {
                parts.removeIf(earlier -> instrument.equals(earlier.instrument()));
                parts.add(part(instrument, product));
            }
        }
        return parts;
    }

    /** @param product the venue's text of it, untouched */
    static Look part(Instrument instrument, String product) {
        String text = "{\"type\":\"status\",\"products\":[" + product + "]}";
        return new Look(CHANNEL, instrument, Weight.KEEP, text);
    }

    private static @Nullable String id(String product) {
        String quoted = Text.member(product, "id");
        return quoted == null || quoted.length() < 2 || quoted.charAt(0) != '"'
                ? null
                : quoted.substring(1, quoted.length() - 1);
    }
}
