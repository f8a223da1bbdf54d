package papertape.risk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All pre-trade checks of an order whose account is known, in the order in which they are made; the first no counts. */
final class Checks {
    static final List<Check> ALL = List.of(
            new KnownInstrumentCheck(),
            new CurrencyCheck(),
            new DuplicateOrderIdCheck(),
            new RepeatedOrderCheck(),
            new PriceCheck(),
            new QuantityCheck(),
            new NotionalCheck(),
            new BracketCheck(),
            new PriceCollarCheck(),
            new FreshQuoteCheck(),
            new TradingStateCheck(),
            new BuyingPowerCheck(),
            new LongPositionCheck(),
            new ReduceOnlyCheck(),
            new PositionLimitCheck(),
            new GrossLeverageCheck(),
            new OpenOrdersCheck(),
            new InstrumentOpenOrdersCheck(),
            new SubmitRateCheck(),
            new ModifyRateCheck(),
            new OrdersPerDayCheck(),
            new DailyLossCheck(),
            new DrawdownCheck(),
            new RestrictedCheck(),
            new LongOnlyCheck(),
            new OrderTermsCheck(),
            new TimeInForceCheck(),
            new FeedStaleCheck());

    private Checks() {}

    static @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        for (Check check : ALL) {
            Denial denial = check.test(order, book, market);
            if (denial != null) {
                return denial;
            }
        }
        return null;
    }
}
