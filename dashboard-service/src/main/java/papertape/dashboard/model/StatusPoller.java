package papertape.dashboard.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.Config;
import papertape.common.text.Cause;
import papertape.look.Problem;
import papertape.look.Problems;
import papertape.look.Snapshot;

/** Asks once a second what {@code papertape status} asks, so that the page and the command say the same. */
public final class StatusPoller implements Runnable {
    private static final long INTERVAL_MS = 1_000;
    /** Problems take connections of their own: a database that does not answer takes seconds to say so. */
    private static final int PROBLEMS_EVERY = 3;

    /**
     * What the page shows of the stack.
     *
     * @param stages empty while Redis is away
     * @param streams instruments with the state of their streams
     */
    public record StatusView(
            boolean redis,
            List<Snapshot.StageView> stages,
            long deadLetters,
            List<Snapshot.LineView> lines,
            List<Problem> problems,
            List<Model.InstrumentRow> streams,
            List<Model.LetterRow> letters,
            long at) {}

    private final Config config;
    private final Model model;
    private volatile @Nullable StatusView latest;
    private volatile long version;
    private volatile boolean isStopping;
    private List<Problem> problems = List.of();

    public StatusPoller(Config config, Model model) {
        this.config = config;
        this.model = model;
    }

    @Override
    public void run() {
        try {
            while (!isStopping) {
                try (Redis redis = Redis.connect(config.redis(), "dashboard-status")) {
                    Bus bus = new Bus(redis, Keys.of(config.bus().namespace()));
                    for (int i = 0; !isStopping; i++) {
                        look(bus, i % PROBLEMS_EVERY == 0);
                        TimeUnit.MILLISECONDS.sleep(INTERVAL_MS);
                    }
                } catch (Redis.Unavailable | Redis.Refused e) {
                    away(e);
                    TimeUnit.MILLISECONDS.sleep(INTERVAL_MS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Bus bus, boolean withProblems) {
        Snapshot snapshot = Snapshot.take(bus, config.bus().partitions());
        if (withProblems) {
            problems = Problems.of(bus, config, snapshot, Optional.empty());
        }
        List<Problem> all = new ArrayList<>(problems);
        for (Model.InstrumentRow stream : model.brokenStreams()) {
            all.add(new Problem(stream.instrument(), "its stream is " + stream.state() + ": " + stream.detail()));
        }
        say(new StatusView(
                true,
                snapshot.stages(),
                snapshot.deadLetters(),
                snapshot.lines(),
                all,
                model.instruments(),
                model.letters(),
                System.currentTimeMillis() * 1_000));
    }

    private void away(RuntimeException e) {
        say(new StatusView(
                false,
                List.of(),
                0,
                List.of(),
                List.of(new Problem("redis", Cause.of(e))),
                model.instruments(),
                model.letters(),
                System.currentTimeMillis() * 1_000));
    }

    private void say(StatusView view) {
        latest = view;
        version = version + 1;
    }

    public long version() {
        return version;
    }

    /** Absent before the first look. */
    public @Nullable StatusView latest() {
        return latest;
    }

    public void stop() {
        isStopping = true;
    }
}
