package papertape.risk;

import java.util.SortedMap;
import papertape.common.ledger.CostMethod;

/**
 * What an account is.
 *
 * @param isMargin whether it may borrow and sell short
 * @param limits what was set while running; it goes before the configuration's
 */
record Profile(String currency, boolean isMargin, CostMethod method, SortedMap<String, String> limits) {
    Profile withLimits(SortedMap<String, String> changed) {
        return new Profile(currency, isMargin, method, changed);
    }
}
