package papertape.dashboard.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One browser's stream of events. It asks each feed for changes ten times a second, so a widget gets at most ten updates a
 * second at any rate of messages. A slow browser delays no other.
 */
public final class EventStream {
    /** What one widget of a page listens to. Used by the stream's thread alone. */
    public interface Feed extends AutoCloseable {
        /** Name of the event. */
        String name();

        /** JSON of the changes since the last call; absent without changes. */
        @Nullable
        String next();

        /** At most every so many tenths of a second. */
        default int every() {
            return 1;
        }

        @Override
        default void close() {}
    }

    private static final long INTERVAL_MS = 100;
    /** A browser whose connection is gone is noticed by this. */
    private static final int PING_EVERY = 50;

    private final OutputStream out;
    private final List<Feed> feeds;

    EventStream(OutputStream out, List<Feed> feeds) {
        this.out = out;
        this.feeds = feeds;
    }

    /** Until the browser goes or the server ends. */
    void run(BooleanSupplier isStopping) throws IOException {
        try {
            write(": papertape\nretry: 1000\n\n");
            for (int i = 0; !isStopping.getAsBoolean(); i++) {
                boolean isSilent = true;
                for (Feed feed : feeds) {
                    String news = i % feed.every() == 0 ? feed.next() : null;
                    if (news != null) {
                        write("event: " + feed.name() + "\ndata: " + news + "\n\n");
                        isSilent = false;
                    }
                }
                if (isSilent && i % PING_EVERY == 0) {
                    write("event: ping\ndata: {}\n\n");
                }
                out.flush();
                TimeUnit.MILLISECONDS.sleep(INTERVAL_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            feeds.forEach(Feed::close);
        }
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
