package papertape.cli.command;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import papertape.common.value.AccountId;
import papertape.common.value.Decimals;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How arguments become values; what cannot be one is refused with what is accepted. */
public final class Words {
    private Words() {}

    /** Teaches a command line, and the commands it has already, the values of this project. */
    public static CommandLine teach(CommandLine commandLine) {
        return commandLine
                .registerConverter(AccountId.class, reading(AccountId::of))
                .registerConverter(OrderId.class, reading(OrderId::of))
                .registerConverter(Instrument.class, reading(Instrument::of))
                .registerConverter(Qty.class, reading(Qty::of))
                .registerConverter(Price.class, reading(Price::of))
                .registerConverter(BigDecimal.class, reading(Decimals::parse))
                // money on a command line is entered, not calculated
                .registerConverter(Money.class, reading(text -> new Money(Decimals.parse(text))))
                .registerConverter(Side.class, choosing(Side.values()))
                .registerConverter(TimeInForce.class, choosing(TimeInForce.values()));
    }

    private static <T> ITypeConverter<T> reading(Function<String, T> reader) {
        return text -> {
            try {
                return reader.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    private static <E extends Enum<E>> ITypeConverter<E> choosing(E[] values) {
        return text -> {
            List<String> accepted = new ArrayList<>();
            for (E value : values) {
                String word = value.name().toLowerCase(Locale.ROOT);
                if (word.equals(text.toLowerCase(Locale.ROOT))) {
                    return value;
                }
                accepted.add(word);
            }
            throw new TypeConversionException("\"" + text + "\" (accepted: " + String.join(", ", accepted) + ")");
        };
    }
}
