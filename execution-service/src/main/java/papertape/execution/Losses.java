package papertape.execution;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Bar;
import papertape.common.message.Channel;
import papertape.common.message.FeedStatus;
import papertape.common.stage.Outbox;
import papertape.common.stage.Skipped;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;

/**
 * Ticks that were lost: a book of which a change may be missing is no book (rule 15). It fills nothing until a whole
 * snapshot, for which the feed is asked, and asked again.
 */
final class Losses {
    /** Event time between two requests for a snapshot, as etl has it. */
    private static final long REQUEST_INTERVAL = 5_000_000;

    private final Map<Instrument, Market> markets;

    Losses(Map<Instrument, Market> markets) {
        this.markets = markets;
    }

    /** The markets that may lack what was skipped: all of the partition where the text does not tell which. */
    Collection<Market> touchedBy(Skipped skipped) {
        if (skipped.channel() != Channel.TICKS || skipped.message() instanceof Bar) {
            return List.of();
        }
        Market named = skipped.instrument() == null ? null : markets.get(skipped.instrument());
        if (named != null) {
            return List.of(named);
        }
        return skipped.message() == null ? markets.values() : List.of();
    }

    /** Asks for a snapshot while one is needed. */
    void askWhenDue(Market market, long ts, Outbox out) {
        Long asked = market.known().requestedTs();
        if (asked != null && (ts - asked >= REQUEST_INTERVAL || ts < asked)) {
            ask(market, ts, "still no snapshot since a message was lost", out);
        }
    }

    void ask(Market market, long ts, @Nullable String why, Outbox out) {
        market.lose(ts);
        String detail = "execution: " + why;
        out.send(
                Channel.CONTROL,
                new FeedStatus(out.header(ts), market.settings().name(), FeedState.RESYNC, detail));
    }
}
