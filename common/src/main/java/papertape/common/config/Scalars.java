package papertape.common.config;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Tree.Scalar;
import papertape.common.value.AccountId;
import papertape.common.value.Bounds;
import papertape.common.value.Decimals;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.StrategyId;

/** Single values from their text. */
final class Scalars {
    private static final String NUMBER = "a decimal number of " + Bounds.ENTERED.accepted();

    private record Kind(String accepted, Function<String, Object> parse) {}

    private static final String NAME = "a name: 1 to 64 of A-Z a-z 0-9 . _ -, the first a letter or digit";

    private static final Map<Class<?>, Kind> KINDS = Map.ofEntries(
            Map.entry(int.class, new Kind("a whole number", Integer::valueOf)),
            Map.entry(long.class, new Kind("a whole number", Long::valueOf)),
            Map.entry(boolean.class, new Kind("true or false", Scalars::truth)),
            Map.entry(String.class, new Kind("text", text -> text)),
            Map.entry(Secret.class, new Kind("text", Secret::new)),
            Map.entry(BigDecimal.class, new Kind(NUMBER, Decimals::parse)),
            Map.entry(Price.class, new Kind(NUMBER, Price::of)),
            Map.entry(Qty.class, new Kind(NUMBER, Qty::of)),
            Map.entry(Money.class, new Kind(NUMBER, text -> new Money(Decimals.parse(text)))),
            Map.entry(AccountId.class, new Kind(NAME, AccountId::of)),
            Map.entry(StrategyId.class, new Kind(NAME, StrategyId::of)),
            Map.entry(Instrument.class, new Kind("VENUE:SYMBOL", Instrument::of)));

    private final Problems problems;

    Scalars(Problems problems) {
        this.problems = problems;
    }

    static boolean isScalar(Class<?> type) {
        return KINDS.containsKey(type);
    }

    /** The value; null when the text is none, which is then a problem. */
    @Nullable
    Object value(Class<?> type, Scalar scalar, String path) {
        Kind kind = KINDS.get(type);
        if (kind == null) {
            throw new IllegalStateException("no way to read a " + type.getSimpleName());
        }
        String shown = type == Secret.class ? "***" : scalar.text();
        Object value;
        try {
            value = kind.parse().apply(scalar.text());
        } catch (IllegalArgumentException e) {
            return wrong(scalar, path, shown, kind.accepted());
        }
        String accepted = broken(path, value);
        return accepted == null ? value : wrong(scalar, path, shown, accepted);
    }

    private @Nullable Object wrong(Scalar scalar, String path, String shown, String accepted) {
        problems.add(scalar.place(), path + ": \"" + shown + "\" (accepted: " + accepted + ")");
        return null;
    }

    private static @Nullable String broken(String path, Object value) {
        return switch (value) {
            case Integer number -> Rules.accepted(path, BigDecimal.valueOf(number));
            case BigDecimal number -> Rules.accepted(path, number);
            case Price price -> Rules.accepted(path, price.value());
            case Qty qty -> Rules.accepted(path, qty.value());
            case Money money -> Rules.accepted(path, money.value());
            case String text -> Rules.accepted(path, text);
            default -> null;
        };
    }

    private static Object truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
