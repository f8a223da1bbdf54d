package papertape.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.common.runtime.Source.Received;
import papertape.common.value.Instrument;

/**
 * When each message of a recording was received, in the recording's order; messages about no product are left out. The time
 * of a line is never before that of the line above it.
 */
final class RecordedTimes {
    /**
     * Environment variable: a file with a line for each of the recording's: product, receive time, the venue's time or 0, in
     * microseconds, with tabs between them.
     */
    private static final String TIMES = "PAPERTAPE_FEED_TIMES";

    private final List<String> products = new ArrayList<>();
    private final Map<String, int[]> linesOf = new HashMap<>();
    private final int[] product;
    private final long[] micros;
    private final long[] events;

    RecordedTimes(List<String> lines) {
        Map<String, Integer> numbers = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        product = new int[lines.size()];
        micros = new long[lines.size()];
        events = new long[lines.size()];
        long latest = Long.MIN_VALUE;
        Map<String, Long> latestEvents = new HashMap<>();
        for (int i = 0; i < product.length; i++) {
            String line = lines.get(i);
            int tab = line.indexOf('\t');
            String name = line.substring(0, tab);
            product[i] = numbers.computeIfAbsent(name, any -> {
                products.add(name);
                return products.size() - 1;
            });
            counts.merge(name, 1, Integer::sum);
            int second = line.indexOf('\t', tab + 1);
            latest = Math.max(latest, Long.parseLong(line, tab + 1, second < 0 ? line.length() : second, 10));
            micros[i] = latest;
            long event = second < 0 ? 0 : Long.parseLong(line, second + 1, line.length(), 10);
            events[i] = latestEvents.merge(name, event, Math::max);
        }
        counts.forEach((name, count) -> linesOf.put(name, new int[count]));
        int[] filled = new int[products.size()];
        for (int i = 0; i < product.length; i++) {
            int[] own = linesOf.getOrDefault(products.get(product[i]), new int[0]);
            own[filled[product[i]]++] = i;
        }
    }

    static @Nullable RecordedTimes fromEnvironment(Map<String, String> environment) {
        String file = environment.getOrDefault(TIMES, "");
        return file.isEmpty() ? null : read(Path.of(file));
    }

    static RecordedTimes read(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return new RecordedTimes(lines.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    int size() {
        return product.length;
    }

    String product(int line) {
        return products.get(product[line]);
    }

    long micros(int line) {
        return micros[line];
    }

    int products() {
        return products.size();
    }

    /** Which of the products the line is about, from 0. */
    int productNumber(int line) {
        return product[line];
    }

    /** The newest time that the venue has told of the line's product so far, in microseconds; 0 where it has told none. */
    long event(int line) {
        return events[line];
    }

    /** The line of a message, which counts its own position; -1 where it is about no product. */
    int line(Received message) {
        String position = message.position();
        Instrument instrument = message.instrument();
        if (position == null || instrument == null) {
            return -1;
        }
        int[] own = linesOf.getOrDefault(instrument.symbol(), new int[0]);
        int at = Integer.parseInt(position) - 1;
        return at < 0 || at >= own.length ? -1 : own[at];
    }

    /** The line above which a message about the connection stands is not known: it takes the time of what came before. */
    Received stamped(Received message, long before) {
        int line = line(message);
        return new Received(
                message.venue(),
                message.instrument(),
                message.channel(),
                line < 0 ? before : micros[line],
                message.payload(),
                message.position());
    }

    @Override
    public String toString() {
        return Arrays.toString(micros);
    }
}
