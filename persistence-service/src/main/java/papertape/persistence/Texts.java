package papertape.persistence;

import java.util.HexFormat;

/** Texts come from venues and from anybody at the front door; one odd character must not stop all writing. */
final class Texts {
    private static final HexFormat HEX = HexFormat.of();

    private Texts() {}

    /**
     * The text as it can be sent: NUL, which the server refuses, and characters beyond the basic plane, of which the client
     * makes question marks, are written as JSON escapes them ({@code \ u0000} without the space). Any other text is itself.
     */
    static String storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isOdd(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    private static boolean isOdd(char c) {
        return c == 0 || Character.isSurrogate(c);
    }

    private static String escaped(String text) {
        var storable = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isOdd(c)) {
                storable.append("\\u").append(HEX.toHexDigits(c));
            } else {
                storable.append(c);
            }
        }
        return storable.toString();
    }
}
