package papertape.common.stage;

import org.jspecify.annotations.Nullable;
import papertape.common.message.Channel;
import papertape.common.message.MarketData;
import papertape.common.message.Message;
import papertape.common.message.OrderRequest;
import papertape.common.message.Raw;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrderId;

/**
 * A message that was stepped over.
 *
 * @param channel where it stood
 * @param message absent where it could not be decoded
 * @param instrument of market data, raw messages and requests, as far as their text tells; absent: it may have been any
 * @param order that a request is about, as far as its text tells; absent: it may have been any
 * @param reason what the dead letter says
 */
public record Skipped(
        Channel channel,
        @Nullable Message message,
        @Nullable Instrument instrument,
        @Nullable OrderName order,
        String reason) {
    /** Which order it is: its id counts within its account. */
    public record OrderName(AccountId account, OrderId orderId) {}

    /** A message that was decoded and could not be handled. */
    public static Skipped of(Channel channel, Message message, String reason) {
        OrderName order =
                message instanceof OrderRequest request ? new OrderName(request.account(), request.orderId()) : null;
        return new Skipped(channel, message, instrument(message), order, reason);
    }

    /** A message that could not be decoded, or that the journal has no more. */
    public static Skipped unread(Channel channel, @Nullable Instrument instrument, String reason) {
        return new Skipped(channel, null, instrument, null, reason);
    }

    private static @Nullable Instrument instrument(Message message) {
        if (message instanceof MarketData data) {
            return data.instrument();
        }
        if (message instanceof OrderRequest request) {
            return request.instrument();
        }
        return message instanceof Raw raw ? raw.instrument() : null;
    }
}
