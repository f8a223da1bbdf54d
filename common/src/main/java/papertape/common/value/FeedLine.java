package papertape.common.value;

import java.util.Locale;

/**
 * One of the two lines of a redundant feed, as in A/B feed arbitration. Each is a stage of its own to the bus, with its own
 * leases, tasks and message ids; without redundancy there is line A alone.
 */
public enum FeedLine {
    A("feed"),
    B("feed-b");

    /** Name of etl's counter of messages that both lines had. */
    public static final String BOTH = "lines_both";

    private final String stage;
    private final String idPrefix;

    FeedLine(String stage) {
        this.stage = stage;
        this.idPrefix = stage + ".";
    }

    /** The stage's name in keys and message ids. */
    public String stage() {
        return stage;
    }

    /** The name in settings and on the command line: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name of etl's counter of messages that this line had and the other had not. */
    public String onlyCounter() {
        return "lines_only_" + text();
    }

    public FeedLine other() {
        return this == A ? B : A;
    }

    /** The line over which a raw message with this id came. */
    public static FeedLine of(MessageId id) {
        return id.value().startsWith(B.idPrefix) ? B : A;
    }
}
