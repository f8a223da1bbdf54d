package papertape.persistence;

import papertape.common.message.Channel;

/**
 * What is stored of one partition of a channel, against what its journal gave out.
 *
 * @param journal last sequence number of the journal, so the number of its messages
 * @param rows rows of all the channel's tables
 * @param distinct different sequence numbers among them
 * @param last highest sequence number stored; 0 when there is none
 * @param unreadable messages that could not be decoded, so that they have no row of their own but a dead letter's
 * @param complete whether every message of the channel is meant to be stored; when a type is left out by the settings, what
 *     is missing cannot be told from it
 */
public record ChannelCount(
        Channel channel,
        int partition,
        long journal,
        long rows,
        long distinct,
        long last,
        long unreadable,
        boolean complete) {
    /** Messages of the journal that are stored neither as themselves nor as a dead letter; 0 where that cannot be told. */
    public long missing() {
        return complete ? Math.max(0, journal - distinct - unreadable) : 0;
    }

    public long duplicates() {
        return rows - distinct;
    }

    /** Rows the journal knows nothing of, as of another run's data under the same database. */
    public long unknown() {
        return Math.max(0, last - journal);
    }

    public boolean isExact() {
        return missing() == 0 && duplicates() == 0 && unknown() == 0;
    }
}
