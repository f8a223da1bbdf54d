package papertape.look;

import java.util.List;

/** A feed that asks in vain which orders its venue takes: a halt or an end of it would not be seen. */
final class FeedProblems implements ProblemSource {
    static final String COUNTER = "status_failures_in_a_row";
    /** One failure is an everyday matter. */
    private static final int SEVERAL = 3;

    @Override
    public List<Problem> look(Look look) {
        return look.snapshot().stages().stream()
                .filter(stage -> stage.stage().equals(Pipeline.FEED))
                .map(FeedProblems::problem)
                .filter(text -> !text.isEmpty())
                .map(text -> new Problem(Pipeline.FEED, text))
                .toList();
    }

    /** Empty where the venue answers. */
    static String problem(Snapshot.StageView feed) {
        long failures = feed.counters().getOrDefault(COUNTER, 0L);
        return failures < SEVERAL
                ? ""
                : "the venue's product status could not be fetched " + failures
                        + " times in a row: a halt at the venue would not be seen; the cause is in the feed's log";
    }
}
