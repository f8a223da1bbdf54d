package papertape.common.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.bus.Bus;
import papertape.common.bus.Commit;
import papertape.common.bus.Redis;
import papertape.common.bus.Subscriber;
import papertape.common.text.Cause;

/**
 * One process's share of a stage: one thread that takes what arrives, lets the tasks handle it, commits all of them in one
 * round trip, and starts over. Whatever queues up during a commit is the next batch.
 *
 * <p>When anything about Redis fails, the worker forgets its tasks and reads them again from what is committed: so a lost
 * reply, a restart of Redis and a take-over by another worker are one and the same path.
 */
public final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int BACKOFF_MIN_MS = 50;
    private static final int BACKOFF_MAX_MS = 2_000;
    private static final long OUTAGE_SAID_NS = 60_000_000_000L;
    private static final long IDLE_MICROS = 20_000;
    private static final int MAX_ARRIVALS = 4_096;

    private final Shell shell;
    private final Edge edge;
    private final List<TaskGroup> groups;
    private final Subscriber subscriber;
    private final Map<String, List<Task>> listeners = new HashMap<>();
    private final Pulse pulse;
    private Set<String> subscribed = Set.of();
    private volatile boolean isStopping;
    private @Nullable Bus bus;
    private @Nullable VitalsServer server;

    Worker(Shell shell, Edge edge, List<TaskGroup> groups) {
        this.shell = shell;
        this.edge = edge;
        this.groups = groups;
        this.pulse = new Pulse(shell, edge, groups);
        String idle = shell.keys().rebalance(groups.getFirst().stage);
        this.subscriber = new Subscriber(shell.config().redis(), shell.worker(), idle);
    }

    /**
     * Answers over HTTP how it is, where the environment asks for that.
     *
     * @throws papertape.common.config.ConfigException when the port cannot be had
     */
    void answer(Map<String, String> env) {
        server = VitalsServer.open(env, shell.vitals(), shell.stage(), shell.worker());
    }

    /** How many arrivals did not fit into the queue. Any thread. */
    long dropped() {
        return subscriber.dropped();
    }

    Vitals vitals() {
        return shell.vitals();
    }

    /** Works until {@link #stop}. */
    public void run() {
        subscriber.start();
        try {
            workOverOutages();
        } finally {
            // whatever ends the work, the process must not live on to answer for it
            subscriber.close();
            edge.close();
            if (server != null) {
                server.close();
            }
        }
    }

    private void workOverOutages() {
        int backoffMs = BACKOFF_MIN_MS;
        boolean isOutage = false;
        while (!isStopping) {
            try (Redis redis = Redis.connect(shell.config().redis(), shell.worker())) {
                bus = new Bus(redis, shell.keys());
                shell.prepare(bus);
                edge.belongs(shell.stack().id());
                shell.vitals().connected();
                if (isOutage) {
                    LOG.atInfo().log("redis is back");
                }
                isOutage = false;
                backoffMs = BACKOFF_MIN_MS;
                work(bus);
                leave(bus);
            } catch (Redis.Unavailable | Redis.Refused e) {
                if (!isOutage) {
                    LOG.atWarn().addKeyValue("cause", Cause.of(e)).log("redis is away");
                }
                isOutage = true;
                shell.vitals().disconnected(String.valueOf(e.getMessage()));
                forget();
                pause(ThreadLocalRandom.current().nextInt(backoffMs) + 1);
                backoffMs = Math.min(backoffMs * 2, BACKOFF_MAX_MS);
            }
        }
    }

    /** Lets the batch under way be committed, gives all tasks back and returns from {@link #run}. Any thread. */
    public void stop() {
        isStopping = true;
    }

    private void work(Bus bus) {
        while (!isStopping) {
            shell.vitals().listening(subscriber.isListening());
            // first what has been taken from outside, then the beat, which may give tasks away
            boolean wasIdle = !round(bus);
            if (pulse.isDue()) {
                wasIdle &= !beat(bus);
            }
            receive(wasIdle ? IDLE_MICROS : 0);
            edge.receive(bus, groups.getFirst(), wasIdle && edge.waits() ? IDLE_MICROS : 0);
        }
    }

    private boolean beat(Bus bus) {
        shell.tally().dropped = subscriber.dropped();
        boolean changed = pulse.beat(bus);
        if (changed) {
            resubscribe();
        }
        subscriber.check();
        return changed;
    }

    /** Takes what has arrived; waits for the first arrival where there is nothing else to do. */
    private void receive(long waitMicros) {
        if (groups.stream().flatMap(group -> group.owned().values().stream()).anyMatch(Task::isFull)) {
            // the rest waits in the subscriber's queue, which is bounded
            return;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(edge.restMs());
            Subscriber.Arrival arrival = subscriber.poll(edge.waits() ? 0 : waitMicros);
            for (int i = 1; arrival != null; i++) {
                deliver(arrival);
                // what is taken out of the queue is delivered: at a front door it is nowhere else
                arrival = i < MAX_ARRIVALS ? subscriber.poll(0) : null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            isStopping = true;
        }
    }

    private void deliver(Subscriber.Arrival arrival) {
        if (arrival.channel().equals(shell.controlChannel())) {
            if (!arrival.isSubscription()) {
                edge.onControl(arrival.bytes());
            }
            return;
        }
        List<Task> tasks = listeners.get(arrival.channel());
        if (tasks == null) {
            if (arrival.channel().startsWith(shell.rebalancePrefix())) {
                pulse.hurry();
            }
            return;
        }
        for (Task task : tasks) {
            if (arrival.isSubscription()) {
                task.mayHaveMissed(arrival.channel());
            } else {
                task.arrived(arrival.channel(), arrival.bytes());
            }
        }
    }

    /** Handles and commits a batch of every task that has something; false when none had. */
    private boolean round(Bus bus) {
        Map<Task, TaskGroup> ready = ready(bus);
        Turns turns = Turns.of(ready.keySet());
        List<Task> busy = new ArrayList<>();
        List<Commit> commits = new ArrayList<>();
        ready.forEach((task, group) -> {
            Commit commit = process(group, task, bus, turns);
            if (commit != null) {
                busy.add(task);
                commits.add(commit);
            }
        });
        if (commits.isEmpty()) {
            return !ready.isEmpty();
        }
        write(busy);
        List<Redis.@Nullable Refused> results = bus.commit(commits);
        for (int i = 0; i < busy.size(); i++) {
            settle(busy.get(i), results.get(i));
        }
        return true;
    }

    /** The tasks that have something to do, in their order, with all that they need to do it. */
    private Map<Task, TaskGroup> ready(Bus bus) {
        Map<Task, TaskGroup> ready = new LinkedHashMap<>();
        for (TaskGroup group : groups) {
            List<Task> tasks =
                    group.owned().values().stream().filter(Task::hasWork).toList();
            tasks.forEach(task -> task.fill(bus));
            edge.begin(tasks);
            tasks.stream().filter(edge::isReady).forEach(task -> ready.put(task, group));
        }
        return ready;
    }

    private @Nullable Commit process(TaskGroup group, Task task, Bus bus, Turns turns) {
        try {
            return task.process(turns);
        } catch (StageTask.GivenUp e) {
            group.rebuild((StageTask) task, bus);
            resubscribe();
            return null;
        }
    }

    /** A sink's batch has to be outside before its offsets move; it is tried until it is. */
    private void write(List<Task> busy) {
        int backoffMs = BACKOFF_MIN_MS;
        boolean isOutage = false;
        long said = 0;
        while (true) {
            try {
                edge.write(busy);
                if (isOutage) {
                    LOG.atInfo().log("database is back");
                }
                return;
            } catch (IOException e) {
                // once a minute: the cause may have become another one
                if (!isOutage || System.nanoTime() - said >= OUTAGE_SAID_NS) {
                    LOG.atWarn().addKeyValue("cause", Cause.of(e)).log("database is away");
                    said = System.nanoTime();
                }
                isOutage = true;
                if (isStopping) {
                    throw new Redis.Unavailable("stopped while the database is away", e);
                }
                if (pulse.isDue() && bus != null) {
                    beat(bus);
                }
                pause(ThreadLocalRandom.current().nextInt(backoffMs) + 1);
                backoffMs = Math.min(backoffMs * 2, BACKOFF_MAX_MS);
            }
        }
    }

    private void settle(Task task, Redis.@Nullable Refused no) {
        if (no == null) {
            task.committed();
            shell.tally().commits++;
            return;
        }
        if (!no.isFenced() && !no.isOffset()) {
            throw no;
        }
        shell.tally().fenced++;
        for (TaskGroup group : groups) {
            if (task.equals(group.task(task.partition))) {
                group.lose(task.partition, no.getMessage());
            }
        }
        resubscribe();
    }

    /** Listens to what the tasks that are owned now want to hear, and to nothing else. */
    private void resubscribe() {
        listeners.clear();
        Set<String> wanted = new HashSet<>();
        for (TaskGroup group : groups) {
            wanted.add(shell.keys().rebalance(group.stage));
            for (Task task : group.owned().values()) {
                for (String channel : task.channels()) {
                    listeners.computeIfAbsent(channel, any -> new ArrayList<>()).add(task);
                    wanted.add(channel);
                }
            }
        }
        wanted.addAll(edge.channels());
        Set<String> gone = new HashSet<>(subscribed);
        gone.removeAll(wanted);
        Set<String> fresh = new HashSet<>(wanted);
        fresh.removeAll(subscribed);
        subscribed = wanted;
        if (!gone.isEmpty()) {
            subscriber.remove(gone);
        }
        if (!fresh.isEmpty()) {
            subscriber.add(fresh);
        }
        edge.assigned(groups.getFirst());
    }

    /**
     * What has been heard may be undone when Redis comes back from its file, so it is forgotten as well; only what came to a
     * front door is nowhere else.
     */
    private void forget() {
        for (Subscriber.Arrival arrival : subscriber.restart()) {
            for (Task task : listeners.getOrDefault(arrival.channel(), List.of())) {
                if (task instanceof DoorTask && !arrival.isSubscription()) {
                    task.arrived(arrival.channel(), arrival.bytes());
                }
            }
        }
        groups.forEach(TaskGroup::forget);
        listeners.clear();
        pulse.hurry();
    }

    private void leave(Bus bus) {
        receive(0);
        groups.forEach(group -> group.owned().values().forEach(Task::hurry));
        round(bus);
        pulse.sayGoodBye(bus);
        for (TaskGroup group : groups) {
            group.leave(bus);
        }
    }

    private static void pause(long ms) {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
