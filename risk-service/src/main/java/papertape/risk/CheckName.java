package papertape.risk;

import java.util.Locale;

/** Names of the pre-trade checks, in the order in which they are made; a refusal's text names one. */
enum CheckName {
    /** A timestamp that is too far from the market's time. */
    TIMESTAMP,
    KNOWN_ACCOUNT,
    KNOWN_INSTRUMENT,
    CURRENCY,
    DUPLICATE_ORDER_ID,
    REPEATED_ORDER,
    PRICE,
    QUANTITY,
    NOTIONAL,
    BRACKET,
    PRICE_COLLAR,
    FRESH_QUOTE,
    TRADING_STATE,
    BUYING_POWER,
    LONG_POSITION,
    REDUCE_ONLY,
    POSITION_LIMIT,
    GROSS_LEVERAGE,
    OPEN_ORDERS,
    OPEN_ORDERS_PER_INSTRUMENT,
    SUBMIT_RATE,
    MODIFY_RATE,
    ORDERS_PER_DAY,
    DAILY_LOSS,
    DRAWDOWN,
    RESTRICTED,
    LONG_ONLY,
    ORDER_TERMS,
    TIME_IN_FORCE,
    FEED_STALE,
    /** A replace while the last one is not answered yet, or of an order that is another account's. */
    PENDING_REPLACE,
    ORDER_OWNER;

    private final String text = name().toLowerCase(Locale.ROOT);

    String text() {
        return text;
    }
}
