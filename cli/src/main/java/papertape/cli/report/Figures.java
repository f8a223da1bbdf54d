package papertape.cli.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Money;

/** Numbers and times as a reader wants them; what is absent is a dash. */
final class Figures {
    static final String ABSENT = "\u2013";

    private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.ROOT);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long MICROS = 1_000_000;

    private Figures() {}

    static String money(@Nullable Money amount) {
        return amount == null ? ABSENT : format("#,##0.00", amount.value());
    }

    static String ratio(@Nullable BigDecimal value) {
        return value == null ? ABSENT : format("#,##0.00", value);
    }

    static String percent(@Nullable BigDecimal fraction) {
        return fraction == null ? ABSENT : format("#,##0.00", fraction.movePointRight(2)) + "\u202f%";
    }

    /** A price or quantity: thousands set apart, up to eight decimals, no trailing zeros. */
    static String plain(@Nullable BigDecimal value) {
        return value == null ? ABSENT : format("#,##0.########", value);
    }

    /** @param micros since the epoch */
    static String time(long micros) {
        return TIME.format(Instant.ofEpochSecond(Math.floorDiv(micros, MICROS)));
    }

    /** Makes a text harmless inside HTML. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String format(String pattern, BigDecimal value) {
        DecimalFormat format = new DecimalFormat(pattern, SYMBOLS);
        format.setRoundingMode(RoundingMode.HALF_EVEN);
        String text = format.format(value);
        // what rounds to nothing has no sign; others get a minus that is as wide as a digit
        boolean nothing = text.chars().noneMatch(c -> c >= '1' && c <= '9');
        return nothing ? text.replace("-", "") : text.replace('-', '\u2212');
    }
}
