package papertape.look;

import java.util.List;

/** A stack whose {@code papertape up} has been killed: nobody starts again what dies. */
final class SupervisorProblems implements ProblemSource {
    @Override
    public List<Problem> look(Look look) {
        return look.supervisor()
                .filter(supervisor -> !supervisor.isAlive())
                .map(supervisor -> List.of(new Problem(
                        "supervisor",
                        "process " + supervisor.pid() + " has ended without stopping the stack, and nothing that dies"
                                + " is started again: papertape up ends what is left and starts the stack again,"
                                + " papertape down ends what is left")))
                .orElse(List.of());
    }
}
