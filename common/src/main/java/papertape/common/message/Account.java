package papertape.common.message;

import java.util.SortedMap;
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
    public Account {
        if ((action == null) == (event == null)) {
            throw new IllegalArgumentException("an account message has either an action or an event, not both or none");
        }
    }
}
