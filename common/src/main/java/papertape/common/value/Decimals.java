package papertape.common.value;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The one text form of an exact decimal: plain digits, no exponent, no trailing zeros, no leading plus. Two decimals are
 * equal exactly when their texts are, so a record that wraps a decimal may use {@code equals} and be a map's key.
 */
public final class Decimals {
    /** How much of a number an error shows. */
    private static final int SHOWN = 40;

    private static final int LONG_DIGITS = 18;

    private Decimals() {}

    /**
     * Reads a number that somebody entered: {@code [-]digits[.digits]} within {@link Bounds#ENTERED}.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static BigDecimal parse(CharSequence text) {
        return parse(text, Bounds.ENTERED);
    }

    /** As {@link #parse(CharSequence)}, within other bounds. */
    public static BigDecimal parse(CharSequence text, Bounds bounds) {
        return parse(text.toString().toCharArray(), 0, text.length(), bounds);
    }

    /** As {@link #parse(CharSequence, Bounds)}, from a part of an array. */
    public static BigDecimal parse(char[] text, int offset, int length, Bounds bounds) {
        return bounds.checked(parse(text, offset, length, bounds.maxLength()));
    }

    /** Reads {@code [-]digits[.digits]} of at most that many characters, whatever the number. */
    public static BigDecimal parse(char[] text, int offset, int length, int maxLength) {
        if (length == 0 || length > maxLength) {
            throw notADecimal(text, offset, length);
        }
        int end = offset + length;
        boolean isNegative = text[offset] == '-';
        int start = isNegative ? offset + 1 : offset;
        long unscaled = 0;
        int digits = 0;
        int point = -1;
        for (int i = start; i < end; i++) {
            char c = text[i];
            if (c >= '0' && c <= '9') {
                unscaled = unscaled * 10 + (c - '0');
                digits++;
            } else if (c == '.' && point < 0 && i > start && i < end - 1) {
                point = i;
            } else {
                throw notADecimal(text, offset, length);
            }
        }
        if (digits == 0) {
            throw notADecimal(text, offset, length);
        }
        if (digits > LONG_DIGITS) {
            return canonical(new BigDecimal(text, offset, length));
        }
        return strip(isNegative ? -unscaled : unscaled, point < 0 ? 0 : end - 1 - point);
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

    private static IllegalArgumentException notADecimal(char[] text, int offset, int length) {
        return new IllegalArgumentException(
                "not a decimal number: \"" + shortened(new String(text, offset, length)) + "\"");
    }

    static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
