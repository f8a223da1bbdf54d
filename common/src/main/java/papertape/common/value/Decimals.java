package papertape.common.value;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The one text form of an exact decimal: plain digits, no exponent, no trailing zeros, no leading plus. Two decimals are
 * equal exactly when their texts are, so a record that wraps a decimal may use {@code equals} and be a map's key.
 */
public final class Decimals {
    /** Longest accepted text: longer numbers are nobody's price and would make arithmetic slow. */
    public static final int MAX_LENGTH = 40;

    private static final int LONG_DIGITS = 18;

    private Decimals() {}

    /**
     * Reads {@code [-]digits[.digits]}.
     *
     * @throws IllegalArgumentException when the text is anything else, or longer than {@link #MAX_LENGTH}
     */
    public static BigDecimal parse(CharSequence text) {
        int length = text.length();
        if (length == 0 || length > MAX_LENGTH) {
            throw notADecimal(text);
        }
        int start = text.charAt(0) == '-' ? 1 : 0;
        long unscaled = 0;
        int digits = 0;
        int point = -1;
        for (int i = start; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (point >= 0 || i == start || i == length - 1) {
                    throw notADecimal(text);
                }
                point = i;
            } else if (c >= '0' && c <= '9') {
                unscaled = unscaled * 10 + (c - '0');
                digits++;
            } else {
                throw notADecimal(text);
            }
        }
        if (digits == 0) {
            throw notADecimal(text);
        }
        if (digits > LONG_DIGITS) {
            return canonical(new BigDecimal(text.toString()));
        }
        int scale = point < 0 ? 0 : length - 1 - point;
        return strip(start == 1 ? -unscaled : unscaled, scale);
    }

    /** The same number without trailing zeros after the point and with a scale that is not negative. */
    public static BigDecimal canonical(BigDecimal value) {
        int scale = value.scale();
        if (scale == 0) {
            return value;
        }
        if (scale < 0) {
            return value.setScale(0);
        }
        if (value.precision() <= LONG_DIGITS) {
            long unscaled = value.unscaledValue().longValue();
            return unscaled % 10 != 0 ? value : strip(unscaled, scale);
        }
        if (value.unscaledValue().mod(BigInteger.TEN).signum() != 0) {
            return value;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static BigDecimal strip(long unscaled, int scale) {
        long number = unscaled;
        int digits = scale;
        while (digits > 0 && number % 10 == 0) {
            number /= 10;
            digits--;
        }
        return BigDecimal.valueOf(number, digits);
    }

    private static IllegalArgumentException notADecimal(CharSequence text) {
        String shown = text.length() > MAX_LENGTH ? text.subSequence(0, MAX_LENGTH) + "..." : text.toString();
        return new IllegalArgumentException("not a decimal number: \"" + shown + "\"");
    }
}
