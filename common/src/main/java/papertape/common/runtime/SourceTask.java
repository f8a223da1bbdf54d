package papertape.common.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Bus;
import papertape.common.bus.Commit;
import papertape.common.bus.Keys;
import papertape.common.bus.Partitions;
import papertape.common.json.MessageCodec;
import papertape.common.json.StateCodec;
import papertape.common.message.Channel;
import papertape.common.message.Clock;
import papertape.common.message.DeadLetter;
import papertape.common.message.Raw;

/** A partition of a source: numbers what was received and commits it with how far the source has come. */
final class SourceTask extends Task {
    /** Name of the state table that holds the positions. */
    static final String POSITIONS = "position";

    private static final int SHOWN_TEXT = 4_096;

    private final StateCodec<String> text = new StateCodec<>(String.class);

    private final Keys keys;
    private final OutboxBuffer outbox;
    private final Tally tally;
    private final Map<String, String> positions = new HashMap<>();

    SourceTask(
            Keys keys,
            String stage,
            int partition,
            Map<String, Long> numbers,
            Partitions partitions,
            MessageCodec codec,
            int maxFrameBytes,
            Tally tally) {
        super(stage, partition, numbers.get("epoch"));
        this.keys = keys;
        this.tally = tally;
        this.outbox =
                new OutboxBuffer(stage, partition, numbers.getOrDefault("out", 0L), partitions, codec, maxFrameBytes);
    }

    /** How many messages the task has sent in its life, what waits for a commit included. */
    long sent() {
        return outbox.count();
    }

    /** Each of the batch becomes one message: itself, or a dead letter where it cannot be sent. */
    void take(List<? extends Source.Item> batch) {
        for (Source.Item each : batch) {
            outbox.handling(null, each.received());
            switch (each) {
                case Source.Received received -> take(received);
                case Source.Time time ->
                    outbox.send(Channel.RAW, new Clock(outbox.header(time.received()), time.venue(), time.confirmed()));
            }
        }
    }

    private void take(Source.Received each) {
        try {
            outbox.append(Channel.RAW, partition, raw(each));
        } catch (IllegalArgumentException e) {
            outbox.rollBack();
            deadLetter(each, String.valueOf(e.getMessage()));
        }
        if (each.position() != null) {
            positions.put(
                    each.instrument() == null ? each.venue() : each.instrument().name(), each.position());
        }
    }

    private Raw raw(Source.Received each) {
        return new Raw(
                outbox.header(each.received()),
                each.venue(),
                each.instrument(),
                each.channel(),
                each.received(),
                each.payload());
    }

    private void deadLetter(Source.Received each, String reason) {
        tally.deadLetters++;
        DeadLetters.warn(stage, Channel.RAW, partition, 0, reason);
        String text =
                each.payload().substring(0, Math.min(SHOWN_TEXT, each.payload().length()));
        outbox.send(
                Channel.DEADLETTER,
                new DeadLetter(
                        outbox.header(each.received()),
                        Channel.RAW.text(),
                        partition,
                        0,
                        DeadLetters.reason(reason),
                        DeadLetters.clean(text)));
    }

    @Override
    Set<String> channels() {
        return Set.of();
    }

    @Override
    void arrived(String channel, byte[] bytes) {
        // a source hears nothing
    }

    @Override
    void mayHaveMissed(String channel) {
        // a source hears nothing
    }

    @Override
    void fill(Bus bus) {
        // a source reads no journal
    }

    @Override
    boolean hasWork() {
        return !outbox.isEmpty();
    }

    @Override
    @Nullable
    Commit process(Turns turns) {
        Commit commit = new Commit(keys, stage, partition, epoch);
        outbox.drainTo(commit);
        positions.forEach((name, position) -> commit.set(POSITIONS + "|" + name, text.encode(position)));
        return commit;
    }

    @Override
    void committed() {
        tally.out += outbox.sent();
        outbox.committed();
        positions.clear();
    }

    @Override
    long lag(Map<String, Long> sequences) {
        return 0;
    }
}
