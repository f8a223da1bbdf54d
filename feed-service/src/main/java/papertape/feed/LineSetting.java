package papertape.feed;

import java.util.List;
import java.util.Map;
import papertape.common.config.Config;
import papertape.common.config.ConfigException;
import papertape.common.value.FeedLine;

/** Which line of a redundant feed a worker belongs to: {@code PAPERTAPE_LINE}, {@code a} or {@code b}. */
final class LineSetting {
    static final String LINE = "PAPERTAPE_LINE";

    private LineSetting() {}

    /** Line A where nothing, or something wrong, is said: {@link #check} refuses that. */
    static FeedLine of(Map<String, String> environment) {
        return environment.getOrDefault(LINE, "").equals(FeedLine.B.text()) ? FeedLine.B : FeedLine.A;
    }

    /** @throws ConfigException when there is no such line, or line B without a redundant feed */
    static void check(Map<String, String> environment, Config config) {
        String said = environment.getOrDefault(LINE, "");
        if (!said.isEmpty() && !said.equals(of(environment).text())) {
            throw new ConfigException(List.of(LINE + ": \"" + said + "\" (accepted: a, b)"));
        }
        if (of(environment) == FeedLine.B && !config.feed().redundant()) {
            throw new ConfigException(
                    List.of(LINE + ": \"b\" needs feed.redundant: true, else nobody arbitrates between the lines"));
        }
    }
}
