package papertape.common.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.bus.Bus;
import papertape.common.bus.Commit;
import papertape.common.bus.Keys;
import papertape.common.bus.Partitions;
import papertape.common.json.CodecException;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.DeadLetter;
import papertape.common.message.Mark;
import papertape.common.message.Message;
import papertape.common.stage.Skipped;
import papertape.common.stage.Stage;
import papertape.common.stage.StageContext;
import papertape.common.stage.StateStore;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.common.value.OrderId;

/** A partition of a stage: decodes its input, lets the stage's rules handle it, and commits what they change and send. */
final class StageTask extends ConsumerTask {
    private static final Logger LOG = LoggerFactory.getLogger(StageTask.class);
    private static final int SHOWN_TEXT = 4_096;
    private static final int CLOCK_EVERY = 8;
    /** All tasks of a worker commit at the same moments what can wait, and so in one round trip. */
    private static final long QUIET_NS = 25_000_000;

    private static final int MOST_FAILURES = 2;

    private static final long NOTHING_WAITS = Long.MIN_VALUE;

    /** What all tasks of a stage in this worker share. */
    record Shared(
            String stage,
            Keys keys,
            Partitions partitions,
            List<Input> inputs,
            Stage.Factory factory,
            MessageCodec codec,
            MarkReader marks,
            int maxBatch,
            int maxFrameBytes,
            boolean isLockstep,
            Tally tally) {}

    private record Place(Channel channel, long seq) {}

    /** A message that made the stage throw after it had begun to change its state. */
    private record Suspect(String reason, int failures) {
        boolean isGuilty() {
            return failures >= MOST_FAILURES;
        }

        /** Even {@link Stage#onSkipped} has failed for it. */
        boolean isHopeless() {
            return failures > MOST_FAILURES;
        }
    }

    private final Shared shared;
    private final OutboxBuffer outbox;
    private final LinkedHashMap<Instrument, Mark> marks = new LinkedHashMap<>();
    private final SavedState state;
    private final Stage rules;
    private final boolean wantsMarks;
    private final @Nullable String marksChannel;
    /** Kept until what follows them is committed, so that a batch with several of them ends. */
    private final Map<Place, Suspect> suspects = new HashMap<>();

    private long lastOrigin;
    private boolean mayHaveMissedMarks;
    private long committedMutations;
    private int taken;
    private int letters;
    /** In lockstep: the step to do. */
    private @Nullable Step step;

    /** In lockstep: the marks that have been handled; those of a step are read with it, as Redis kept them when it began. */
    private final Map<Instrument, MessageId> handledMarks = new HashMap<>();
    /** The moment, in {@link #QUIET_NS}, since which progress waits that nobody was told of. */
    private long quietSince = NOTHING_WAITS;

    StageTask(Shared shared, int partition, Map<String, Long> numbers, Map<String, byte[]> entries) {
        super(shared.keys, shared.stage, partition, shared.inputs, numbers);
        this.shared = shared;
        this.outbox = new OutboxBuffer(
                shared.stage,
                partition,
                numbers.getOrDefault("out", 0L),
                shared.partitions,
                shared.codec,
                shared.maxFrameBytes);
        boolean wantsMarks = shared.inputs.stream().anyMatch(input -> input.channel() == Channel.MARKS);
        this.wantsMarks = wantsMarks;
        this.marksChannel = wantsMarks && !shared.isLockstep ? shared.keys.channel(Channel.MARKS) : null;
        this.mayHaveMissedMarks = marksChannel != null;
        this.state = new SavedState(entries);
        this.rules = shared.factory.create(new Context());
    }

    /** The same task after it gave up a batch: built anew from what is committed, it knows which message to beware of. */
    static StageTask afterFailure(StageTask failed, Map<String, Long> numbers, Map<String, byte[]> entries) {
        StageTask fresh = new StageTask(failed.shared, failed.partition, numbers, entries);
        fresh.suspects.putAll(failed.suspects);
        fresh.marks.putAll(failed.marks);
        return fresh;
    }

    @Override
    Set<String> channels() {
        Set<String> channels = super.channels();
        if (marksChannel != null) {
            channels.add(marksChannel);
        }
        if (shared.isLockstep) {
            channels.add(shared.keys.step());
        }
        return channels;
    }

    @Override
    void arrived(String channel, byte[] bytes) {
        if (channel.equals(marksChannel)) {
            mark(bytes);
        } else if (channel.equals(shared.keys.step())) {
            Step said = Step.of(new String(bytes, StandardCharsets.UTF_8));
            step = cursors.stream().anyMatch(cursor -> limit(said, cursor) > cursor.committed()) ? said : null;
        } else {
            super.arrived(channel, bytes);
        }
    }

    /** Takes a mark; only the latest of each instrument matters. */
    void mark(byte[] text) {
        Mark mark = shared.marks.read(text);
        if (mark != null) {
            marks.put(mark.instrument(), mark);
        }
    }

    private void readMarks(Bus bus, String hash) {
        bus.redis().rawHash(hash).values().forEach(this::mark);
    }

    private long limit(Step of, InputCursor cursor) {
        return of.limit(cursor.channel().text() + "." + partition);
    }

    @Override
    void mayHaveMissed(String channel) {
        if (channel.equals(marksChannel)) {
            mayHaveMissedMarks = true;
        } else {
            super.mayHaveMissed(channel);
        }
    }

    @Override
    void fill(Bus bus) {
        if (mayHaveMissedMarks) {
            mayHaveMissedMarks = false;
            readMarks(bus, shared.keys.last(Channel.MARKS));
        }
        Step now = step;
        if (now == null) {
            super.fill(bus);
            return;
        }
        for (InputCursor cursor : cursors) {
            // a channel that the step has nothing of gives nothing, whatever has arrived of it
            cursor.limit(Math.max(limit(now, cursor), cursor.committed()), bus.journal());
        }
        if (wantsMarks) {
            readMarks(bus, shared.keys.stepMarks());
            marks.values().removeIf(mark -> mark.header().id().equals(handledMarks.get(mark.instrument())));
        }
    }

    @Override
    boolean hasWork() {
        if (shared.isLockstep) {
            return step != null;
        }
        return mayHaveMissedMarks || !marks.isEmpty() || super.hasWork() || (quietSince != NOTHING_WAITS && !mayWait());
    }

    /** The stage has thrown in a way that leaves its state in doubt; the task must be built anew before it goes on. */
    static final class GivenUp extends RuntimeException {
        GivenUp(Throwable cause) {
            super(cause);
        }
    }

    @Override
    @Nullable
    Commit process(Turns turns) {
        handleMarks();
        long until = turns.until(waiting());
        for (InputCursor cursor : cursors) {
            missed(cursor);
            // a step is done in one commit, however much it is
            int most = step == null ? turns.most(cursor.waiting(), shared.maxBatch) : Integer.MAX_VALUE;
            for (int i = 0; i < most && cursor.hasNext() && cursor.next(); i++) {
                handle(cursor);
                if (step == null && i % CLOCK_EVERY == CLOCK_EVERY - 1 && System.nanoTime() - until >= 0) {
                    break;
                }
            }
        }
        return commit();
    }

    private void handleMarks() {
        for (Mark mark : takeMarks()) {
            outbox.handling(mark.header().id(), mark.header().origin());
            try {
                rules.onMessage(mark, outbox);
            } catch (RuntimeException e) {
                // it is not tried again: the next mark replaces it
                LOG.atError()
                        .addKeyValue("message", mark.header().id())
                        .setCause(e)
                        .log("a mark made the stage fail");
                throw new GivenUp(e);
            }
        }
    }

    /** In lockstep in an order of their own: that of their arrival is the order in which partitions happened to commit. */
    private List<Mark> takeMarks() {
        if (marks.isEmpty()) {
            return List.of();
        }
        List<Mark> taken = new ArrayList<>(marks.values());
        marks.clear();
        if (step != null) {
            taken.sort(Comparator.comparingLong(Mark::ts).thenComparing(Mark::instrument));
            taken.forEach(
                    mark -> handledMarks.put(mark.instrument(), mark.header().id()));
        }
        return taken;
    }

    private @Nullable Commit commit() {
        Commit commit = new Commit(shared.keys, stage, partition, epoch);
        boolean moved = moveOffsets(commit);
        if (!moved && outbox.isEmpty() && state.mutations() == committedMutations) {
            return null;
        }
        if (mayWait()) {
            quietSince = quietSince == NOTHING_WAITS ? quietMoment() : quietSince;
            noteDelay();
            return null;
        }
        outbox.drainTo(commit);
        state.drainTo(commit);
        return commit;
    }

    /**
     * Whether what has been done since the last commit can be committed a little later, together with what follows: nothing
     * was sent, so all it saves is doing the same once more after a crash. It spares Redis most commits of stages that hear
     * much and say little.
     */
    private boolean mayWait() {
        return step == null
                && outbox.isEmpty()
                && taken < shared.maxBatch
                && (quietSince == NOTHING_WAITS || quietSince == quietMoment());
    }

    private static long quietMoment() {
        return Math.floorDiv(System.nanoTime(), QUIET_NS);
    }

    @Override
    void hurry() {
        if (quietSince != NOTHING_WAITS) {
            quietSince = quietMoment() - 1;
        }
    }

    private void handle(InputCursor cursor) {
        taken++;
        Class<? extends Message> type = MessageCodec.peek(cursor.bytes(), cursor.start(), cursor.length());
        Set<Class<? extends Message>> wanted = cursor.input.types();
        if (type != null && !wanted.isEmpty() && !wanted.contains(type)) {
            return;
        }
        Message message;
        try {
            message = shared.codec.decode(cursor.bytes(), cursor.start(), cursor.length(), null);
        } catch (CodecException e) {
            skip(cursor, unread(cursor, String.valueOf(e.getMessage())));
            return;
        }
        if (wanted.isEmpty() || wanted.contains(message.getClass())) {
            apply(cursor, message);
        }
    }

    /** A text that is no message, with what it still tells. */
    private static Skipped unread(InputCursor cursor, String reason) {
        byte[] text = cursor.bytes();
        AccountId account = MessageCodec.peekAccount(text, cursor.start(), cursor.length());
        OrderId orderId = MessageCodec.peekOrderId(text, cursor.start(), cursor.length());
        return new Skipped(
                cursor.channel(),
                null,
                MessageCodec.peekInstrument(text, cursor.start(), cursor.length()),
                account == null || orderId == null ? null : new Skipped.OrderName(account, orderId),
                reason);
    }

    private void apply(InputCursor cursor, Message message) {
        Suspect known = suspects.isEmpty() ? null : suspects.get(new Place(cursor.channel(), cursor.seq()));
        if (known != null && known.isGuilty()) {
            skip(cursor, Skipped.of(cursor.channel(), message, known.reason));
            return;
        }
        lastOrigin = message.header().origin();
        outbox.handling(message.header().id(), lastOrigin);
        long mutations = state.mutations();
        try {
            rules.onMessage(message, outbox);
        } catch (RuntimeException e) {
            if (state.mutations() == mutations && e instanceof IllegalArgumentException) {
                // it was refused before anything was changed
                outbox.rollBack();
                skip(cursor, Skipped.of(cursor.channel(), message, String.valueOf(e.getMessage())));
                return;
            }
            giveUp(cursor, message, e);
        }
        for (String reason : outbox.takeComplaints()) {
            deadLetter(cursor, reason);
        }
    }

    /** Tells the stage of messages that nobody has any more, before it handles what follows them. */
    private void missed(InputCursor cursor) {
        long count = cursor.takeMissing();
        Suspect known = suspects.get(new Place(cursor.channel(), cursor.seq()));
        if (count == 0 || (known != null && known.isHopeless())) {
            return;
        }
        outbox.handling(null, lastOrigin);
        try {
            String reason = count + " messages are missing from the journal";
            rules.onSkipped(Skipped.unread(cursor.channel(), null, reason), outbox);
        } catch (RuntimeException e) {
            giveUp(cursor, null, e);
        }
        outbox.takeComplaints();
    }

    /** Steps over a message: the dead letter, and what the stage makes of the lack. */
    private void skip(InputCursor cursor, Skipped skipped) {
        deadLetter(cursor, skipped.reason());
        Suspect known = suspects.get(new Place(cursor.channel(), cursor.seq()));
        if (known != null && known.isHopeless()) {
            return;
        }
        Message message = skipped.message();
        outbox.handling(message == null ? null : message.header().id(), lastOrigin);
        try {
            rules.onSkipped(skipped, outbox);
        } catch (RuntimeException e) {
            giveUp(cursor, message, e);
        }
        outbox.takeComplaints();
    }

    private void giveUp(InputCursor cursor, @Nullable Message message, RuntimeException e) {
        Place place = new Place(cursor.channel(), cursor.seq());
        Suspect before = suspects.get(place);
        int failures = before == null ? 1 : before.failures + 1;
        suspects.put(place, new Suspect(before == null ? e.toString() : before.reason, failures));
        LOG.atError()
                .addKeyValue("task", stage + "." + partition)
                .addKeyValue(
                        "message", message == null ? place : message.header().id())
                .addKeyValue("attempt", failures)
                .setCause(e)
                .log("a message made the stage fail");
        throw new GivenUp(e);
    }

    private void deadLetter(InputCursor cursor, String reason) {
        String text = new String(
                cursor.bytes(), cursor.start(), Math.min(cursor.length(), SHOWN_TEXT), StandardCharsets.UTF_8);
        letters++;
        DeadLetters.warn(stage, cursor.channel(), partition, cursor.seq(), reason);
        outbox.handling(null, lastOrigin);
        outbox.send(
                Channel.DEADLETTER,
                new DeadLetter(
                        outbox.header(Tally.nowMicros()),
                        cursor.channel().text(),
                        partition,
                        cursor.seq(),
                        DeadLetters.reason(reason),
                        text));
    }

    @Override
    SortedMap<String, Long> counters() {
        return rules.counters();
    }

    @Override
    void committed() {
        super.committed();
        step = null;
        shared.tally.in += taken;
        shared.tally.out += outbox.sent();
        shared.tally.deadLetters += letters;
        taken = 0;
        letters = 0;
        suspects.clear();
        committedMutations = state.mutations();
        quietSince = NOTHING_WAITS;
        outbox.committed();
        noteDelay();
    }

    private void noteDelay() {
        if (lastOrigin > 0) {
            shared.tally.delay(Tally.nowMicros() - lastOrigin);
            // a commit that only marks have caused says nothing of how long messages take
            lastOrigin = 0;
        }
    }

    private final class Context implements StageContext {
        @Override
        public String stage() {
            return stage;
        }

        @Override
        public int partition() {
            return partition;
        }

        @Override
        public int partitions() {
            return shared.partitions.count();
        }

        @Override
        public boolean owns(String key) {
            return shared.partitions.of(key) == partition;
        }

        @Override
        public StateStore state() {
            return state;
        }
    }
}
