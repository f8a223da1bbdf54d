package papertape.common.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Commit;
import papertape.common.bus.Keys;
import papertape.common.json.CodecException;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Message;

/** A partition of a sink: takes from all its channels, writes outside, then commits its offsets. */
final class SinkTask extends ConsumerTask {
    private final Keys keys;
    private final MessageCodec codec;
    private final int maxBatch;
    private final Tally tally;
    private final List<Parcel> batch = new ArrayList<>();
    /** Of the batch: what cannot be read. */
    private final Set<Parcel> broken = new HashSet<>();

    private Map<Channel, Long> horizons = Map.of();
    private long lastOrigin;
    private int taken;
    private boolean isCut;

    /** A message of the batch as it came: to be opened when it is written, so that a large batch fits into a small heap. */
    record Parcel(SinkTask task, Channel channel, long seq, long ts, byte[] bytes, int start, int length) {
        /** Its content; null where it cannot be read. */
        Sink.@Nullable Delivery open() {
            Message message = task.decode(this);
            return message == null ? null : new Sink.Delivery(channel, task.partition, seq, message);
        }
    }

    /** @param maxBatch most messages of a channel */
    SinkTask(
            Keys keys,
            String stage,
            int partition,
            List<Input> inputs,
            Map<String, Long> numbers,
            MessageCodec codec,
            int maxBatch,
            Tally tally) {
        super(keys, stage, partition, inputs, numbers);
        this.keys = keys;
        this.codec = codec;
        this.maxBatch = maxBatch;
        this.tally = tally;
    }

    @Override
    @Nullable
    Commit process(Turns turns) {
        isCut = false;
        for (InputCursor cursor : cursors) {
            long by = horizons.getOrDefault(cursor.channel(), Long.MAX_VALUE);
            int count = 0;
            while (count < maxBatch && cursor.hasNextBy(by) && cursor.next()) {
                take(cursor);
                count++;
            }
            isCut |= count == maxBatch;
        }
        Commit commit = new Commit(keys, stage, partition, epoch);
        return moveOffsets(commit) ? commit : null;
    }

    /** Notes for each channel the newest event time of what waits. */
    void newest(Map<Channel, Long> newest) {
        for (InputCursor cursor : cursors) {
            cursor.newest().ifPresent(ts -> newest.merge(cursor.channel(), ts, Math::max));
        }
    }

    /** Notes for each channel the event time that a full batch reaches; the earliest of all tasks stands. */
    void reach(Map<Channel, Long> reach) {
        for (InputCursor cursor : cursors) {
            cursor.reach(maxBatch).ifPresent(ts -> reach.merge(cursor.channel(), ts, Math::min));
        }
    }

    /** The next batch takes what has happened by then, and leaves the rest to the one after it. */
    void horizons(Map<Channel, Long> horizons) {
        this.horizons = horizons;
    }

    /** Whether the last batch was full, so that the next should follow at once. */
    boolean isCut() {
        return isCut;
    }

    /** What has to be written before the commit. */
    List<Parcel> batch() {
        return batch;
    }

    private void take(InputCursor cursor) {
        taken++;
        Class<? extends Message> type = MessageCodec.peek(cursor.bytes(), cursor.start(), cursor.length());
        if (type != null
                && !cursor.input.types().isEmpty()
                && !cursor.input.types().contains(type)) {
            return;
        }
        long ts = MessageCodec.peekTs(cursor.bytes(), cursor.start());
        batch.add(
                new Parcel(this, cursor.channel(), cursor.seq(), ts, cursor.bytes(), cursor.start(), cursor.length()));
    }

    private @Nullable Message decode(Parcel parcel) {
        try {
            Message message = codec.decode(parcel.bytes, parcel.start, parcel.length, null);
            lastOrigin = message.header().origin();
            return message;
        } catch (CodecException e) {
            // the stages that read this channel have sent it to the dead letters, which are stored as well
            if (broken.add(parcel)) {
                tally.deadLetters++;
                DeadLetters.warn(stage, parcel.channel, partition, parcel.seq, String.valueOf(e.getMessage()));
            }
            return null;
        }
    }

    @Override
    void committed() {
        super.committed();
        tally.in += taken;
        tally.out += batch.size() - broken.size();
        taken = 0;
        batch.clear();
        broken.clear();
        if (lastOrigin > 0) {
            tally.delay(Tally.nowMicros() - lastOrigin);
            lastOrigin = 0;
        }
    }
}
