package papertape.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.message.NewOrder;
import papertape.common.message.ReplaceOrder;
import papertape.common.value.AccountAction;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;
import papertape.common.value.OrdType;
import papertape.common.value.TimeInForce;

/** Each pre-trade check at its limit and one step over. */
class ChecksTest {
    @Test
    void anOrderForAnUnknownAccountIsDenied() {
        Gate.cash().buy("1").of("nobody").isDenied("check=known_account limit=open value=unknown nobody");
    }

    @Test
    void anInstrumentMustBeListed() {
        Gate.cash()
                .buy("1")
                .in(Instrument.of("COINBASE:XYZ-USD"))
                .isDenied("check=known_instrument limit=listed value=unknown COINBASE:XYZ-USD");
    }

    @Test
    void anInstrumentMustHaveHadAPrice() {
        Gate gate = Gate.cash();
        gate.buy("1").in(Settings.ETH).isDenied("check=known_instrument limit=a price value=none");
        gate.mark(Settings.ETH, "100");
        gate.buy("1").in(Settings.ETH).passes();
    }

    @Test
    void anInstrumentInAnotherCurrencyNeedsARate() {
        Gate gate = Gate.cash();
        gate.mark(Settings.LLOY, "0.5");
        gate.buy("100").in(Settings.LLOY).isDenied("check=currency limit=USD value=no rate GBP/USD");
    }

    @Test
    void anInstrumentInAnotherCurrencyIsConvertedAtTheConfiguredRate() {
        Gate gate = Gate.of(new Settings().account("a", "cash", "100000").rate("GBP/USD", "1.38"));
        gate.mark(Settings.LLOY, "0.5");
        gate.buy("1000").in(Settings.LLOY).limit("0.5").passes();
        // 1,000 x 0.5 x (1 + 10 bp) x 1.38
        assertThat(gate.book("a").reserved()).hasToString("690.69");
    }

    @Test
    void anOrderIdIsUsedOnceEvenWhenItsOrderHasEnded() {
        Gate gate = Gate.cash();
        NewOrder first = gate.buy("1").limit("9999").id("x").passes();
        gate.answer(first, ExecType.CANCELED, "0");
        gate.buy("1").limit("9998").id("x").isDenied("check=duplicate_order_id limit=unused value=x");
    }

    @Test
    void anOrderIdOfADeniedOrderIsUsedUp() {
        Gate gate = Gate.cash();
        gate.buy("0.00001").id("x").isDenied("check=quantity limit=lot 0.0001 value=0.00001");
        gate.buy("1").id("x").isDenied("check=duplicate_order_id limit=unused value=x");
    }

    @Test
    void theSameOrderPassesThreeTimesInASecond() {
        Gate gate = Gate.cash();
        for (int i = 0; i < 3; i++) {
            gate.buy("0.1").limit("9999").passes();
            gate.now += 100_000;
        }
        gate.buy("0.1").limit("9999").isDenied("check=repeated_order limit=3 value=4");
        gate.buy("0.1").limit("9998").passes();
        gate.now = Gate.START + Gate.SECOND - 1;
        gate.buy("0.1").limit("9999").isDenied("check=repeated_order limit=3 value=4");
        gate.now = Gate.START + Gate.SECOND;
        gate.buy("0.1").limit("9999").passes();
    }

    @Test
    void pricesAreOnTheTickAndAboveZero() {
        Gate gate = Gate.cash();
        gate.buy("1").limit("9999.99").passes();
        gate.buy("1").limit("9999.999").isDenied("check=price limit=tick 0.01 value=9999.999");
        gate.buy("1").limit("0").isDenied("check=price limit=above 0 value=0");
        gate.sell("1").stop("9000.001").isDenied("check=price limit=tick 0.01 value=9000.001");
    }

    @Test
    void quantitiesAreOnTheLotAndWithinTheInstrumentsBounds() {
        Gate gate = Gate.cash();
        gate.buy("0.0001").passes();
        gate.buy("0.00015").isDenied("check=quantity limit=lot 0.0001 value=0.00015");
        gate.buy("0").isDenied("check=quantity limit=above 0 value=0");
        gate.buy("-1").isDenied("check=quantity limit=above 0 value=-1");
        gate.buy("100000.0001").isDenied("check=quantity limit=to 100000 value=100000.0001");
    }

    @Test
    void notionalIsFromOneToTwentyFiveThousand() {
        Gate gate = Gate.cash("maxPositionPercent", "100");
        gate.buy("0.0001").limit("10000").passes();
        gate.buy("0.0001").limit("9999.99").isDenied("check=notional limit=from 1 value=0.999999");
        gate.buy("2.5").limit("10000").passes();
        gate.buy("2.5").limit("10000.01").isDenied("check=notional limit=to 25000 value=25000.025");
    }

    @Test
    void aLimitIsWithinTenPercentOfTheMarkOnACryptoVenue() {
        Gate gate = Gate.cash();
        gate.buy("0.1").limit("11000").passes();
        gate.buy("0.1").limit("11000.01").isDenied("check=price_collar limit=10% of mark 10000 value=11000.01");
        gate.buy("0.1").limit("9000").passes();
        gate.buy("0.1").limit("8999.99").isDenied("check=price_collar limit=10% of mark 10000 value=8999.99");
    }

    @Test
    void theAccountsOwnCollarGoesBeforeTheVenues() {
        Gate gate = Gate.cash("collarPercent", "1");
        gate.buy("0.1").limit("10100").passes();
        gate.buy("0.1").limit("10100.01").isDenied("check=price_collar limit=1% of mark 10000 value=10100.01");
    }

    @Test
    void aMarketOrderNeedsAQuoteOfTheLastFiveSeconds() {
        Gate gate = Gate.cash();
        gate.now += 5 * Gate.SECOND;
        gate.buy("0.1").passes();
        gate.now += 1_000;
        gate.buy("0.1").isDenied("check=fresh_quote limit=5000ms value=5001ms");
        gate.buy("0.1").limit("10000").passes();
    }

    @Test
    void noOrderPassesWhileTheFeedHasBeenSilentTooLong() {
        Gate gate = Gate.cash();
        gate.now += 30 * Gate.SECOND;
        gate.buy("0.1").limit("10000").passes();
        gate.now += 1_000;
        gate.buy("0.1").limit("9999").isDenied("check=feed_stale limit=30000ms value=30001ms");
    }

    @Test
    void aHaltedAccountAcceptsNoOrder() {
        Gate gate = Gate.cash();
        gate.command("a", AccountAction.HALT, null);
        gate.buy("1").isDenied("check=trading_state limit=active value=halted (by hand)");
    }

    @Test
    void aCashBuyNeedsItsCostAndTakerFee() {
        // 1 x 10,000 and 80 basis points of it
        Settings enough = new Settings().account("a", "cash", "10080", "maxPositionPercent", "100");
        Gate.of(enough).buy("1").limit("10000").passes();
        Settings less = new Settings().account("a", "cash", "10079.99", "maxPositionPercent", "100");
        Gate.of(less).buy("1").limit("10000").isDenied("check=buying_power limit=10079.99 value=10080");
    }

    @Test
    void aMarketBuyReservesFourPercentBeyondTheMark() {
        // 10,000 x 1.04 x 1.008
        Settings enough = new Settings().account("a", "cash", "10483.2", "maxPositionPercent", "100");
        Gate gate = Gate.of(enough);
        gate.buy("1").passes();
        assertThat(gate.book("a").available()).hasToString("0");
        Settings less = new Settings().account("a", "cash", "10483.19", "maxPositionPercent", "100");
        Gate.of(less).buy("1").isDenied("check=buying_power limit=10483.19 value=10483.2");
    }

    @Test
    void whatOpenOrdersReserveBuysNothingElse() {
        Settings settings = new Settings().account("a", "cash", "20160", "maxPositionPercent", "100");
        Gate gate = Gate.of(settings);
        gate.buy("1").limit("10000").passes();
        NewOrder second = gate.buy("1").limit("10000").passes();
        gate.buy("0.0002").limit("10000").isDenied("check=buying_power limit=0 value=2.016");
        gate.answer(second, ExecType.CANCELED, "0");
        gate.buy("1").limit("10000").passes();
    }

    @Test
    void aMarginAccountBuysForTwiceItsEquityLessFees() {
        Settings settings = new Settings().account("a", "margin", "10080", "maxPositionPercent", "1000");
        // 20,160 of buying power; 2 x 10,000 and 160 of fees
        Gate.of(settings).buy("2").limit("10000").passes();
        Gate.of(settings).buy("2.0001").limit("10000").isDenied("check=buying_power limit=20160 value=20161.008");
    }

    @Test
    void aCashAccountSellsAtMostWhatItIsLongLessOpenSells() {
        Gate gate = Gate.cash();
        gate.hold("1", "10000");
        gate.sell("0.6").limit("10500").passes();
        gate.sell("0.4001").isDenied("check=long_position limit=0.4 value=0.4001");
        gate.sell("0.4").passes();
    }

    @Test
    void aReduceOnlyOrderNeedsAPositionToReduce() {
        Gate gate = Gate.margin();
        gate.sell("0.5").reduceOnly().isDenied("check=reduce_only limit=reduces value=position 0");
        gate.hold("1", "10000");
        gate.buy("0.5").reduceOnly().isDenied("check=reduce_only limit=reduces value=position 1");
        gate.sell("0.5").reduceOnly().passes();
    }

    @Test
    void aPositionWithItsOpenOrdersIsAtMostTwentyPercentOfEquity() {
        Gate gate = Gate.cash();
        gate.hold("1", "10000");
        gate.buy("0.5").limit("10000").passes();
        gate.buy("0.5001").limit("10000").isDenied("check=position_limit limit=20% value=20.001");
        gate.buy("0.5").limit("10000").passes();
        gate.sell("1").passes();
    }

    @Test
    void grossLeverageCountsPositionsAndOpenOrders() {
        Gate gate = Gate.cash("maxLeverage", "0.15");
        gate.hold("1", "10000");
        gate.buy("0.5001").limit("10000").isDenied("check=gross_leverage limit=0.15 value=0.15001");
        gate.buy("0.5").limit("10000").passes();
    }

    @Test
    void aMarginAccountsShortCountsAsLeverage() {
        Gate gate = Gate.margin("maxLeverage", "0.1");
        gate.sell("1.0001").limit("10000").isDenied("check=gross_leverage limit=0.1 value=0.10001");
        gate.sell("1").limit("10000").passes();
    }

    @Test
    void openOrdersOfAnAccountAreLimited() {
        Gate gate = Gate.cash("maxOpenOrders", "2");
        gate.mark(Settings.ETH, "100");
        NewOrder first = gate.buy("0.1").limit("9999").passes();
        gate.buy("1").limit("99").in(Settings.ETH).passes();
        gate.buy("0.1").limit("9998").isDenied("check=open_orders limit=2 value=3");
        gate.answer(first, ExecType.EXPIRED, "0");
        gate.buy("0.1").limit("9997").passes();
    }

    @Test
    void openOrdersInAnInstrumentAreLimited() {
        Gate gate = Gate.cash("maxOpenOrdersPerInstrument", "1");
        gate.mark(Settings.ETH, "100");
        gate.buy("0.1").limit("9999").passes();
        gate.buy("0.1").limit("9998").isDenied("check=open_orders_per_instrument limit=1 value=2");
        gate.buy("1").limit("99").in(Settings.ETH).passes();
    }

    @Test
    void ordersOfASecondAreLimitedOnEventTime() {
        Gate gate = Gate.cash("maxSubmitsPerSecond", "2");
        gate.buy("0.1").limit("9999").passes();
        gate.now += 1;
        gate.buy("0.1").limit("9998").passes();
        gate.now = Gate.START + Gate.SECOND - 1;
        gate.buy("0.1").limit("9997").isDenied("check=submit_rate limit=2/s value=3/s");
        gate.now = Gate.START + Gate.SECOND;
        gate.buy("0.1").limit("9996").passes();
        gate.buy("0.1").limit("9995").isDenied("check=submit_rate limit=2/s value=3/s");
    }

    @Test
    void ordersOfTheLastSecondAreRememberedOverRestarts() {
        Gate gate = Gate.cash("maxSubmitsPerSecond", "3");
        for (String limit : List.of("9999", "9998", "9997")) {
            gate.buy("0.1").limit(limit).passes();
            gate.tester.restart();
        }
        gate.buy("0.1").limit("9996").isDenied("check=submit_rate limit=3/s value=4/s");
    }

    @Test
    void replacesOfASecondAreLimitedOnEventTime() {
        Gate gate = Gate.cash("maxModifiesPerSecond", "1");
        NewOrder order = gate.buy("0.1").limit("9999").passes();
        assertThat(gate.replace(order, "0.2", null)).hasSize(1);
        NewOrder now = Gate.replaced(order, "0.2", "9999");
        gate.answer(now, ExecType.REPLACED, "0");
        gate.now += Gate.SECOND - 1;
        assertThat(Gate.text(gate.replace(now, "0.3", null))).isEqualTo("check=modify_rate limit=1/s value=2/s");
        gate.now += 1;
        assertThat(Gate.of(gate.replace(now, "0.3", null), ReplaceOrder.class)).hasSize(1);
    }

    @Test
    void approvedOrdersOfAUtcDayAreLimited() {
        Gate gate = Gate.cash("maxOrdersPerDay", "1");
        gate.buy("0.1").limit("9999").passes();
        gate.buy("0.1").limit("9998").isDenied("check=orders_per_day limit=1 value=2");
        gate.now = (Days.of(Gate.START) + 1) * Gate.DAY - 1;
        gate.mark("10000");
        gate.buy("0.1").limit("9997").isDenied("check=orders_per_day limit=1 value=2");
        gate.now += 1;
        gate.buy("0.1").limit("9996").passes();
    }

    @Test
    void aDailyLossBeyondATightenedLimitDeniesTheNextOrder() {
        Gate gate = Gate.cash();
        gate.hold("2", "10000");
        gate.mark("9000");
        gate.command("a", AccountAction.SET_LIMITS, null, "dailyLossReducingPercent", "2");
        gate.buy("0.1").limit("9000").isDenied("check=daily_loss limit=2% value=2");
        gate.sell("1").passes();
        gate.command("a", AccountAction.SET_LIMITS, null, "dailyLossHaltPercent", "2");
        gate.sell("1").limit("9000").isDenied("check=daily_loss limit=2% value=2");
        gate.command("a", AccountAction.SET_LIMITS, null, "dailyLossHaltPercent", "2.0001");
        gate.sell("1").limit("9001").passes();
    }

    @Test
    void aDrawdownBeyondATightenedLimitDeniesTheNextOrder() {
        Gate gate = Gate.cash();
        gate.hold("2", "10000");
        gate.mark("9000");
        gate.command("a", AccountAction.SET_LIMITS, null, "maxDrawdownPercent", "2");
        gate.sell("1").isDenied("check=drawdown limit=2% value=2");
        gate.command("a", AccountAction.SET_LIMITS, null, "maxDrawdownPercent", "2.0001");
        gate.sell("1").limit("9000").passes();
    }

    @Test
    void aRestrictedInstrumentIsDenied() {
        Gate gate = Gate.cash("restricted", "KRAKEN:*, COINBASE:B*-USD");
        gate.buy("1").isDenied("check=restricted limit=COINBASE:B*-USD value=COINBASE:BTC-USD");
        gate.mark(Settings.ETH, "100");
        gate.buy("1").in(Settings.ETH).passes();
    }

    @Test
    void aLongOnlyMarginAccountIsNotShort() {
        Gate.margin().sell("1").passes();
        Gate.margin("longOnly", "true").sell("1").isDenied("check=long_only limit=0 value=1");
    }

    @Test
    void anOrderNamesThePricesOfItsType() {
        Gate gate = Gate.cash();
        gate.buy("0.1").type(OrdType.LIMIT).isDenied("check=order_terms limit=limit value=no limitPx");
        gate.buy("0.1").limit("9999").type(OrdType.MARKET).isDenied("check=order_terms limit=market value=limitPx");
        gate.buy("0.1").type(OrdType.STOP).isDenied("check=order_terms limit=stop value=no stopPx");
        gate.buy("0.1").stop("10100").passes();
        gate.buy("0.1").stop("10100").limit("10200").passes();
        gate.buy("0.1")
                .type(OrdType.TRAILING_STOP)
                .isDenied("check=order_terms limit=trailing_stop value=not one of trailAmount and trailPercent");
        gate.buy("0.1").postOnly().isDenied("check=order_terms limit=market value=postOnly");
    }

    @Test
    void anEndGoesWithGtdAndIsNotPast() {
        Gate gate = Gate.cash();
        gate.buy("0.1").limit("9999").tif(TimeInForce.GTD).expires(gate.now + 1).passes();
        gate.buy("0.1")
                .limit("9998")
                .tif(TimeInForce.GTD)
                .expires(gate.now)
                .isDenied("check=time_in_force limit=after " + gate.now + " value=" + gate.now);
        gate.buy("0.1").limit("9997").tif(TimeInForce.GTD).isDenied("check=time_in_force limit=gtd value=no expireTs");
        gate.buy("0.1").limit("9996").expires(gate.now + 1).isDenied("check=time_in_force limit=gtc value=expireTs");
    }

    @Test
    void immediateOrdersAreMarketOrLimitAndNotPostOnly() {
        Gate gate = Gate.cash();
        gate.buy("0.1").limit("9999").tif(TimeInForce.FOK).passes();
        gate.buy("0.1").tif(TimeInForce.IOC).passes();
        gate.buy("0.1").stop("10100").tif(TimeInForce.IOC).isDenied("check=time_in_force limit=ioc value=stop");
        gate.buy("0.1")
                .limit("9998")
                .postOnly()
                .tif(TimeInForce.IOC)
                .isDenied("check=time_in_force limit=ioc value=postOnly");
    }

    @Test
    void theFirstCheckOfTheListThatSaysNoIsTheOneNamed() {
        Gate.cash().buy("0.00001").limit("0.001").isDenied("check=price limit=tick 0.01 value=0.001");
    }
}
