package papertape.execution;

import org.jspecify.annotations.Nullable;
import papertape.common.config.InstrumentSettings;
import papertape.common.message.NewOrder;
import papertape.common.order.Fault;
import papertape.common.order.TermsRules;

/** Whether an order's terms make sense by themselves (rules 11, 12 and 16): what {@link TermsRules} says, in this stage's words. */
final class TermsCheck {
    private TermsCheck() {}

    /** Why a new order is refused, or null. */
    static @Nullable String refusal(NewOrder order, InstrumentSettings settings) {
        Fault fault = TermsRules.fault(order, settings);
        fault = fault != null ? fault : TermsRules.loneExit(order);
        fault = fault != null ? fault : TermsRules.timeInForce(order);
        return fault == null ? null : text(fault);
    }

    /** Why an order cannot be replaced by one of these terms, or null. */
    static @Nullable String refusal(Terms terms, InstrumentSettings settings) {
        Fault fault = TermsRules.fault(terms, settings);
        return fault == null ? null : text(fault);
    }

    private static String text(Fault fault) {
        return switch (fault.kind()) {
            case PRICE -> "rule=16 price " + fault;
            case QUANTITY -> "rule=16 qty " + fault;
            case TERMS -> "rule=11 terms " + fault;
            case TIME_IN_FORCE -> "rule=11 tif " + fault;
            case BRACKET -> "rule=12 bracket " + fault;
        };
    }
}
