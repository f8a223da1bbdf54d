package papertape.look;

import java.sql.SQLException;
import java.util.List;
import papertape.persistence.SuspendedTables;

/** A database that does not answer, or whose tables take rows and do not show them. */
final class DatabaseProblems implements ProblemSource {
    private static final String PART = "database";

    @Override
    public List<Problem> look(Look look) {
        if (look.config().database().pgUrl().isEmpty()) {
            return List.of();
        }
        try {
            List<String> suspended = SuspendedTables.names(look.config().database());
            if (suspended.isEmpty() || isTold(look, SuspendedTables.text(suspended))) {
                return List.of();
            }
            return List.of(new Problem(PART, SuspendedTables.text(suspended)));
        } catch (SQLException e) {
            return List.of(new Problem(
                    PART, "does not answer (" + e.getMessage() + "); messages wait in the journals until it does"));
        }
    }

    /** Whether the persistence complains of the same. */
    private static boolean isTold(Look look, String text) {
        return look.snapshot().stages().stream()
                .anyMatch(
                        stage -> stage.complaint() != null && stage.complaint().contains(text));
    }
}
