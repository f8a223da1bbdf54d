package papertape.common.config;

import java.util.Map;
import papertape.common.value.AccountId;
import papertape.common.value.Money;

/**
 * An account that the stack opens at its first start.
 *
 * @param type cash (no borrowing, no short sales) or margin
 * @param costMethod average or fifo
 * @param limits what differs from the stack's {@code limits}, by name
 */
public record AccountSettings(
        AccountId name, String currency, String type, Money deposit, String costMethod, Map<String, String> limits) {}
