package papertape.common.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import papertape.common.bus.Bus;
import papertape.common.bus.Redis;
import papertape.common.json.MessageCodec;
import papertape.common.json.StateCodec;
import papertape.common.message.Channel;
import papertape.common.message.Pnl;

/** What a worker does regularly: prolong its leases, say how it is, look for what it has missed, trim journals. */
final class Pulse {
    private static final long STATS_NS = 1_000_000_000L;
    private static final int TRIM_EVERY = 5;
    private static final String PNL = "pnl";

    private final Shell shell;
    private final Edge edge;
    private final List<TaskGroup> groups;
    private final long intervalNs;
    private final StateCodec<WorkerStats> stats = new StateCodec<>(WorkerStats.class);
    private final MessageCodec codec = new MessageCodec();
    private long next = System.nanoTime();
    private long nextStats = next;
    private long lastStats = next;
    private long lastIn;
    private long lastOut;
    private int beats;

    Pulse(Shell shell, Edge edge, List<TaskGroup> groups) {
        this.shell = shell;
        this.edge = edge;
        this.groups = groups;
        this.intervalNs = shell.config().bus().leaseMs() * 1_000_000L / 6;
    }

    boolean isDue() {
        return System.nanoTime() - next >= 0;
    }

    /** Something has happened that makes the next beat due now. */
    void hurry() {
        next = System.nanoTime();
    }

    /** Returns whether the owned tasks have changed. */
    boolean beat(Bus bus) {
        next = System.nanoTime() + intervalNs;
        boolean changed = false;
        for (TaskGroup group : groups) {
            changed |= group.renew(bus);
        }
        shell.vitals().beaten();
        shell.vitals().outside(edge.complaint());
        if (System.nanoTime() - nextStats >= 0) {
            nextStats = System.nanoTime() + STATS_NS;
            report(bus);
            if (++beats % TRIM_EVERY == 0) {
                trim(bus);
            }
        }
        return changed;
    }

    private void report(Bus bus) {
        Map<String, Long> sequences = bus.sequences();
        List<String> tasks = new ArrayList<>();
        long lag = 0;
        for (TaskGroup group : groups) {
            for (Task task : group.owned().values()) {
                tasks.add(group.stage + "." + task.partition);
                lag += task.lag(sequences);
            }
        }
        Tally tally = shell.tally();
        long now = System.nanoTime();
        double seconds = Math.max(0.001, (now - lastStats) / 1e9);
        WorkerStats said = new WorkerStats(
                shell.stage(),
                shell.worker(),
                ProcessHandle.current().pid(),
                Tally.nowMicros(),
                tasks,
                tally.in,
                tally.out,
                Math.round((tally.in - lastIn) / seconds),
                Math.round((tally.out - lastOut) / seconds),
                lag,
                tally.delay.getTotalCount() == 0 ? 0 : tally.delay.getValueAtPercentile(50),
                tally.delay.getTotalCount() == 0 ? 0 : tally.delay.getValueAtPercentile(99),
                tally.deadLetters,
                counters(),
                edge.complaint().isEmpty() ? null : edge.complaint());
        shell.vitals().said(said);
        if (shell.stage().equals(PNL) && shell.vitals().isAsked()) {
            shell.vitals().reported(reports(bus));
        }
        lastStats = now;
        lastIn = tally.in;
        lastOut = tally.out;
        tally.delay.reset();
        bus.redis().call("HSET", shell.keys().stats(), field(), Redis.text(stats.encode(said)));
    }

    /** The last reports of the accounts that this worker values. */
    private List<Pnl> reports(Bus bus) {
        Map<Integer, Task> owned = groups.getFirst().owned();
        List<Pnl> reports = new ArrayList<>();
        for (byte[] text : bus.redis().rawHash(shell.keys().last(Channel.PNL)).values()) {
            if (codec.decode(text, 0, text.length, null) instanceof Pnl pnl
                    && owned.containsKey(shell.partitions().of(pnl.account().value()))) {
                reports.add(pnl);
            }
        }
        return reports;
    }

    private SortedMap<String, Long> counters() {
        SortedMap<String, Long> all = new TreeMap<>(edge.counters());
        for (TaskGroup group : groups) {
            for (Task task : group.owned().values()) {
                task.counters().forEach((name, value) -> WorkerStats.merge(all, name, value));
            }
        }
        all.put("commits", shell.tally().commits);
        all.put("fenced", shell.tally().fenced);
        all.put("arrivals_dropped", shell.tally().dropped);
        return all;
    }

    private String field() {
        return shell.stage() + "/" + shell.worker();
    }

    /** The first consumer of a channel, by name, keeps its journals short: up to what all consumers have read, less a tail. */
    private void trim(Bus bus) {
        int tail = shell.config().bus().journalTail();
        for (Input input : shell.inputs()) {
            Channel channel = input.channel();
            List<String> consumers = List.copyOf(bus.consumers(channel));
            if (!channel.isJournaled()
                    || consumers.isEmpty()
                    || !consumers.getFirst().equals(shell.stage())) {
                continue;
            }
            for (int partition : groups.getFirst().owned().keySet()) {
                long read = Long.MAX_VALUE;
                for (String stage : consumers) {
                    read = Math.min(read, bus.task(stage, partition).getOrDefault(channel.text(), 0L));
                }
                if (read > tail) {
                    bus.journal().trim(channel, partition, read - tail);
                }
            }
        }
    }

    void sayGoodBye(Bus bus) {
        bus.redis().call("HDEL", shell.keys().stats(), field());
    }
}
