package papertape.look;

import java.util.List;
import java.util.Optional;
import papertape.common.bus.Bus;
import papertape.common.config.Config;

/** All that is wrong with a stack, from every source; {@code status} has a line for each. */
public final class Problems {
    /** In the order in which they are shown. */
    private static final List<ProblemSource> SOURCES = List.of(
            new SupervisorProblems(),
            new RedisProblems(),
            new WorkerProblems(),
            new FeedProblems(),
            new DatabaseProblems());

    private Problems() {}

    public static List<Problem> of(Bus bus, Config config, Snapshot snapshot, Optional<Supervisor> supervisor) {
        ProblemSource.Look look = new ProblemSource.Look(bus, config, snapshot, supervisor);
        return SOURCES.stream().flatMap(source -> source.look(look).stream()).toList();
    }
}
