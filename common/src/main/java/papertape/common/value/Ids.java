package papertape.common.value;

/** What every id has to be: short, visible ASCII, no spaces or quotes, so that it can stand in a key and on a command line. */
final class Ids {
    private static final int MAX_LENGTH = 128;

    private Ids() {}

    static void check(String kind, String value) {
        int length = value.length();
        if (length == 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("not " + kind + ": \"" + shortened(value) + "\" (accepted: 1 to "
                    + MAX_LENGTH + " visible ASCII characters)");
        }
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\') {
                throw new IllegalArgumentException("not " + kind + ": \"" + shortened(value)
                        + "\" (a character is not accepted: only visible ASCII, no quotes)");
            }
        }
    }

    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "...";
    }
}
