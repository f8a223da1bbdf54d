package papertape.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import papertape.common.bus.Frame;
import papertape.common.bus.Redis;
import papertape.common.json.Bytes;
import papertape.common.json.MessageCodec;
import papertape.common.message.Message;
import papertape.etl.BookLoad;

/** The parts of the hot path by themselves, in microseconds an operation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
public class Micro {
    private static final int FRAME = 16;
    private static final String TRADE = "{\"type\":\"trade\",\"id\":\"etl.3-881\",\"ts\":1700000000000000,"
            + "\"cause\":\"feed.3-880\",\"origin\":1700000000000123,\"instrument\":\"SIM:S042-USD\","
            + "\"price\":\"50000.01\",\"qty\":\"0.0125\",\"side\":\"buy\",\"tradeId\":\"123456\",\"venueSeq\":987654}";

    private final MessageCodec codec = new MessageCodec();
    private final Bytes out = new Bytes(1024);
    private final byte[] text = TRADE.getBytes(StandardCharsets.UTF_8);
    private final byte[] frame = ("{\"seq\":1,\"n\":16}\n" + String.join("\n", Collections.nCopies(FRAME, TRADE)))
            .getBytes(StandardCharsets.UTF_8);
    private final Message trade = codec.decode(TRADE);
    private final BookLoad book = new BookLoad(1_000);

    static int run(boolean quick) throws RunnerException {
        Options options = new OptionsBuilder()
                .include("papertape[.]bench[.]Micro.*[.].*")
                .warmupIterations(quick ? 2 : 5)
                .measurementIterations(quick ? 2 : 5)
                .warmupTime(TimeValue.seconds(1))
                .measurementTime(TimeValue.seconds(1))
                .build();
        new Runner(options).run();
        return 0;
    }

    @Benchmark
    public Message decodeTrade() {
        return codec.decode(text, 0, text.length, null);
    }

    @Benchmark
    public int encodeTrade() {
        out.reset();
        codec.encode(trade, out);
        return out.size();
    }

    @Benchmark
    public int splitFrameOf16() {
        Frame found = Frame.of(frame);
        int ends = 0;
        for (int at = found.body(); at < frame.length; ) {
            int end = found.endOfLine(at);
            ends += end;
            at = end + 1;
        }
        return ends;
    }

    @Benchmark
    public int bookUpdate() {
        return book.update();
    }

    /** A worker's commit of eight tasks, a frame of sixteen messages each, with its round trip to a server of its own. */
    @State(Scope.Thread)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    @Fork(1)
    public static class MicroCommit {
        private @Nullable Baseline server;
        private @Nullable Redis redis;
        private Baseline.Round commits = () -> 0;

        @Setup(Level.Trial)
        public void open() throws IOException, InterruptedException {
            server = Baseline.open(1);
            redis = server.connect();
            commits = Baseline.committing(redis, Baseline.lines(FRAME), FRAME);
        }

        @Benchmark
        public int commitOf8TasksWith16Messages() {
            return commits.run();
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            if (redis != null) {
                redis.close();
            }
            if (server != null) {
                server.close();
            }
        }
    }
}
