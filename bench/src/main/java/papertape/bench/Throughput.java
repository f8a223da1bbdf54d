package papertape.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import papertape.bench.Results.Moment;
import papertape.bench.Results.Speed;
import papertape.cli.audit.Audit;
import papertape.cli.audit.AuditReport;
import papertape.cli.audit.Facts.InstrumentFacts;
import papertape.cli.look.Progress;
import papertape.cli.stack.Stages;
import papertape.common.bus.Frame;
import papertape.common.bus.Redis;
import papertape.common.message.Channel;

/**
 * As many market messages as the stack takes, until every stage, persistence included, has handled all. The first part
 * warms the processes up; what is reported is the rest, from when it began to be published until all was drained.
 */
final class Throughput {
    /**
     * Clocks of a partition that are on their way at rest: five a second on three channels, which persistence reads once a
     * second and six other readers at once.
     */
    private static final long CLOCKS_THAT_WAIT = 25;

    private static final int SAMPLED = 500;
    private static final Pattern TRADES = Pattern.compile("\"trades\":(\\d+),\"lastTradeId\"");
    private static final long POLL_MS = 100;
    private static final int STILL_POLLS = 6;
    private static final long STALL_NS = TimeUnit.SECONDS.toNanos(60);

    private final Rig rig;
    private final long messages;
    private final long warmUp;
    private final List<Moment> moments = new ArrayList<>();
    private long beganAt;
    private long warmAt;
    private long rawWhenWarm;
    private double compilersWhenWarm;
    private SortedMap<String, Double> cpuWhenWarm = new TreeMap<>();

    private Throughput(Rig rig, long messages, long warmUp) {
        this.rig = rig;
        this.messages = messages;
        this.warmUp = warmUp;
    }

    static Speed measure(
            int instruments, long messages, long warmUp, Map<Stages, Integer> workers, Consumer<String> say)
            throws IOException, InterruptedException {
        try (Rig rig = Rig.start(Load.full(instruments, messages), workers, "")) {
            return new Throughput(rig, messages, warmUp).run(workers, say);
        }
    }

    private Speed run(Map<Stages, Integer> workers, Consumer<String> say) throws IOException, InterruptedException {
        awaitFirst();
        long end = awaitDrained();
        Map<String, Long> pids = pids();
        SortedMap<String, Double> cpu = Processes.cpuSeconds(pids);
        long raw = rig.progress().raw();
        long counted = raw - rawWhenWarm;
        SortedMap<String, Double> micros = new TreeMap<>();
        cpu.forEach(
                (name, seconds) -> micros.put(name, (seconds - cpuWhenWarm.getOrDefault(name, 0.0)) * 1e6 / counted));
        double compiling = (Processes.compilerSeconds(pids) - compilersWhenWarm) * 1e6 / counted;
        SortedMap<String, Double> memory = Processes.residentMb(rig.stack.pids());
        double redisBytes = redisMemory() / (double) raw;
        say.accept("auditing " + rig.progress().count() + " messages");
        Audit.Result audited = new Audit(rig.bus, rig.stack.config()).run();
        AuditReport audit = audited.report();
        long printed = printedTrades();
        long found = audited.facts().instruments().values().stream()
                .mapToLong(InstrumentFacts::trades)
                .sum();
        SortedMap<String, Integer> scaled = new TreeMap<>();
        workers.forEach((stage, count) -> scaled.put(stage.text(), count));
        return new Speed(
                scaled,
                raw,
                rig.progress().count(),
                counted / seconds(warmAt, end),
                raw / seconds(beganAt, end),
                micros,
                compiling,
                memory,
                redisBytes,
                textBytes(),
                audit.gaps() + missingRows(audit) + Math.max(0, printed - found),
                audit.duplicates() + audited.facts().repeatedTrades(),
                audit.problems(),
                slowest(),
                moments);
    }

    private static long missingRows(AuditReport audit) {
        return audit.channels().stream()
                .mapToLong(channel -> Objects.requireNonNullElse(channel.missing(), 0L))
                .sum();
    }

    /** Trades that the venue says it has sent, of all instruments. */
    private long printedTrades() {
        Matcher each = TRADES.matcher(rig.venue.stats());
        long sum = 0;
        while (each.find()) {
            sum += Long.parseLong(each.group(1));
        }
        return sum;
    }

    /** Bytes of a message on average, by the last frames of each journal. */
    private double textBytes() {
        double bytes = 0;
        double messages = 0;
        Map<String, Long> sequences = rig.bus.sequences();
        for (Channel channel : Channel.values()) {
            for (int p = 0; p < rig.partitions; p++) {
                long last = sequences.getOrDefault(channel.text() + "." + p, 0L);
                List<Frame> frames = last == 0
                        ? List.of()
                        : rig.bus.journal().read(channel, p, Math.max(1, last - SAMPLED), SAMPLED);
                long count = frames.stream().mapToLong(Frame::count).sum();
                long size =
                        frames.stream().mapToLong(frame -> frame.bytes().length).sum();
                if (count > 0) {
                    bytes += (double) last * size / count;
                    messages += last;
                }
            }
        }
        return messages == 0 ? 0 : bytes / messages;
    }

    private long redisMemory() {
        String info = Redis.text((byte[]) Objects.requireNonNull(rig.bus.redis().call("INFO", "memory")));
        int at = info.indexOf("used_memory:") + "used_memory:".length();
        return Long.parseLong(info.substring(at, info.indexOf('\r', at)));
    }

    private Map<String, Long> pids() {
        Map<String, Long> pids = new TreeMap<>(rig.stack.pids());
        pids.put("venue", ProcessHandle.current().pid());
        return pids;
    }

    private void awaitFirst() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + STALL_NS;
        while (rig.progress().raw() == 0) {
            rig.stack.heal();
            if (System.nanoTime() > deadline) {
                throw new IOException("the feed has published nothing for a minute");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS / 10);
        }
        beganAt = System.nanoTime();
    }

    private long awaitDrained() throws IOException, InterruptedException {
        long lastChange = System.nanoTime();
        long before = -1;
        int still = 0;
        long clocks = CLOCKS_THAT_WAIT * rig.stack.config().bus().partitions();
        while (still < STILL_POLLS) {
            Progress now = rig.progress();
            moments.add(new Moment(seconds(beganAt, System.nanoTime()), now.raw(), now.lag()));
            noteWarm(now);
            boolean isDrained = rig.venue.done() && now.behind() <= clocks;
            long state = isDrained ? now.count() : now.count() - now.behind();
            if (state != before) {
                before = state;
                still = 0;
                lastChange = System.nanoTime();
            } else if (isDrained) {
                still++;
            }
            if (System.nanoTime() - lastChange > STALL_NS) {
                throw new IOException("the stack stands still at " + now);
            }
            rig.stack.heal();
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
        return lastChange;
    }

    private void noteWarm(Progress now) {
        if (warmAt == 0 && (now.raw() >= warmUp || now.raw() >= messages)) {
            warmAt = System.nanoTime();
            rawWhenWarm = now.raw();
            compilersWhenWarm = Processes.compilerSeconds(pids());
            cpuWhenWarm = Processes.cpuSeconds(pids());
        }
    }

    /** The stage that has been furthest behind, on average. Persistence is not waited for and does not count. */
    private String slowest() {
        Map<String, Long> sums = new TreeMap<>();
        for (Moment moment : moments) {
            moment.lag().forEach((stage, lag) -> sums.merge(stage, lag, Long::sum));
        }
        sums.remove(Stages.PERSISTENCE.text());
        return sums.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("etl");
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
