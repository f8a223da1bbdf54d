package papertape.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import papertape.common.runtime.Source.Item;
import papertape.common.runtime.Source.Received;
import papertape.common.runtime.Source.Time;
import papertape.common.runtime.Source.Turn;
import papertape.common.value.Instrument;

/**
 * Gives a recording's messages out in turns, in its own order over all instruments and workers, at the times at which they
 * were recorded. Messages about no product are left out: nothing comes of them, and the connection decides which worker has
 * them. Used by the runtime's thread.
 */
final class Turns {
    private final String venue;
    private final RecordedTimes times;
    private final Schedule schedule;
    private final Map<Integer, Received> waiting = new HashMap<>();
    private Set<Integer> owned = Set.of();

    Turns(String venue, RecordedTimes times, Schedule schedule) {
        this.venue = venue;
        this.times = times;
        this.schedule = schedule;
    }

    /** Takes messages of a replay, which count their own positions. */
    void add(List<Received> messages) {
        for (Received message : messages) {
            int line = times.line(message);
            if (line >= schedule.first()) {
                waiting.put(line, times.stamped(message, 0));
            }
        }
    }

    /** Messages that have arrived and whose turn has not come. */
    int waiting() {
        return waiting.size();
    }

    /** Forgets what waits of other instruments than these. */
    void own(Set<Integer> partitions, Collection<Instrument> instruments) {
        owned = Set.copyOf(partitions);
        Set<Instrument> kept = new HashSet<>(instruments);
        waiting.values().removeIf(each -> !kept.contains(each.instrument()));
    }

    /** See {@code Source.turn}. */
    Turn take(long[] sent, boolean isHandled) {
        while (schedule.isSent(sent)) {
            // another worker has begun the next turn: this one was handled
            boolean isOver = isHandled || schedule.isExceeded(sent);
            if (!isOver || !schedule.advance()) {
                return new Turn(Map.of(), true);
            }
            waiting.keySet().removeIf(line -> line < schedule.first());
        }
        Map<Integer, List<Item>> items = new TreeMap<>();
        for (int partition : owned) {
            if (!schedule.isSent(sent, partition)) {
                items.put(partition, missing(partition, schedule.sentOf(sent, partition)));
            }
        }
        return new Turn(items, false);
    }

    /** What this partition has not sent of the turn, as far as it has arrived. */
    private List<Item> missing(int partition, long alreadySent) {
        List<Item> items = new ArrayList<>();
        long skip = alreadySent;
        for (int line = schedule.first(); line < schedule.next(); line++) {
            if (schedule.partition(line) != partition) {
                continue;
            }
            if (skip > 0) {
                skip--;
                continue;
            }
            Received message = waiting.remove(line);
            if (message == null) {
                return items;
            }
            items.add(message);
        }
        if (schedule.hasClock()) {
            items.add(new Time(venue, schedule.clock(), schedule.lastReceived()));
        }
        return items;
    }
}
