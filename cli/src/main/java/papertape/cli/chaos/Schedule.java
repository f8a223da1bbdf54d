package papertape.cli.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which faults happen when: a function of the seed, with every kind among them. */
final class Schedule {
    /**
     * A fault to come.
     *
     * @param atMs since the beginning
     * @param seed of its own choices
     */
    record Fault(FaultKind kind, long atMs, long seed) {}

    private Schedule() {}

    /** In order of time, spread over the duration with irregular pauses between them. */
    static List<Fault> of(long seed, int count, long durationMs) {
        Random random = new Random(seed);
        List<FaultKind> kinds = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            int times = Math.max(1, count * kind.share / 1000);
            kinds.addAll(Collections.nCopies(times, kind));
        }
        FaultKind[] harmless = {FaultKind.CUT_CONNECTIONS, FaultKind.KILL_SUBSCRIBERS, FaultKind.LOSE_REPLIES};
        while (kinds.size() < count) {
            kinds.add(harmless[random.nextInt(harmless.length)]);
        }
        Collections.shuffle(kinds, random);
        List<Fault> faults = new ArrayList<>();
        double step = (double) durationMs / kinds.size();
        for (int i = 0; i < kinds.size(); i++) {
            long at = (long) ((i + random.nextDouble()) * step);
            faults.add(new Fault(kinds.get(i), at, random.nextLong()));
        }
        return faults;
    }
}
