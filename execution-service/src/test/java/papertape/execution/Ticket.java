package papertape.execution;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Execution;
import papertape.common.message.NewOrder;
import papertape.common.message.Order;
import papertape.common.message.OrderOptions;
import papertape.common.message.OrderRef;
import papertape.common.message.OrderTerms;
import papertape.common.testkit.StageTester;
import papertape.common.value.AccountId;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** An order being written: a market order until told otherwise. */
final class Ticket {
    private final Venue venue;
    private final OrderId id;
    private final Side side;
    private final Qty qty;
    private AccountId account = Venue.ALICE;
    private OrdType type = OrdType.MARKET;
    private @Nullable Price limit;
    private @Nullable Price stop;
    private @Nullable Price trailAmount;
    private @Nullable BigDecimal trailPercent;
    private TimeInForce tif = TimeInForce.GTC;
    private @Nullable Long expireTs;
    private boolean postOnly;
    private boolean reduceOnly;
    private @Nullable OrderId parent;
    private @Nullable Price takeProfit;
    private @Nullable Price stopLoss;

    Ticket(Venue venue, String id, Side side, String qty) {
        this.venue = venue;
        this.id = OrderId.of(id);
        this.side = side;
        this.qty = Qty.of(qty);
    }

    Ticket account(String name) {
        account = AccountId.of(name);
        return this;
    }

    Ticket limit(String px) {
        limit = Price.of(px);
        type = stop == null ? OrdType.LIMIT : OrdType.STOP_LIMIT;
        return this;
    }

    Ticket stop(String px) {
        stop = Price.of(px);
        type = limit == null ? OrdType.STOP : OrdType.STOP_LIMIT;
        return this;
    }

    Ticket trail(String amount) {
        trailAmount = Price.of(amount);
        type = OrdType.TRAILING_STOP;
        return this;
    }

    Ticket trailPercent(String percent) {
        trailPercent = new BigDecimal(percent);
        type = OrdType.TRAILING_STOP;
        return this;
    }

    Ticket tif(TimeInForce value) {
        tif = value;
        return this;
    }

    Ticket until(long millis) {
        tif = TimeInForce.GTD;
        expireTs = Venue.at(millis);
        return this;
    }

    Ticket postOnly() {
        postOnly = true;
        return this;
    }

    Ticket reduceOnly() {
        reduceOnly = true;
        return this;
    }

    Ticket takeProfit(String px) {
        takeProfit = Price.of(px);
        return this;
    }

    Ticket stopLoss(String px) {
        stopLoss = Price.of(px);
        return this;
    }

    Ticket exitOf(String entry) {
        parent = OrderId.of(entry);
        return this;
    }

    List<Execution> at(long millis) {
        OrderRef ref = new OrderRef(id, account, null, venue.instrument);
        OrderTerms terms = new OrderTerms(side, type, tif, qty, limit, stop, parent);
        OrderOptions options =
                new OrderOptions(trailAmount, trailPercent, expireTs, postOnly, reduceOnly, takeProfit, stopLoss);
        return venue.send(new NewOrder(venue.tester.header(Venue.at(millis)), new Order(ref, terms, options)));
    }

    /** A market order to buy 1, for a stage of the test's own. */
    static NewOrder order(StageTester tester, String id) {
        return order(tester, id, Side.BUY);
    }

    static NewOrder sellOrder(StageTester tester) {
        return order(tester, "sell", Side.SELL);
    }

    private static NewOrder order(StageTester tester, String id, Side side) {
        OrderRef ref = new OrderRef(OrderId.of(id), Venue.ALICE, null, Venue.BTC);
        OrderTerms terms = new OrderTerms(side, OrdType.MARKET, TimeInForce.GTC, Qty.of("1"));
        return new NewOrder(tester.header(1), new Order(ref, terms));
    }
}
