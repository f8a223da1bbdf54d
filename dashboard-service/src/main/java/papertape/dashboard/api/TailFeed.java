package papertape.dashboard.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Frame;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.bus.Watcher;
import papertape.common.config.Config;
import papertape.common.json.JsonText;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Clock;
import papertape.dashboard.web.EventStream;

/** A channel as it is published, over a connection of its own; what a browser cannot take in is counted and left out. */
final class TailFeed implements EventStream.Feed {
    private static final int WAITING = 200;
    private static final int AT_ONCE = 25;
    private static final long RETRY_MS = 500;

    /** @param leftOut messages since the last time that fit and were not sent */
    record Lines(List<String> lines, long leftOut) {}

    private final Config config;
    private final Channel channel;
    private final String text;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Thread thread;
    private long leftOut;
    private volatile boolean isStopping;
    private volatile @Nullable Watcher watcher;

    /** @param text what a line must contain, upper and lower case alike; empty: all */
    TailFeed(Config config, Channel channel, String text) {
        this.config = config;
        this.channel = channel;
        this.text = text.toLowerCase(Locale.ROOT);
        this.thread = Thread.ofVirtual().name("tail").start(this::watch);
    }

    private void watch() {
        while (!isStopping) {
            try (Watcher made = new Watcher(
                    config.redis(), Keys.of(config.bus().namespace()), channel, (name, bytes) -> take(bytes))) {
                watcher = made;
                made.run();
            } catch (Redis.Unavailable | Redis.Refused e) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(byte[] bytes) {
        if (!channel.isJournaled()) {
            add(Redis.text(bytes));
            return;
        }
        Frame frame = Frame.of(bytes);
        int from = frame.body();
        for (int i = 0; i < frame.count(); i++) {
            int end = frame.endOfLine(from);
            if (MessageCodec.peek(bytes, from, end - from) != Clock.class) {
                add(new String(bytes, from, end - from, StandardCharsets.UTF_8));
            }
            from = end + 1;
        }
    }

    private void add(String line) {
        if (!text.isEmpty() && !line.toLowerCase(Locale.ROOT).contains(text)) {
            return;
        }
        synchronized (waiting) {
            waiting.add(line);
            if (waiting.size() > WAITING) {
                waiting.removeFirst();
                leftOut++;
            }
        }
    }

    @Override
    public String name() {
        return "tail";
    }

    @Override
    public @Nullable String next() {
        Lines lines;
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                return null;
            }
            long left = leftOut;
            leftOut = 0;
            while (waiting.size() > AT_ONCE) {
                waiting.removeFirst();
                left++;
            }
            lines = new Lines(new ArrayList<>(waiting), left);
            waiting.clear();
        }
        return JsonText.of(lines);
    }

    @Override
    public void close() {
        isStopping = true;
        Watcher current = watcher;
        if (current != null) {
            current.close();
        }
        thread.interrupt();
    }
}
