package papertape.risk;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import papertape.common.message.NewOrder;
import papertape.common.value.OrdType;
import papertape.common.value.Price;

/** The prices and options that an order names are those of its type. */
final class OrderTermsCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, Market market) {
        NewOrder asked = order.order();
        String wrong = prices(asked);
        if (wrong == null && asked.postOnly() && asked.ordType() != OrdType.LIMIT) {
            wrong = "postOnly";
        }
        String type = asked.ordType().name().toLowerCase(Locale.ROOT);
        return wrong == null ? null : Denial.of(CheckName.ORDER_TERMS, type, wrong);
    }

    /** What is missing or too much; null when all is well. */
    private static @Nullable String prices(NewOrder order) {
        return switch (order.ordType()) {
            case MARKET -> fit(order, false, false, false);
            case LIMIT -> fit(order, true, false, false);
            case STOP -> fit(order, false, true, false);
            case STOP_LIMIT -> fit(order, true, true, false);
            // its stop price may be given for a start, else it follows from the distance
            case TRAILING_STOP -> fit(order, false, order.stopPx() != null, true);
        };
    }

    private static @Nullable String fit(NewOrder order, boolean limit, boolean stop, boolean trail) {
        if ((order.limitPx() != null) != limit) {
            return limit ? "no limitPx" : "limitPx";
        }
        if ((order.stopPx() != null) != stop) {
            return stop ? "no stopPx" : "stopPx";
        }
        return trail ? trail(order.trailAmount(), order.trailPercent()) : noTrail(order);
    }

    private static @Nullable String noTrail(NewOrder order) {
        return order.trailAmount() != null || order.trailPercent() != null ? "trail" : null;
    }

    private static @Nullable String trail(@Nullable Price amount, @Nullable BigDecimal percent) {
        if ((amount == null) == (percent == null)) {
            return "not one of trailAmount and trailPercent";
        }
        boolean isPositive = amount != null ? amount.isPositive() : percent != null && percent.signum() > 0;
        return isPositive ? null : "trail not above 0";
    }
}
