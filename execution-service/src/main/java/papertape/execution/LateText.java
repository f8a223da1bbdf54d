package papertape.execution;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a report's text tells that its order or request came late: {@code ... late=3000us}. */
public final class LateText {
    private static final Pattern LATE = Pattern.compile(" late=(\\d{1,18})us$");

    private LateText() {}

    static String tell(String text, @Nullable Long lateBy) {
        return lateBy == null ? text : text + " late=" + lateBy + "us";
    }

    /** Microseconds by which the order of an execution's text was late; empty where it was in time. */
    public static OptionalLong of(@Nullable String text) {
        Matcher late = LATE.matcher(text == null ? "" : text);
        return late.find() ? OptionalLong.of(Long.parseLong(late.group(1))) : OptionalLong.empty();
    }
}
