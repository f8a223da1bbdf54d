package papertape.risk;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import papertape.common.config.LimitSettings;
import papertape.common.message.NewOrder;
import papertape.common.message.ReplaceOrder;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.OrdType;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/**
 * What the checks look at: an order as it would be, and what it is measured with.
 *
 * @param order a replace shows as the whole order with its new terms
 * @param replaced the order a replace is about; absent for a new one
 * @param listing absent for an unknown instrument; known from {@link KnownInstrumentCheck} on, as is the mark
 * @param rate from the instrument's quote currency to the account's; known from {@link CurrencyCheck} on
 * @param valuePx what a unit is reserved and counted at; known with the mark
 */
record Candidate(
        NewOrder order,
        @Nullable OpenOrder replaced,
        @Nullable Listing listing,
        @Nullable KnownMark mark,
        @Nullable BigDecimal rate,
        @Nullable Price valuePx) {

    static Candidate of(NewOrder order, AccountBook book, MarketView market) {
        return of(order, null, book, market);
    }

    static Candidate of(ReplaceOrder asked, OpenOrder open, AccountBook book, MarketView market) {
        NewOrder now = open.asOrder(asked.header(), book.holding(open.instrument()));
        return of(now.replaced(asked.qty(), asked.limitPx(), asked.stopPx()), open, book, market);
    }

    /**
     * A reduce-only order asks for no more than the position and the other open orders of its side leave it; one that they
     * leave nothing stays as it is and is refused.
     */
    Candidate capped(AccountBook book, MarketView market) {
        Listing known = listing;
        if (!order.reduceOnly() || known == null || valuePx == null) {
            return this;
        }
        Qty free = book.holding(instrument())
                .free(this)
                .roundedDownTo(known.settings().lot());
        boolean fits = free.compareTo(leaves()) >= 0 || !free.isPositive();
        Qty most = order.qty().minus(leaves()).plus(free);
        return fits || most.compareTo(known.settings().minQty()) < 0
                ? this
                : of(order.withQty(most), replaced, book, market);
    }

    private static Candidate of(NewOrder order, @Nullable OpenOrder replaced, AccountBook book, MarketView market) {
        KnownMark mark = market.mark(order.instrument());
        return new Candidate(
                order,
                replaced,
                market.listing(order.instrument()),
                mark,
                market.rate(order.instrument(), book.currency()),
                mark == null ? null : valuePx(order, mark.price(), book.limits()));
    }

    /**
     * A buy whose price is open counts at the mark or its stop price and the reserve for slippage on top, any other order
     * at the price it names.
     */
    private static Price valuePx(NewOrder order, Price mark, LimitSettings limits) {
        if (order.limitPx() != null) {
            return order.limitPx();
        }
        Price start = order.stopPx() != null ? order.stopPx() : trailed(order, mark);
        return order.side() == Side.BUY ? start.scaledBy(Percent.more(limits.marketReservePercent())) : start;
    }

    /** A trailing buy stop begins this far above the mark and only comes down from there. */
    private static Price trailed(NewOrder order, Price mark) {
        if (order.ordType() != OrdType.TRAILING_STOP || order.side() == Side.SELL) {
            return mark;
        }
        Price above = order.trailAmount() != null ? mark.plus(order.trailAmount()) : mark;
        return order.trailPercent() != null ? above.scaledBy(Percent.more(order.trailPercent())) : above;
    }

    long ts() {
        return order.ts();
    }

    Instrument instrument() {
        return order.instrument();
    }

    Side side() {
        return order.side();
    }

    boolean isReplace() {
        return replaced != null;
    }

    /** Orders that it comes to: one, and a bracket's exits. */
    int count() {
        return 1 + (order.takeProfitPx() == null ? 0 : 1) + (order.stopLossPx() == null ? 0 : 1);
    }

    /** What is still to fill. */
    Qty leaves() {
        return replaced == null ? order.qty() : order.qty().minus(replaced.cumQty());
    }

    Listing knownListing() {
        return requireNonNull(listing);
    }

    KnownMark knownMark() {
        return requireNonNull(mark);
    }

    Price knownValuePx() {
        return requireNonNull(valuePx);
    }

    /** The taker fee for all that is left, in the account's currency. */
    Money fee() {
        return knownListing().takerFee(leaves(), knownValuePx()).scaledBy(requireNonNull(rate));
    }

    /** What all that is left would cost with its fee, in the account's currency. */
    Money cost() {
        return knownValuePx().times(leaves()).scaledBy(requireNonNull(rate)).plus(fee());
    }

    /** Value at the price the order names, else at the mark, in the account's currency. */
    Money notional() {
        Price named = order.limitPx() != null ? order.limitPx() : order.stopPx();
        Price px = named != null ? named : knownMark().price();
        return px.times(order.qty()).abs().scaledBy(requireNonNull(rate));
    }

    /** Microseconds from the mark's last confirmation to the order; below zero when that is the later one. */
    long markAge() {
        return ts() - knownMark().confirmedTs();
    }

    ValuedTerms terms() {
        return new ValuedTerms(order.order().terms(), knownValuePx());
    }

    /** Two orders with equal text are the same order sent twice. */
    String repeatKey() {
        return order.instrument().name()
                + ' '
                + order.side()
                + ' '
                + order.ordType()
                + ' '
                + order.qty()
                + ' '
                + order.limitPx()
                + ' '
                + order.stopPx()
                + ' '
                + order.takeProfitPx()
                + ' '
                + order.stopLossPx();
    }
}
