package papertape.common.order;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import papertape.common.config.InstrumentSettings;
import papertape.common.message.NewOrder;
import papertape.common.message.OrderFields;
import papertape.common.value.OrdType;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.TimeInForce;

/**
 * What an order's terms must be by themselves: the pre-trade checks and the simulated venue both ask here, so that no order
 * passes the one and is refused by the other. Each method gives what is wrong, or null.
 */
public final class TermsRules {
    /** Ten years in microseconds: an end beyond is a mistake of the unit. */
    private static final long LONGEST = 315_576_000_000_000L;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private TermsRules() {}

    /** All rules that hold for an order and for what a replace makes of it. */
    public static @Nullable Fault fault(OrderFields order, InstrumentSettings listed) {
        Fault fault = price(order, listed.tick());
        fault = fault != null ? fault : quantity(order, listed);
        fault = fault != null ? fault : terms(order);
        return fault != null ? fault : bracket(order, null);
    }

    /** Every price that the order names is above zero and on the tick. */
    public static @Nullable Fault price(OrderFields order, Price tick) {
        Fault fault = price(order.limitPx(), tick);
        fault = fault != null ? fault : price(order.stopPx(), tick);
        fault = fault != null ? fault : price(order.takeProfitPx(), tick);
        return fault != null ? fault : price(order.stopLossPx(), tick);
    }

    private static @Nullable Fault price(@Nullable Price px, Price tick) {
        if (px == null) {
            return null;
        }
        if (!px.isPositive()) {
            return new Fault(Fault.Kind.PRICE, "above 0", px.toString());
        }
        return px.isOnTick(tick) ? null : new Fault(Fault.Kind.PRICE, "tick " + tick, px.toString());
    }

    /** The quantity is above zero, on the lot and within the bounds; a bracket's exit has what its entry has filled. */
    public static @Nullable Fault quantity(OrderFields order, InstrumentSettings listed) {
        Qty qty = order.qty();
        String limit = null;
        if (!qty.isPositive()) {
            limit = "above 0";
        } else if (order.parentId() != null) {
            return null;
        } else if (!qty.isOnLot(listed.lot())) {
            limit = "lot " + listed.lot();
        } else if (qty.compareTo(listed.minQty()) < 0) {
            limit = "from " + listed.minQty();
        } else if (qty.compareTo(listed.maxQty()) > 0) {
            limit = "to " + listed.maxQty();
        }
        return limit == null ? null : new Fault(Fault.Kind.QUANTITY, limit, qty.toString());
    }

    /** The prices and options that the order names are those of its type. */
    public static @Nullable Fault terms(OrderFields order) {
        String wrong = prices(order);
        if (wrong == null && order.postOnly() && !mayRest(order)) {
            wrong = "postOnly";
        }
        return wrong == null ? null : new Fault(Fault.Kind.TERMS, word(order.ordType()), wrong);
    }

    private static boolean mayRest(OrderFields order) {
        return order.ordType() == OrdType.LIMIT || order.ordType() == OrdType.STOP_LIMIT;
    }

    private static @Nullable String prices(OrderFields order) {
        return switch (order.ordType()) {
            case MARKET -> fit(order, false, false, false);
            case LIMIT -> fit(order, true, false, false);
            case STOP -> fit(order, false, true, false);
            case STOP_LIMIT -> fit(order, true, true, false);
            case TRAILING_STOP -> fit(order, false, false, true);
        };
    }

    private static @Nullable String fit(OrderFields order, boolean limit, boolean stop, boolean trail) {
        if ((order.limitPx() != null) != limit) {
            return limit ? "no limitPx" : "limitPx";
        }
        if ((order.stopPx() != null) != stop) {
            return stop ? "no stopPx" : "stopPx";
        }
        Price amount = order.trailAmount();
        BigDecimal percent = order.trailPercent();
        if (!trail) {
            return amount != null || percent != null ? "trail" : null;
        }
        if ((amount == null) == (percent == null)) {
            return "not one of trailAmount and trailPercent";
        }
        if (amount != null ? !amount.isPositive() : percent.signum() <= 0) {
            return "trail not above 0";
        }
        return percent != null && percent.compareTo(HUNDRED) >= 0 ? "trailPercent not below 100" : null;
    }

    /** The time in force goes with the type; GTD, and nothing else, names an end, and that is not past. */
    public static @Nullable Fault timeInForce(NewOrder order) {
        TimeInForce tif = order.tif();
        boolean works = order.ordType() == OrdType.MARKET || order.ordType() == OrdType.LIMIT;
        if (order.isImmediate() && (!works || order.postOnly())) {
            return timeInForce(word(tif), order.postOnly() ? "postOnly" : word(order.ordType()));
        }
        Long end = order.expireTs();
        if ((end != null) != (tif == TimeInForce.GTD)) {
            return timeInForce(word(tif), end == null ? "no expireTs" : "expireTs");
        }
        if (end != null && end > order.ts() + LONGEST) {
            return timeInForce("expireTs within 10 years, in microseconds", end.toString());
        }
        return end != null && end <= order.ts() ? timeInForce("after " + order.ts(), end.toString()) : null;
    }

    private static Fault timeInForce(String limit, String value) {
        return new Fault(Fault.Kind.TIME_IN_FORCE, limit, value);
    }

    /**
     * A bracket is whole, its prices are in their order, and its exits come with its entry.
     *
     * @param reference stands for the price of a market order; null where none is known
     */
    public static @Nullable Fault bracket(OrderFields order, @Nullable Price reference) {
        if (!order.isBracket()) {
            return null;
        }
        if (order.ordType() == OrdType.TRAILING_STOP) {
            return new Fault(Fault.Kind.BRACKET, "an entry that is no trailing stop", word(order.ordType()));
        }
        if (order.reduceOnly()) {
            return new Fault(Fault.Kind.BRACKET, "an entry that is not reduceOnly", "reduceOnly");
        }
        int length = order.orderId().value().length();
        if (length > Bracket.MAX_ENTRY_ID) {
            return new Fault(
                    Fault.Kind.BRACKET, "an orderId of at most " + Bracket.MAX_ENTRY_ID + " characters", "" + length);
        }
        return Bracket.fault(order, reference);
    }

    /** An exit that is sent on its own could be refused, or arrive, without its entry. */
    public static @Nullable Fault loneExit(NewOrder order) {
        return order.parentId() == null
                ? null
                : new Fault(
                        Fault.Kind.BRACKET,
                        "takeProfitPx and stopLossPx of the entry",
                        "an exit of its own with parentId " + order.parentId());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
