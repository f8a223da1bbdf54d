package papertape.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.BiConsumer;
import papertape.common.bus.Frame;
import papertape.common.bus.Keys;
import papertape.common.bus.Watcher;
import papertape.common.config.RedisSettings;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Message;

/** Takes what is published on a channel, in a thread of its own, with the microsecond of its arrival. */
final class Arrivals implements AutoCloseable {
    private final Watcher watcher;
    private final MessageCodec codec = new MessageCodec();
    private final BiConsumer<Message, Long> sink;
    private volatile boolean isClosed;

    Arrivals(RedisSettings redis, Keys keys, Channel channel, BiConsumer<Message, Long> sink) {
        this.sink = sink;
        this.watcher = new Watcher(redis, keys, channel, (name, bytes) -> take(bytes));
        Thread thread = new Thread(this::run, "arrivals-" + channel.text());
        thread.setDaemon(true);
        thread.start();
    }

    static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private void run() {
        try {
            watcher.run();
        } catch (RuntimeException e) {
            if (!isClosed) {
                throw e;
            }
        }
    }

    private void take(byte[] bytes) {
        long now = nowMicros();
        Frame frame = Frame.of(bytes);
        for (int at = frame.body(); at < bytes.length; ) {
            int end = frame.endOfLine(at);
            sink.accept(codec.decode(bytes, at, end - at, null), now);
            at = end + 1;
        }
    }

    @Override
    public void close() {
        isClosed = true;
        watcher.close();
    }
}
