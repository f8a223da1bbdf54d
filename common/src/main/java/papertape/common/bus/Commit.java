package papertape.common.bus;

import java.util.ArrayList;
import java.util.List;
import papertape.common.message.Channel;

/**
 * What one task wants to change, together or not at all: offsets, state entries, and what it sends. Build, {@link
 * Bus#commit}, throw away.
 */
public final class Commit {
    final String stage;
    final int partition;
    private final Keys keys;
    private final long epoch;
    private final List<byte[]> fields = new ArrayList<>();
    private final List<byte[]> set = new ArrayList<>();
    private final List<byte[]> removed = new ArrayList<>();
    private final List<byte[]> frames = new ArrayList<>();
    private final List<byte[]> journals = new ArrayList<>();
    private final List<byte[]> plain = new ArrayList<>();
    private final List<byte[]> lastValues = new ArrayList<>();

    public Commit(Keys keys, String stage, int partition, long epoch) {
        this.keys = keys;
        this.stage = stage;
        this.partition = partition;
        this.epoch = epoch;
    }

    /** Moves a number of the task (an offset, a count) from the value it must have to a new one. */
    public void move(String field, long expected, long value) {
        fields.add(Redis.bytes(field));
        fields.add(Redis.bytes(Long.toString(expected)));
        fields.add(Redis.bytes(Long.toString(value)));
    }

    public void set(String entry, byte[] value) {
        set.add(Redis.bytes(entry));
        set.add(value);
    }

    public void remove(String entry) {
        removed.add(Redis.bytes(entry));
    }

    /** Sends {@code count} messages, a line each, as one frame. */
    public void frame(Channel channel, int toPartition, int count, byte[] lines) {
        frame(channel, toPartition, count, 0, lines);
    }

    /** @param clocks how many of the messages are clocks; they are counted apart, since no table stores them */
    public void frame(Channel channel, int toPartition, int count, int clocks, byte[] lines) {
        journals.add(Redis.bytes(keys.journal(channel, toPartition)));
        frames.add(Redis.bytes(keys.channel(channel, toPartition)));
        frames.add(Redis.bytes(channel.text() + "." + toPartition));
        frames.add(Redis.bytes(Integer.toString(count)));
        frames.add(Redis.bytes(Integer.toString(clocks)));
        frames.add(lines);
    }

    /** Sends on a plain channel; under a key that is not empty the text stays as the last value. */
    public void plain(Channel channel, String key, byte[] text) {
        lastValues.add(Redis.bytes(keys.last(channel)));
        plain.add(Redis.bytes(keys.channel(channel)));
        plain.add(Redis.bytes(key));
        plain.add(text);
    }

    /** Keeps a text as the channel's last value under a key, without sending it. */
    public void lastValue(Channel channel, String key, byte[] text) {
        lastValues.add(Redis.bytes(keys.last(channel)));
        plain.add(new byte[0]);
        plain.add(Redis.bytes(key));
        plain.add(text);
    }

    int keyCount() {
        return 3 + journals.size() + lastValues.size();
    }

    List<byte[]> keysAndArgs() {
        List<byte[]> all = new ArrayList<>(
                keyCount() + 6 + fields.size() + set.size() + removed.size() + frames.size() + plain.size());
        all.add(Redis.bytes(keys.task(stage, partition)));
        all.add(Redis.bytes(keys.state(stage, partition)));
        all.add(Redis.bytes(keys.sequences()));
        all.addAll(journals);
        all.addAll(lastValues);
        all.add(number(epoch));
        all.add(number(fields.size() / 3));
        all.addAll(fields);
        all.add(number(set.size() / 2));
        all.addAll(set);
        all.add(number(removed.size()));
        all.addAll(removed);
        all.add(number(frames.size() / 5));
        all.addAll(frames);
        all.add(number(plain.size() / 3));
        all.addAll(plain);
        return all;
    }

    private static byte[] number(long value) {
        return Redis.bytes(Long.toString(value));
    }
}
