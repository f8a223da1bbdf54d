package papertape.feed;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import papertape.common.runtime.Source.Received;
import papertape.common.value.Instrument;

/**
 * Messages in memory in the order of their arrival, out of whose middle superseded ones can be taken. A dropped entry stays
 * in the queue as an empty shell until it is its turn or there are too many of them. Used under the inbox's lock.
 */
final class Backlog {
    /** Average text a message may have before the length of the texts counts, not their number. */
    private static final long CHARS_PER_MESSAGE = 2_000;

    private static final int SHELLS = 1_024;

    private static final class Entry {
        private @Nullable Received message;
        private Weight weight;

        Entry(Received message, Weight weight) {
            this.message = message;
            this.weight = weight;
        }
    }

    private final ArrayDeque<Entry> queue = new ArrayDeque<>();
    private final Map<Instrument, Integer> books = new HashMap<>();
    private final Map<Instrument, Map<String, Entry>> quotes = new HashMap<>();
    private int size;
    private long chars;

    int size() {
        return size;
    }

    boolean isOver(int bound) {
        return size >= bound || chars >= bound * CHARS_PER_MESSAGE;
    }

    void add(Received message, Weight weight) {
        Entry entry = new Entry(message, weight);
        queue.add(entry);
        size++;
        chars += message.payload().length();
        Instrument instrument = message.instrument();
        if (instrument == null) {
            return;
        }
        if (isBook(weight)) {
            books.merge(instrument, 1, Integer::sum);
        } else if (weight == Weight.QUOTE) {
            quotes.computeIfAbsent(instrument, key -> new HashMap<>()).put(message.channel(), entry);
        }
    }

    /** The oldest message; null where there is none. */
    @Nullable
    Received take() {
        Entry entry = queue.poll();
        while (entry != null && entry.message == null) {
            entry = queue.poll();
        }
        if (entry == null || entry.message == null) {
            return null;
        }
        Received message = entry.message;
        forget(entry, message);
        return message;
    }

    /** Drops the queued quote that this one replaces. */
    boolean supersede(Instrument instrument, String channel) {
        Map<String, Entry> ofInstrument = quotes.get(instrument);
        Entry older = ofInstrument == null ? null : ofInstrument.get(channel);
        if (older == null || older.message == null) {
            return false;
        }
        forget(older, older.message);
        compact();
        return true;
    }

    /** The instrument with most book messages waiting; null where none has more than {@code few}. */
    @Nullable
    Instrument mostBooks(int few) {
        Instrument most = null;
        int count = few;
        for (Map.Entry<Instrument, Integer> entry : books.entrySet()) {
            if (entry.getValue() > count) {
                most = entry.getKey();
                count = entry.getValue();
            }
        }
        return most;
    }

    /**
     * Drops an instrument's book messages.
     *
     * @param notice takes the place of the first of them, so that a reader learns of the hole where it is
     * @return how many
     */
    int dropBooks(Instrument instrument, @Nullable Received notice) {
        int dropped = 0;
        for (Entry entry : queue) {
            Received message = entry.message;
            if (message != null && isBook(entry.weight) && instrument.equals(message.instrument())) {
                forget(entry, message);
                if (dropped++ == 0 && notice != null) {
                    entry.message = notice;
                    entry.weight = Weight.KEEP;
                    size++;
                    chars += notice.payload().length();
                }
            }
        }
        compact();
        return dropped;
    }

    /** Drops everything that is not wanted any more. */
    int drop(Predicate<Received> unwanted) {
        int dropped = 0;
        for (Entry entry : queue) {
            if (entry.message != null && unwanted.test(entry.message)) {
                forget(entry, entry.message);
                dropped++;
            }
        }
        compact();
        return dropped;
    }

    private void forget(Entry entry, Received message) {
        entry.message = null;
        size--;
        chars -= message.payload().length();
        Instrument instrument = message.instrument();
        if (instrument == null) {
            return;
        }
        if (isBook(entry.weight)) {
            books.computeIfPresent(instrument, (key, count) -> count > 1 ? count - 1 : null);
        } else if (entry.weight == Weight.QUOTE) {
            Map<String, Entry> ofInstrument = quotes.get(instrument);
            if (ofInstrument != null) {
                ofInstrument.remove(message.channel(), entry);
            }
        }
    }

    private void compact() {
        int shells = queue.size() - size;
        if (shells > SHELLS && shells > size) {
            queue.removeIf(entry -> entry.message == null);
        }
    }

    private static boolean isBook(Weight weight) {
        return weight == Weight.BOOK || weight == Weight.SNAPSHOT;
    }
}
