package papertape.risk;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All pre-trade checks of an order whose account is known, in the order of {@link CheckName}; the first refusal counts. */
final class Checks {
    static final List<Check> ALL = Stream.of(CheckName.values())
            .map(CheckName::check)
            .filter(Objects::nonNull)
            .toList();

    private Checks() {}

    static @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        for (Check check : ALL) {
            Denial denial = check.test(order, book, market);
            if (denial != null) {
                return denial;
            }
        }
        return null;
    }
}
