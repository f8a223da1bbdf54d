package papertape.common.value;

import java.util.Locale;

/**
 * The alphabets and lengths of ids. Names that people give (accounts, strategies, orders) become parts of keys, files, SQL,
 * pages and command lines: their alphabet holds nothing that means something there.
 */
final class Ids {
    private static final int MAX_ID = 128;
    private static final int MAX_NAME = 64;
    private static final String IN_NAMES = "._-";
    private static final String IN_ORDERS = "._-:/";

    private Ids() {}

    /** An id that a program makes: short, visible ASCII, no quotes. */
    static void check(String kind, String value) {
        int length = value.length();
        boolean isFine = length > 0 && length <= MAX_ID;
        for (int i = 0; isFine && i < length; i++) {
            char c = value.charAt(i);
            isFine = c > ' ' && c < 0x7f && c != '"' && c != '\\';
        }
        if (!isFine) {
            throw refused(kind, value, "1 to " + MAX_ID + " visible ASCII characters without quotes");
        }
    }

    /** The name of an account or a strategy. */
    static void checkName(String kind, String value) {
        check(kind, value, IN_NAMES, MAX_NAME);
    }

    /** The name of an order: longer, since a strategy's orders and a bracket's exits are named after another name. */
    static void checkOrder(String kind, String value) {
        check(kind, value, IN_ORDERS, MAX_ID);
    }

    private static void check(String kind, String value, String punctuation, int maxLength) {
        int length = value.length();
        boolean isFine = length > 0 && length <= maxLength && isLetterOrDigit(value.charAt(0));
        for (int i = 1; isFine && i < length; i++) {
            isFine = isLetterOrDigit(value.charAt(i)) || punctuation.indexOf(value.charAt(i)) >= 0;
        }
        if (!isFine) {
            throw refused(
                    kind,
                    value,
                    "1 to " + maxLength + " of A-Z a-z 0-9 " + String.join(" ", punctuation.split("")) + ", the first a"
                            + " letter or digit");
        }
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /**
     * A venue's symbol: venues name coins in letters of any script, so these may stand in it with visible ASCII; a character
     * that is not seen, or that turns the text around, may not.
     */
    static boolean isSymbol(String value) {
        return !value.isEmpty() && value.codePoints().allMatch(Ids::isInSymbol);
    }

    private static boolean isInSymbol(int c) {
        if (c < 0x7f) {
            return c > ' ' && c != '"' && c != '\\';
        }
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    static IllegalArgumentException refused(String kind, String value, String accepted) {
        return new IllegalArgumentException("not " + kind + ": \"" + shown(value) + "\" (accepted: " + accepted + ")");
    }

    /** A refused text is quoted where people look: what is not visible ASCII or a letter stands there as its number. */
    private static String shown(String value) {
        StringBuilder out = new StringBuilder();
        String shown = value.length() <= 40 ? value : value.substring(0, 40);
        shown.chars().forEach(c -> {
            if (isInSymbol(c) || c == ' ' || c == '"' || c == '\\') {
                out.append((char) c);
            } else {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
        });
        return value.length() <= 40 ? out.toString() : out.append("...").toString();
    }
}
