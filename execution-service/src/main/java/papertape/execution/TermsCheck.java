package papertape.execution;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import papertape.common.config.InstrumentSettings;
import papertape.common.value.OrdType;
import papertape.common.value.Price;
import papertape.common.value.TimeInForce;

/** Whether an order's terms make sense by themselves (rules 11 and 16). */
final class TermsCheck {
    private TermsCheck() {}

    /** Why not, or null. */
    static @Nullable String refusal(Terms terms, InstrumentSettings settings) {
        String precision = precision(terms, settings);
        if (precision != null) {
            return precision;
        }
        String prices = prices(terms);
        return prices != null ? prices : combination(terms);
    }

    private static @Nullable String precision(Terms terms, InstrumentSettings settings) {
        if (!terms.qty().isPositive() || !terms.qty().isOnLot(settings.lot())) {
            return "rule=16 qty=" + terms.qty() + " lot=" + settings.lot();
        }
        Predicate<Price> isOff = px -> !px.isOnTick(settings.tick());
        if (terms.limitPx() != null && isOff.test(terms.limitPx())) {
            return "rule=16 limitPx=" + terms.limitPx() + " tick=" + settings.tick();
        }
        if (terms.stopPx() != null && isOff.test(terms.stopPx())) {
            return "rule=16 stopPx=" + terms.stopPx() + " tick=" + settings.tick();
        }
        return null;
    }

    private static @Nullable String prices(Terms terms) {
        OrdType type = terms.ordType();
        boolean wantsLimit = type == OrdType.LIMIT || type == OrdType.STOP_LIMIT;
        if (wantsLimit != (terms.limitPx() != null)) {
            return "rule=11 limitPx " + (wantsLimit ? "is missing" : "does not go with the type");
        }
        boolean wantsStop = type == OrdType.STOP || type == OrdType.STOP_LIMIT;
        if (wantsStop != (terms.stopPx() != null)) {
            return "rule=11 stopPx " + (wantsStop ? "is missing" : "does not go with the type");
        }
        return trail(terms, type == OrdType.TRAILING_STOP);
    }

    private static @Nullable String trail(Terms terms, boolean wantsTrail) {
        boolean amount = terms.trailAmount() != null;
        boolean percent = terms.trailPercent() != null;
        if (wantsTrail ? amount == percent : amount || percent) {
            return wantsTrail
                    ? "rule=12 a trailing stop has either trailAmount or trailPercent"
                    : "rule=12 a trail does not go with the type";
        }
        boolean positive = (!amount || terms.trailAmount().isPositive())
                && (!percent || terms.trailPercent().signum() > 0);
        return positive ? null : "rule=12 the trail is not positive";
    }

    private static @Nullable String combination(Terms terms) {
        if (terms.tif() == TimeInForce.GTD && terms.endTs() == null) {
            return "rule=11 expireTs is missing";
        }
        if (terms.postOnly() && (terms.limitPx() == null || terms.isImmediate())) {
            return "rule=11 post-only goes with limit orders that may rest";
        }
        return terms.orderId().equals(terms.parentId()) ? "rule=12 an order is not its own parent" : null;
    }
}
