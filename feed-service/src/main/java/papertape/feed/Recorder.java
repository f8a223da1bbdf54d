package papertape.feed;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.zip.GZIPOutputStream;
import papertape.common.config.Config;
import papertape.common.runtime.Source.Received;
import papertape.common.value.Instrument;

/**
 * Writes what a venue sends as a recording that can be replayed: a message a line, its time of receipt in microseconds since
 * the epoch, a tab, the venue's text; compressed where the file's name ends in {@code .gz}. One thread.
 */
public final class Recorder implements AutoCloseable {
    private static final int BATCH = 1_000;
    private static final long WAIT_MS = 200;

    private final Writer out;
    private long count;

    public Recorder(Path file) throws IOException {
        OutputStream bytes = Files.newOutputStream(file);
        OutputStream wrapped = file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, 1 << 16, true) : bytes;
        this.out = new BufferedWriter(new OutputStreamWriter(wrapped, StandardCharsets.UTF_8));
    }

    /**
     * Records the configured venue, all its instruments, until told to stop.
     *
     * @param progress gets the number of messages so far, several times a second
     * @return how many messages were written
     */
    public static long record(Config config, Path file, BooleanSupplier isOver, LongConsumer progress)
            throws IOException, InterruptedException {
        FeedOptions options = FeedOptions.fromEnvironment(System.getenv());
        try (Recorder recorder = new Recorder(file);
                VenueSource source = new VenueSource(config, options)) {
            source.assigned(everything(config));
            while (!isOver.getAsBoolean()) {
                for (Received message : source.poll(BATCH, WAIT_MS)) {
                    recorder.write(message);
                }
                recorder.flush();
                progress.accept(recorder.count());
            }
            return recorder.count();
        }
    }

    private static SortedMap<Integer, Map<String, String>> everything(Config config) {
        SortedMap<Integer, Map<String, String>> partitions = new TreeMap<>();
        for (int partition = 0; partition < config.bus().partitions(); partition++) {
            partitions.put(partition, Map.of());
        }
        return partitions;
    }

    /** Writes one message; the feed's own words about the connection are not the venue's and are left out. */
    public void write(Received message) throws IOException {
        if (message.channel().equals(Inbox.STATUS_CHANNEL)) {
            return;
        }
        out.write(Long.toString(message.received()));
        out.write('\t');
        out.write(line(message));
        out.write('\n');
        count++;
    }

    private static String line(Received message) {
        Instrument instrument = message.instrument();
        String text = instrument != null && BinanceAdapter.isFramed(message.channel())
                ? BinanceAdapter.framed(instrument, message.channel(), message.payload())
                : message.payload();
        // Between the parts of JSON a line break means no more than a space, and inside strings it cannot stand.
        return text.replace('\n', ' ').replace('\r', ' ');
    }

    public void flush() throws IOException {
        out.flush();
    }

    /** Messages written so far. */
    public long count() {
        return count;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
