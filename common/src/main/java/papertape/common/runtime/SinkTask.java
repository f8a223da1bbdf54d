package papertape.common.runtime;

import java.util.ArrayList;
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
    private long lastOrigin;
    private int taken;

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
    Commit process(long until) {
        for (InputCursor cursor : cursors) {
            for (int i = 0; i < maxBatch && cursor.hasNext() && cursor.next(); i++) {
                take(cursor);
            }
        }
        Commit commit = new Commit(keys, stage, partition, epoch);
        return moveOffsets(commit) ? commit : null;
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
