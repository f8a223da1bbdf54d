package papertape.feed;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import papertape.common.value.Instrument;

/** A venue's protocol as pure functions of text. */
interface VenueAdapter {
    /** The key of connection messages in {@code resume}. */
    String CONNECTION = "*";

    /** The venue's name in instruments. */
    String venue();

    /** Whether the venue sends heartbeats even when nothing trades: without a message its connection is dead, pings or not. */
    default boolean hasHeartbeats() {
        return false;
    }

    /** A glance at an incoming text; whatever it is, there is an answer. */
    Look look(String text);

    /** The trade's number at the venue; -1 for what is no trade, and where venues cannot be asked for those missed. */
    default long tradeId(Look look) {
        return -1;
    }

    /** The parts of a message of weight {@link Weight#STATUS} that are about configured products, one each. */
    default List<Look> statuses(Look look) {
        return List.of();
    }

    /** What asks for what is about no product alone; sent once a connection, before the streams are asked for. */
    default List<String> greeting() {
        return List.of();
    }

    /**
     * What asks for the instruments' streams.
     *
     * @param resume for each symbol how many of its messages are here already; empty: the field is left out, as it must
     *     be towards a real venue
     */
    List<String> subscribe(Collection<Instrument> instruments, Map<String, Long> resume);

    /** What ends the instruments' streams. */
    List<String> unsubscribe(Collection<Instrument> instruments);

    /** What brings a fresh snapshot over the stream without a hole in the trades; empty where that is REST's job. */
    List<String> resync(Instrument instrument);
}
