package papertape.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import papertape.common.bus.Bus;
import papertape.common.bus.Frame;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.Config;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.DeadLetter;
import papertape.common.text.Printable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the messages that could not be processed. */
@Command(
        name = "deadletter",
        mixinStandardHelpOptions = true,
        description = "Lists the messages that were stepped over, and why.")
final class DeadLetterCommand implements Callable<Integer> {
    private static final int CHUNK = 256;

    @Mixin
    Target target = new Target();

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many, the latest last (default: ${DEFAULT-VALUE}).")
    int last = 100;

    @Option(names = "--json", description = "One JSON object a line.")
    boolean isJson;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Config config = target.config();
        try (Redis redis = target.connect(config)) {
            Bus bus = new Bus(redis, Keys.of(config.bus().namespace()));
            List<DeadLetter> letters = new ArrayList<>();
            for (int p = 0; p < config.bus().partitions(); p++) {
                letters.addAll(letters(bus, p));
            }
            letters.sort(Comparator.comparingLong(DeadLetter::ts));
            MessageCodec codec = new MessageCodec();
            PrintWriter out = spec.commandLine().getOut();
            for (DeadLetter letter : letters.subList(Math.max(0, letters.size() - last), letters.size())) {
                out.println(isJson ? codec.encode(letter) : line(letter));
            }
            out.println(isJson ? "" : letters.size() + " dead letters");
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }

    private static String line(DeadLetter letter) {
        String place = letter.partition() < 0
                ? letter.channel() + " (front door)"
                : letter.channel() + "." + letter.partition() + " #" + letter.seq();
        return place + "  " + Printable.line(letter.reason()) + "\n    " + Printable.line(letter.text());
    }

    private static List<DeadLetter> letters(Bus bus, int partition) {
        MessageCodec codec = new MessageCodec();
        List<DeadLetter> letters = new ArrayList<>();
        long next = 1;
        while (true) {
            List<Frame> frames = bus.journal().read(Channel.DEADLETTER, partition, next, CHUNK);
            if (frames.isEmpty()) {
                return letters;
            }
            for (Frame frame : frames) {
                for (int i = 0; i < frame.count(); i++) {
                    if (codec.decode(frame.line(i)) instanceof DeadLetter letter) {
                        letters.add(letter);
                    }
                }
                next = frame.last() + 1;
            }
        }
    }
}
