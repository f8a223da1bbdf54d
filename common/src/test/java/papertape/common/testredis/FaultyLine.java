package papertape.common.testredis;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection between a worker and Redis that fails when it is told to: before, during or after a chosen command, or
 * with its reply held back.
 */
public final class FaultyLine implements AutoCloseable {
    /** What goes wrong at the chosen command. */
    public enum Fault {
        /** The line breaks before Redis has seen the command. */
        CUT_BEFORE,
        /** The line breaks when half of the command has been sent. */
        CUT_DURING,
        /** Redis has done it, and the line breaks before the reply. */
        REPLY_LOST,
        /** The command reaches Redis after a pause. */
        DELAYED,
        /** The reply reaches the worker after a pause. */
        REPLY_DELAYED
    }

    private record Plan(Predicate<Command> when, Fault fault, long pauseMs, AtomicInteger countdown) {}

    /** A command on its way, its words as they are. */
    public record Command(List<byte[]> words) {
        public String word(int i) {
            return i < words.size() ? new String(words.get(i), StandardCharsets.UTF_8) : "";
        }
    }

    private final ServerSocket entrance;
    private final String host;
    private final int port;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final AtomicInteger faults = new AtomicInteger();
    private final AtomicInteger over = new AtomicInteger();
    private volatile @Nullable Plan plan;
    private volatile boolean isCut;
    private volatile @Nullable CountDownLatch frozen;

    public FaultyLine(String host, int port) {
        this.host = host;
        this.port = port;
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public String url() {
        return "redis://127.0.0.1:" + entrance.getLocalPort();
    }

    /** Lets the n-th command of this kind from now on fail, once. */
    public void failAt(Predicate<Command> when, int nth, Fault fault, long pauseMs) {
        plan = new Plan(when, fault, pauseMs, new AtomicInteger(nth));
    }

    /** How many planned faults have happened. */
    public int faults() {
        return faults.get();
    }

    /** Whether what was held back has reached its end: only then has it done all the harm it can. */
    public boolean isOver() {
        return faults.get() > 0 && over.get() == faults.get();
    }

    /** Breaks every connection and lets no new one through, until {@link #mend}. */
    public void cut() {
        isCut = true;
        lines.forEach(Line::close);
    }

    public void mend() {
        isCut = false;
    }

    /** Holds everything back, in both directions, until {@link #thaw}; connections stay. */
    public void freeze() {
        frozen = new CountDownLatch(1);
    }

    public void thaw() {
        CountDownLatch latch = frozen;
        frozen = null;
        if (latch != null) {
            latch.countDown();
        }
    }

    @Override
    public void close() {
        try {
            thaw();
            cut();
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket worker = entrance.accept();
                if (isCut) {
                    worker.close();
                } else {
                    new Line(worker, new Socket(host, port)).start();
                }
            } catch (IOException e) {
                // the worker tries again, or the test is over
                Thread.onSpinWait();
            }
        }
    }

    private void awaitThaw() throws InterruptedException {
        CountDownLatch latch = frozen;
        if (latch != null) {
            latch.await(30, TimeUnit.SECONDS);
        }
    }

    private final class Line {
        private final Socket worker;
        private final Socket redis;
        private volatile boolean isReplyLost;
        private volatile long holdReplyMs;

        Line(Socket worker, Socket redis) throws IOException {
            this.worker = worker;
            this.redis = redis;
            worker.setTcpNoDelay(true);
            redis.setTcpNoDelay(true);
            lines.add(this);
        }

        void start() {
            Thread.ofVirtual().start(() -> untilBroken(this::commands));
            Thread.ofVirtual().start(() -> untilBroken(this::replies));
        }

        private interface Work {
            void run() throws IOException, InterruptedException;
        }

        private void untilBroken(Work work) {
            try {
                work.run();
            } catch (IOException e) {
                close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void close() {
            lines.remove(this);
            try (worker;
                    redis) {
                worker.shutdownInput();
            } catch (IOException e) {
                // it was closed before
                lines.remove(this);
            }
        }

        private void commands() throws IOException, InterruptedException {
            InputStream in = new java.io.BufferedInputStream(worker.getInputStream(), 1 << 16);
            OutputStream out = redis.getOutputStream();
            while (true) {
                ByteArrayOutputStream raw = new ByteArrayOutputStream();
                Command command = read(in, raw);
                awaitThaw();
                Fault fault = faultAt(command);
                if (fault == null) {
                    raw.writeTo(out);
                } else {
                    fail(fault, raw.toByteArray(), out);
                }
            }
        }

        private @Nullable Fault faultAt(Command command) {
            Plan now = plan;
            if (now == null || !now.when.test(command) || now.countdown.decrementAndGet() != 0) {
                return null;
            }
            return now.fault;
        }

        private void fail(Fault fault, byte[] raw, OutputStream out) throws IOException, InterruptedException {
            long pauseMs = java.util.Objects.requireNonNull(plan).pauseMs;
            faults.incrementAndGet();
            switch (fault) {
                case CUT_BEFORE -> {
                    close();
                    over.incrementAndGet();
                }
                case CUT_DURING -> {
                    out.write(Arrays.copyOf(raw, raw.length / 2));
                    close();
                    over.incrementAndGet();
                }
                case REPLY_LOST -> {
                    isReplyLost = true;
                    out.write(raw);
                }
                case DELAYED -> {
                    Thread.sleep(pauseMs);
                    out.write(raw);
                    over.incrementAndGet();
                }
                case REPLY_DELAYED -> {
                    holdReplyMs = pauseMs;
                    out.write(raw);
                }
            }
        }

        private void replies() throws IOException, InterruptedException {
            byte[] buffer = new byte[1 << 16];
            InputStream in = redis.getInputStream();
            OutputStream out = worker.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                awaitThaw();
                if (isReplyLost) {
                    over.incrementAndGet();
                    break;
                }
                if (holdReplyMs > 0) {
                    Thread.sleep(holdReplyMs);
                    holdReplyMs = 0;
                    over.incrementAndGet();
                }
                out.write(buffer, 0, n);
            }
            close();
        }
    }

    /** One command in the protocol's form: an array of texts with their lengths. */
    private static Command read(InputStream in, ByteArrayOutputStream raw) throws IOException {
        int count = number(in, raw, '*');
        List<byte[]> words = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = number(in, raw, '$');
            byte[] word = in.readNBytes(length + 2);
            if (word.length < length + 2) {
                throw new EOFException();
            }
            raw.write(word);
            words.add(Arrays.copyOf(word, length));
        }
        return new Command(words);
    }

    private static int number(InputStream in, ByteArrayOutputStream raw, char kind) throws IOException {
        int first = in.read();
        if (first != kind) {
            throw new EOFException();
        }
        raw.write(first);
        int value = 0;
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            raw.write(c);
            if (c != '\r') {
                value = value * 10 + (c - '0');
            }
        }
        raw.write('\n');
        return value;
    }
}
