package papertape.common.runtime;

import java.util.Set;
import papertape.common.message.Channel;
import papertape.common.message.Message;

/**
 * A channel that a stage reads.
 *
 * @param types the messages it wants, the others are skipped without being decoded; empty: all
 */
public record Input(Channel channel, Set<Class<? extends Message>> types) {
    public static Input all(Channel channel) {
        return new Input(channel, Set.of());
    }

    public static Input only(Channel channel, Set<Class<? extends Message>> types) {
        return new Input(channel, types);
    }
}
