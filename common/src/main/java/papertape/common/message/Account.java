package papertape.common.message;

import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.Money;

/**
 * A command about an account ({@code action}) or what became of it ({@code event}); exactly one of the two is present.
 *
 * @param account {@code *} in a halt or resume means every account
 * @param amount of a deposit or withdrawal; at an opening the first deposit
 * @param currency at an opening the account's base currency; otherwise that of {@code amount}
 * @param limits setting names and values as the configuration spells them
 * @param text why, in words
 */
public record Account(
        Header header,
        AccountId account,
        @Nullable AccountAction action,
        @Nullable AccountEvent event,
        @Nullable Money amount,
        @Nullable String currency,
        @Nullable SortedMap<String, String> limits,
        @Nullable String text)
        implements Message {
    private static final Pattern CURRENCY = Pattern.compile("[A-Za-z0-9.-]{1,16}");

    public Account {
        if (currency != null && !CURRENCY.matcher(currency).matches()) {
            throw new IllegalArgumentException(
                    "currency must be 1 to 16 letters, digits, dots or dashes, as in USD, was \""
                            + currency.substring(0, Math.min(currency.length(), 40)) + "\"");
        }
        if ((action == null) == (event == null)) {
            throw new IllegalArgumentException("an account message has either an action or an event, not both or none");
        }
    }

    /** The same message under another header. */
    public Account withHeader(Header other) {
        return new Account(other, account, action, event, amount, currency, limits, text);
    }
}
