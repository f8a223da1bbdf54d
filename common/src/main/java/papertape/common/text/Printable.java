package papertape.common.text;

import java.util.Locale;

/**
 * Text from outside as it may be shown on a terminal or written into a log: what would command the terminal, turn the text
 * around or stay unseen stands there as {@code \u001b}. In JSON text the same form means the same character.
 */
public final class Printable {
    private Printable() {}

    /** One line: line ends and tabs are shown as numbers too, so that a text cannot pretend to be several. */
    public static String line(String text) {
        return escaped(text, false);
    }

    /** Several lines, as a whole output is: line feeds and tabs stay. */
    public static String lines(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean isLayoutKept) {
        int at = 0;
        while (at < text.length() && isSeen(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, at);
        while (at < text.length()) {
            int c = text.codePointAt(at);
            boolean isLayout = c == '\n' || c == '\t';
            if (isLayout ? isLayoutKept : isShown(c)) {
                out.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    out.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            }
            at += Character.charCount(c);
        }
        return out.toString();
    }

    /** The usual case, without a table. */
    private static boolean isSeen(char c) {
        return c >= ' ' && c < 0x7f;
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
