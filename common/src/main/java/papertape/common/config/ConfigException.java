package papertape.common.config;

import java.util.List;

/** A configuration that cannot be used: every problem, each with its file, line, value and what is accepted. */
public final class ConfigException extends RuntimeException {
    private final transient List<String> problems;

    public ConfigException(List<String> problems) {
        super("the configuration has " + (problems.size() == 1 ? "a problem" : problems.size() + " problems") + ":\n  "
                + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each, in the order of the files. */
    public List<String> problems() {
        return problems;
    }
}
