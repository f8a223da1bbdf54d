package papertape.cli.look;

import java.util.List;
import java.util.Optional;
import papertape.cli.stack.StackFile;
import papertape.common.bus.Bus;
import papertape.common.config.Config;

/** All that is wrong with a stack, from every source; {@code status} has a line for each. */
public final class Problems {
    /** In the order in which they are shown. */
    private static final List<ProblemSource> SOURCES =
            List.of(new SupervisorProblems(), new RedisProblems(), new WorkerProblems(), new DatabaseProblems());

    private Problems() {}

    public static List<Problem> of(Bus bus, Config config, Snapshot snapshot, Optional<StackFile> stack) {
        ProblemSource.Look look = new ProblemSource.Look(bus, config, snapshot, stack);
        return SOURCES.stream().flatMap(source -> source.look(look).stream()).toList();
    }
}
