package papertape.common.text;

/** Why something failed, in words: many exceptions of the network have no message, and their type is all they say. */
public final class Cause {
    private static final int MAX_DEPTH = 5;

    private Cause() {}

    /** The failure's message, or its type where it has none, and those of its causes that say something new. */
    public static String of(Throwable failure) {
        StringBuilder text = new StringBuilder();
        Throwable each = failure;
        for (int i = 0; each != null && i < MAX_DEPTH; i++) {
            String one = one(each);
            if (text.indexOf(one) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(one);
            }
            each = each.getCause();
        }
        return Printable.line(text.toString());
    }

    private static String one(Throwable failure) {
        String message = failure.getMessage();
        String type = failure.getClass().getSimpleName();
        if (message == null || message.isBlank() || message.equals("null")) {
            return type;
        }
        // a wrapper whose message is its cause as text says nothing of its own
        Throwable cause = failure.getCause();
        return cause != null && message.equals(cause.toString()) ? one(cause) : message;
    }
}
