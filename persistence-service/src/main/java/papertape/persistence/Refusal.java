package papertape.persistence;

import java.util.regex.Pattern;

/** What is said while the database takes no rows. */
final class Refusal {
    private static final int LONGEST = 200;
    /** ENOSPC as the server writes it, with or without the system's words. */
    private static final Pattern FULL = Pattern.compile("errno[:=] ?28\\b|No space left", Pattern.CASE_INSENSITIVE);

    private Refusal() {}

    static String text(String cause) {
        String line = cause.replaceAll("\\p{Cntrl}+", " ").strip();
        return "the database takes no rows; they wait in the journals, and nothing is lost"
                + (FULL.matcher(line).find()
                        ? ": its disk is full, make room (nothing has to be started again); it says: "
                        : ": ")
                + (line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line);
    }
}
