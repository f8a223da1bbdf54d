package papertape.look;

import java.util.ArrayList;
import java.util.List;

/** Stages with fewer workers than they are to have, with partitions that no worker owns, or whose workers complain. */
final class WorkerProblems implements ProblemSource {
    @Override
    public List<Problem> look(Look look) {
        return of(look.snapshot());
    }

    static List<Problem> of(Snapshot snapshot) {
        List<Problem> problems = new ArrayList<>();
        for (Snapshot.StageView stage : snapshot.stages()) {
            String text = problem(stage);
            if (!text.isEmpty()) {
                problems.add(new Problem(stage.stage(), text));
            }
            if (stage.complaint() != null) {
                problems.add(new Problem(stage.stage(), stage.complaint()));
            }
        }
        return problems;
    }

    /** Empty where all is well; a stage that was scaled to 0 is as it is meant to be. */
    static String problem(Snapshot.StageView stage) {
        if (stage.wanted() == 0) {
            return "";
        }
        if (stage.workers() == 0) {
            return "no worker has been heard of for 5 s; " + stage.lag() + " messages wait for it";
        }
        if (stage.workers() < stage.wanted()) {
            return stage.workers() + " of " + stage.wanted() + " workers run";
        }
        int free = stage.partitions() - stage.partitionsOwned();
        return free == 0 ? "" : free + " of " + stage.partitions() + " partitions have no owner; nothing reads them";
    }
}
