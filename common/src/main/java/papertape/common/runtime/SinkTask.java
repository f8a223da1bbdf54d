package papertape.common.runtime;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
    private final List<Sink.Delivery> batch = new ArrayList<>();
    private final Map<Channel, Long> horizon = new EnumMap<>(Channel.class);
    private long lastOrigin;
    private int taken;
    private boolean isCut;

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
            long by = horizon.getOrDefault(cursor.channel(), Long.MAX_VALUE);
            int count = 0;
            while (count < maxBatch && cursor.hasNextBy(by) && cursor.next()) {
                take(cursor);
                count++;
            }
            isCut |= count == maxBatch || cursor.waiting() >= maxBatch;
        }
        Commit commit = new Commit(keys, stage, partition, epoch);
        return moveOffsets(commit) ? commit : null;
    }

    /** Notes for each channel the event times that the next batches of all tasks can reach: the first and the last. */
    void reach(Map<Channel, Long> first, Map<Channel, Long> last) {
        for (InputCursor cursor : cursors) {
            long reach = cursor.reach(maxBatch);
            first.merge(cursor.channel(), reach, Math::min);
            if (reach != Long.MAX_VALUE) {
                last.merge(cursor.channel(), reach, Math::max);
            }
        }
    }

    /** The next batch takes what has happened by then, and leaves the rest to the one after it. */
    void horizons(Map<Channel, Long> horizons) {
        horizon.putAll(horizons);
    }

    /** Whether the last batch was full or left a full one behind, so that the next should follow at once. */
    boolean isCut() {
        return isCut;
    }

    /** What has to be written before the commit. */
    List<Sink.Delivery> batch() {
        return batch;
    }

    private void take(InputCursor cursor) {
        taken++;
        Channel channel = cursor.channel();
        Class<? extends Message> type = MessageCodec.peek(cursor.bytes(), cursor.start(), cursor.length());
        if (type != null
                && !cursor.input.types().isEmpty()
                && !cursor.input.types().contains(type)) {
            return;
        }
        try {
            Message message = codec.decode(cursor.bytes(), cursor.start(), cursor.length(), null);
            lastOrigin = message.header().origin();
            batch.add(new Sink.Delivery(channel, partition, cursor.seq(), message));
        } catch (CodecException e) {
            // the stages that read this channel have sent it to the dead letters, which are stored as well
            tally.deadLetters++;
            DeadLetters.warn(stage, channel, partition, cursor.seq(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    void committed() {
        super.committed();
        tally.in += taken;
        tally.out += batch.size();
        taken = 0;
        batch.clear();
        if (lastOrigin > 0) {
            tally.delay(Tally.nowMicros() - lastOrigin);
            lastOrigin = 0;
        }
    }
}
