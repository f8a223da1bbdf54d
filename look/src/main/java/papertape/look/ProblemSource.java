package papertape.look;

import java.util.List;
import java.util.Optional;
import papertape.common.bus.Bus;
import papertape.common.config.Config;

/** Looks for one kind of {@link Problem}: one class for each kind, listed in {@link Problems}. */
@FunctionalInterface
interface ProblemSource {
    /**
     * What there is to look at.
     *
     * @param snapshot taken just before
     * @param supervisor what the folder says of it; empty where the stack runs elsewhere
     */
    record Look(Bus bus, Config config, Snapshot snapshot, Optional<Supervisor> supervisor) {}

    /** The problems of this kind at the moment, most important first; takes a few seconds at most. */
    List<Problem> look(Look look);
}
