package papertape.etl.venue;

import java.math.BigDecimal;
import papertape.common.value.Decimals;

/** Reads numbers as venues spell them: {@code 5.1e-7}, {@code 1E+3}, {@code +1}, {@code .5} besides plain digits. */
final class VenueNumber {
    private static final int LONGEST = 64;
    /** Digits before and after the point that a number may have; what is beyond is refused by name. */
    private static final int MOST_PLACES = 40;

    private VenueNumber() {}

    /** @throws IllegalArgumentException when the text is no number, or one that no message may carry */
    static BigDecimal decimal(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 'e' || c == 'E' || c == '+' || (c == '.' && (i == 0 || i == text.length() - 1))) {
                return spelled(text);
            }
        }
        return Decimals.parse(text);
    }

    private static BigDecimal spelled(CharSequence text) {
        if (text.length() > LONGEST) {
            throw notANumber(text);
        }
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
                throw notANumber(text);
            }
        }
        BigDecimal value;
        try {
            value = new BigDecimal(text.toString());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number: \"" + JsonText.shown(text.toString()) + "\"", e);
        }
        if (value.signum() == 0) {
            return BigDecimal.ZERO;
        }
        if (Math.abs((long) value.scale()) > MOST_PLACES || value.precision() - (long) value.scale() > MOST_PLACES) {
            throw notANumber(text);
        }
        // by its plain text, so that one place says what a number may be
        return Decimals.parse(Decimals.canonical(value.stripTrailingZeros()).toPlainString());
    }

    private static IllegalArgumentException notANumber(CharSequence text) {
        return new IllegalArgumentException("not a number: \"" + JsonText.shown(text.toString()) + "\"");
    }
}
