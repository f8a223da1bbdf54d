package papertape.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import papertape.common.runtime.Source.Received;
import papertape.common.value.Instrument;

/**
 * Brings a recording's messages back into its order, over all instruments and whoever receives them, and gives them the
 * times at which they were recorded. Messages about no product are left out: nothing comes of them, and whose they are
 * depends on who connects. Used by the runtime's thread.
 */
final class Turns {
    /** Environment variable: a file with a line for each of the recording's: product, tab, microseconds. */
    private static final String TIMES = "PAPERTAPE_FEED_TIMES";

    /** A line of the recording: its place in the file, and when it was recorded. */
    private record Line(long index, long micros) {}

    /** A message that waits for its turn. */
    private record Waiting(long index, Received message) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            return Long.compare(index, other.index);
        }
    }

    private final Map<String, List<Line>> byProduct = new HashMap<>();
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();

    Turns(List<String> times) {
        for (int i = 0; i < times.size(); i++) {
            String line = times.get(i);
            int tab = line.indexOf('\t');
            byProduct
                    .computeIfAbsent(line.substring(0, tab), any -> new ArrayList<>())
                    .add(new Line(i, Long.parseLong(line.substring(tab + 1))));
        }
    }

    static @Nullable Turns fromEnvironment(Map<String, String> environment) {
        String file = environment.getOrDefault(TIMES, "");
        try {
            return file.isEmpty() ? null : new Turns(Files.readAllLines(Path.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Takes messages of a replay, which count their own positions. */
    void add(List<Received> messages) {
        for (Received message : messages) {
            String position = message.position();
            Instrument instrument = message.instrument();
            if (position != null && instrument != null) {
                Line line =
                        byProduct.getOrDefault(instrument.symbol(), List.of()).get(Integer.parseInt(position) - 1);
                waiting.add(new Waiting(
                        line.index,
                        new Received(
                                message.venue(),
                                instrument,
                                message.channel(),
                                line.micros,
                                message.payload(),
                                position)));
            }
        }
    }

    /** Forgets what waits of other instruments than these. */
    void retain(Collection<Instrument> instruments) {
        Set<Instrument> kept = new HashSet<>(instruments);
        waiting.removeIf(each -> !kept.contains(each.message.instrument()));
    }

    /** The message at this place of the recording, if it is here. */
    List<Received> take(long index) {
        while (!waiting.isEmpty() && waiting.peek().index < index) {
            // came twice, after a connection was resumed
            waiting.remove();
        }
        if (waiting.isEmpty() || waiting.peek().index != index) {
            return List.of();
        }
        return List.of(waiting.remove().message);
    }
}
