package papertape.common.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import papertape.common.message.Channel;
import redis.clients.jedis.Protocol;

/** Reads what was published, from the streams. */
public final class Journal {
    private final Redis redis;
    private final Keys keys;

    public Journal(Redis redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /**
     * Frames from the one that holds message {@code seq} on, in order; fewer than {@code count} where the journal ends.
     * Empty when no such message has been published yet.
     */
    public List<Frame> read(Channel channel, int partition, long seq, int count) {
        Object reply = redis.call(
                Protocol.Command.XRANGE,
                Redis.bytes(keys.journal(channel, partition)),
                Redis.bytes(seq + "-0"),
                Redis.bytes("+"),
                Redis.bytes("COUNT"),
                Redis.bytes(Integer.toString(count)));
        List<Frame> frames = new ArrayList<>();
        for (Object entry : (List<?>) Objects.requireNonNull(reply)) {
            List<?> fields = (List<?>) ((List<?>) entry).get(1);
            frames.add(Frame.of((byte[]) fields.get(1)));
        }
        return frames;
    }

    /** Forgets the frames that lie wholly before message {@code seq}; a few more may stay. */
    public void trim(Channel channel, int partition, long seq) {
        redis.call("XTRIM", keys.journal(channel, partition), "MINID", "~", seq + "-0");
    }
}
