package papertape.common.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.bus.Bus;
import papertape.common.bus.Commit;
import papertape.common.bus.Frame;
import papertape.common.bus.Journal;
import papertape.common.bus.Keys;

/** A task that reads journaled channels: keeps a cursor in each of them. */
abstract class ConsumerTask extends Task {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerTask.class);

    final List<InputCursor> cursors = new ArrayList<>();

    ConsumerTask(Keys keys, String stage, int partition, List<Input> inputs, Map<String, Long> numbers) {
        super(stage, partition, numbers.get("epoch"));
        for (Input input : inputs) {
            if (input.channel().isJournaled()) {
                long offset = numbers.getOrDefault(input.channel().text(), 0L);
                cursors.add(new InputCursor(keys, input, partition, offset));
            }
        }
    }

    @Override
    Set<String> channels() {
        Set<String> channels = new HashSet<>();
        cursors.forEach(cursor -> channels.add(cursor.channelName));
        return channels;
    }

    @Override
    void arrived(String channel, byte[] bytes) {
        for (InputCursor cursor : cursors) {
            if (cursor.channelName.equals(channel)) {
                try {
                    cursor.arrived(Frame.of(bytes));
                } catch (IllegalArgumentException e) {
                    // somebody's own PUBLISH on a partition's channel: it has no number and so is no message
                    LOG.atWarn().addKeyValue("channel", channel).log("ignored what is not a frame");
                }
                return;
            }
        }
    }

    @Override
    void mayHaveMissed(String channel) {
        for (InputCursor cursor : cursors) {
            if (cursor.channelName.equals(channel)) {
                cursor.mayHaveMissed();
            }
        }
    }

    @Override
    void fill(Bus bus) {
        Journal journal = bus.journal();
        for (InputCursor cursor : cursors) {
            if (cursor.needsFill()) {
                cursor.fill(journal);
            }
        }
    }

    @Override
    boolean hasWork() {
        for (InputCursor cursor : cursors) {
            if (cursor.hasNext() || cursor.needsFill()) {
                return true;
            }
        }
        return false;
    }

    @Override
    long waiting() {
        long longest = 0;
        for (InputCursor cursor : cursors) {
            longest = Math.max(longest, cursor.waiting());
        }
        return longest;
    }

    /** Adds the moves of the offsets; false where there are none. */
    boolean moveOffsets(Commit commit) {
        boolean moved = false;
        for (InputCursor cursor : cursors) {
            if (cursor.seq() != cursor.committed()) {
                commit.move(cursor.channel().text(), cursor.committed(), cursor.seq());
                moved = true;
            }
        }
        return moved;
    }

    @Override
    void committed() {
        cursors.forEach(InputCursor::commit);
    }

    @Override
    long lag(Map<String, Long> sequences) {
        long lag = 0;
        for (InputCursor cursor : cursors) {
            long last = sequences.getOrDefault(cursor.channel().text() + "." + partition, 0L);
            cursor.announced(last);
            lag += Math.max(0, last - cursor.committed());
        }
        return lag;
    }
}
