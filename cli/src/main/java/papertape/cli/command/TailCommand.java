package papertape.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Frame;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.bus.Watcher;
import papertape.common.config.Config;
import papertape.common.json.CodecException;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what is published on a channel until it is interrupted. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = "Shows a channel's messages as they are published.")
final class TailCommand implements Callable<Integer> {
    @Mixin
    Target target = new Target();

    @Parameters(
            paramLabel = "CHANNEL",
            description = "raw, ticks, marks, signals, orders, approved, executions, accounts, pnl or deadletter.")
    String channel = "";

    @Option(names = "--key", paramLabel = "KEY", description = "Only this instrument's or account's messages.")
    @Nullable
    String key;

    @Option(names = "--raw", description = "Whole frames as they are on the wire, with their sequence numbers.")
    boolean isRaw;

    @Option(names = "--count", paramLabel = "N", description = "Ends after this many lines.")
    long count = Long.MAX_VALUE;

    @Spec
    CommandSpec spec;

    private final MessageCodec codec = new MessageCodec();
    private long shown;

    @Override
    public Integer call() throws IOException {
        Channel wanted = channel(channel);
        Config config = target.config();
        while (true) {
            // says what is wrong, and waits where redis is being restarted
            target.connect(config).close();
            try (Watcher watcher = new Watcher(
                    target.redis(config),
                    Keys.of(config.bus().namespace()),
                    wanted,
                    (name, bytes) -> show(wanted, name, bytes))) {
                watcher.run();
            } catch (Enough e) {
                return CommandLine.ExitCode.OK;
            } catch (Redis.Untrusted e) {
                throw e;
            } catch (Redis.Unavailable e) {
                spec.commandLine().getErr().println(e.getMessage() + "; messages published until then are not shown");
                spec.commandLine().getErr().flush();
            }
        }
    }

    /** Thrown out of the subscription when all wanted lines have been shown. */
    private static final class Enough extends RuntimeException {}

    static Channel channel(String text) {
        for (Channel each : Channel.values()) {
            if (each.text().equalsIgnoreCase(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException("unknown channel: " + text + " (accepted: "
                + Arrays.stream(Channel.values()).map(Channel::text).collect(Collectors.joining(", ")) + ")");
    }

    private void show(Channel wanted, String name, byte[] bytes) {
        PrintWriter out = spec.commandLine().getOut();
        if (isRaw) {
            print(out, name + " " + Redis.text(bytes));
        } else if (wanted.isJournaled()) {
            Frame frame = Frame.of(bytes);
            for (int i = 0; i < frame.count(); i++) {
                line(out, wanted, frame.line(i));
            }
        } else {
            line(out, wanted, Redis.text(bytes));
        }
        out.flush();
    }

    private void line(PrintWriter out, Channel wanted, String line) {
        if (isClock(line)) {
            return;
        }
        if (key == null || key.equalsIgnoreCase(keyOf(wanted, line))) {
            print(out, line);
        }
    }

    /** Four a second on each partition, of interest to stages only; {@code --raw} shows them. */
    private static boolean isClock(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return MessageCodec.peek(bytes, 0, bytes.length) == Clock.class;
    }

    private @Nullable String keyOf(Channel wanted, String line) {
        try {
            return wanted.key(codec.decode(line));
        } catch (CodecException e) {
            return null;
        }
    }

    private void print(PrintWriter out, String line) {
        out.println(line);
        if (++shown >= count || out.checkError()) {
            out.flush();
            throw new Enough();
        }
    }
}
