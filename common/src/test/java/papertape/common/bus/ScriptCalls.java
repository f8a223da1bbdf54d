package papertape.common.bus;

import java.util.Arrays;
import java.util.function.Predicate;
import papertape.common.testredis.FaultyLine.Command;

/** Tells which of the scripts a command runs. */
public final class ScriptCalls {
    private ScriptCalls() {}

    /** @param script {@code ACQUIRE}, {@code COMMIT}, {@code RENEW}, {@code RELEASE} or {@code LEAVE} */
    public static Predicate<Command> of(String script) {
        byte[] sha = Scripts.valueOf(script).sha;
        return command -> command.words().size() > 1
                && command.word(0).equals("EVALSHA")
                && Arrays.equals(command.words().get(1), sha);
    }
}
