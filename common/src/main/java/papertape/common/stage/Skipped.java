package papertape.common.stage;

import org.jspecify.annotations.Nullable;
import papertape.common.message.Channel;
import papertape.common.message.MarketData;
import papertape.common.message.Message;
import papertape.common.message.Raw;
import papertape.common.value.Instrument;

/**
 * A message that was stepped over.
 *
 * @param channel where it stood
 * @param message absent where it could not be decoded
 * @param instrument of market data and raw messages, as far as their text tells; absent: it may have been any
 * @param reason what the dead letter says
 */
public record Skipped(
        Channel channel,
        @Nullable Message message,
        @Nullable Instrument instrument,
        String reason) {
    /** A message that was decoded and could not be handled. */
    public static Skipped of(Channel channel, Message message, String reason) {
        return new Skipped(channel, message, instrument(message), reason);
    }

    private static @Nullable Instrument instrument(Message message) {
        if (message instanceof MarketData data) {
            return data.instrument();
        }
        return message instanceof Raw raw ? raw.instrument() : null;
    }
}
