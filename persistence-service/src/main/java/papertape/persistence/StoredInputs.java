package papertape.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import papertape.common.config.PersistenceSettings;
import papertape.common.message.Bar;
import papertape.common.message.Channel;
import papertape.common.message.FeedStatus;
import papertape.common.message.Quote;
import papertape.common.message.Trade;
import papertape.common.runtime.Input;

/** What is read for the database: what is not stored is not even decoded. */
final class StoredInputs {
    private StoredInputs() {}

    static List<Input> of(PersistenceSettings content) {
        var inputs = new ArrayList<Input>();
        for (Channel channel : Channel.values()) {
            if (channel == Channel.TICKS && !content.books()) {
                inputs.add(Input.only(channel, Set.of(Trade.class, Quote.class, Bar.class, FeedStatus.class)));
            } else if (channel.isJournaled() && (channel != Channel.RAW || content.raw())) {
                inputs.add(Input.all(channel));
            }
        }
        return List.copyOf(inputs);
    }
}
