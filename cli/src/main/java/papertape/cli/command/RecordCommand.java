package papertape.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import papertape.cli.stack.StackOptions;
import papertape.common.config.ConfigReader;
import papertape.feed.Recorder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Records what a venue sends, in the format that replay reads. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = "Records a venue's messages until interrupted.")
final class RecordCommand implements Callable<Integer> {
    @Option(
            names = "--feed",
            required = true,
            paramLabel = "FEED",
            description = "coinbase, binance, coinbase-rest or sim.")
    String feed = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where to; compressed when it ends in .gz.")
    Path out = Path.of("");

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "",
            description = "Another WebSocket than the venue's public one.")
    String url = "";

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "0",
            description = "Ends after this long (default: never).")
    long seconds;

    @Spec
    CommandSpec spec;

    private final boolean isTerminal =
            System.console() != null && System.console().isTerminal();
    private long shownAt = System.nanoTime();

    @Override
    public Integer call() throws IOException, InterruptedException {
        feed = feed.toLowerCase(Locale.ROOT);
        if (!StackOptions.FEEDS.contains(feed)) {
            throw new IllegalArgumentException(
                    "unknown feed: " + feed + " (accepted: " + String.join(", ", StackOptions.FEEDS) + ")");
        }
        Map<String, String> env = new HashMap<>(System.getenv());
        env.put("PAPERTAPE_FEED_KIND", feed);
        if (!url.isEmpty()) {
            env.put("PAPERTAPE_FEED_URL", url);
        }
        AtomicBoolean isOver = new AtomicBoolean();
        CountDownLatch written = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(isOver, written), "shutdown"));
        long deadline = seconds == 0 ? Long.MAX_VALUE : System.currentTimeMillis() + seconds * 1_000;
        PrintWriter err = spec.commandLine().getErr();
        long count = Recorder.record(
                ConfigReader.defaults(env),
                out,
                () -> isOver.get() || System.currentTimeMillis() > deadline,
                messages -> progress(err, messages));
        written.countDown();
        if (isTerminal) {
            Terminal.startLineAgain(err);
        }
        err.println(count + " messages written to " + out);
        err.flush();
        return CommandLine.ExitCode.OK;
    }

    private void progress(PrintWriter err, long messages) {
        long now = System.nanoTime();
        if (isTerminal && now - shownAt > 500_000_000) {
            shownAt = now;
            Terminal.startLineAgain(err);
            err.print(messages + " messages");
            err.flush();
        }
    }

    /** Waits until the file is whole; not for the thread, which never ends once it asks for the exit that is under way. */
    private static void end(AtomicBoolean isOver, CountDownLatch written) {
        isOver.set(true);
        try {
            written.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
