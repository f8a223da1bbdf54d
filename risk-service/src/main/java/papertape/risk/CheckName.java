package papertape.risk;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The pre-trade checks by name, in the order in which they are made; a refusal's text names one. A name without a check is
 * of a refusal that comes before or after them.
 */
enum CheckName {
    /** A timestamp that is too far from the market's time. */
    TIMESTAMP,
    KNOWN_ACCOUNT,
    KNOWN_INSTRUMENT(new KnownInstrumentCheck()),
    CURRENCY(new CurrencyCheck()),
    DUPLICATE_ORDER_ID(new DuplicateOrderIdCheck()),
    REPEATED_ORDER(new RepeatedOrderCheck()),
    PRICE(new PriceCheck()),
    QUANTITY(new QuantityCheck()),
    NOTIONAL(new NotionalCheck()),
    BRACKET(new BracketCheck()),
    PRICE_COLLAR(new PriceCollarCheck()),
    FRESH_QUOTE(new FreshQuoteCheck()),
    TRADING_STATE(new TradingStateCheck()),
    BUYING_POWER(new BuyingPowerCheck()),
    LONG_POSITION(new LongPositionCheck()),
    REDUCE_ONLY(new ReduceOnlyCheck()),
    POSITION_LIMIT(new PositionLimitCheck()),
    GROSS_LEVERAGE(new GrossLeverageCheck()),
    OPEN_ORDERS(new OpenOrdersCheck()),
    OPEN_ORDERS_PER_INSTRUMENT(new InstrumentOpenOrdersCheck()),
    SUBMIT_RATE(new SubmitRateCheck()),
    MODIFY_RATE(new ModifyRateCheck()),
    ORDERS_PER_DAY(new OrdersPerDayCheck()),
    DAILY_LOSS(new DailyLossCheck()),
    DRAWDOWN(new DrawdownCheck()),
    RESTRICTED(new RestrictedCheck()),
    LONG_ONLY(new LongOnlyCheck()),
    ORDER_TERMS(new OrderTermsCheck()),
    TIME_IN_FORCE(new TimeInForceCheck()),
    FEED_STALE(new FeedStaleCheck()),
    /** A replace while the last one is not answered yet, or of an order that is another account's. */
    PENDING_REPLACE,
    ORDER_OWNER;

    private final String text = name().toLowerCase(Locale.ROOT);
    private final @Nullable Check check;

    CheckName() {
        this.check = null;
    }

    CheckName(Check check) {
        this.check = check;
    }

    String text() {
        return text;
    }

    /** The check of an order whose account is known; null where there is none of that name. */
    @Nullable
    Check check() {
        return check;
    }
}
