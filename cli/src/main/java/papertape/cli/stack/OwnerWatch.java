package papertape.cli.stack;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import papertape.common.bus.Bus;

/** Notices a stage whose workers run and yet own no partition, so that nothing of it is done. */
final class OwnerWatch {
    static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final Stack stack;
    private final Map<Stages, Long> idleSince = new EnumMap<>(Stages.class);

    OwnerWatch(Stack stack) {
        this.stack = stack;
    }

    /** Redis has been away: what happened meanwhile says nothing about the workers. */
    void forget() {
        idleSince.clear();
    }

    /** @throws Stack.Hopeless when a stage has owned nothing for a minute */
    void look(Bus bus) throws Stack.Hopeless {
        long now = System.nanoTime();
        for (Stages stage : Stages.values()) {
            boolean isIdle = stack.workers(stage) > 0
                    && !(stage == Stages.FEED && stack.isRedundant())
                    && bus.owners(stage.text(), stack.config().bus().partitions()).stream()
                            .allMatch(String::isEmpty);
            if (!isIdle) {
                idleSince.remove(stage);
            } else if (now - idleSince.computeIfAbsent(stage, any -> now) > LIMIT_NS) {
                throw stack.hopeless(
                        stage, "own no partition after " + TimeUnit.NANOSECONDS.toSeconds(LIMIT_NS) + " s");
            }
        }
    }
}
