package papertape.common.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import papertape.common.json.StateCodec;
import papertape.common.message.Channel;
import papertape.common.message.Header;
import papertape.common.message.Message;
import papertape.common.stage.Outbox;
import papertape.common.stage.Skipped;
import papertape.common.stage.Stage;
import papertape.common.stage.StageContext;
import papertape.common.stage.StateStore;
import papertape.common.stage.StateTable;
import papertape.common.value.MessageId;

/** Runs one partition of a stage: send it messages, compare what it sends, restart it from its saved state. */
public final class StageTester {
    /** What the stage sent. */
    public record Sent(Channel channel, Message message) {}

    private final String name;
    private final Stage.Factory factory;
    private final Map<String, Map<String, byte[]>> saved = new TreeMap<>();
    private final Map<String, Open<?, ?>> open = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private long sentSoFar;
    private long made;
    private Stage stage;

    public StageTester(String name, Stage.Factory factory) {
        this.name = name;
        this.factory = factory;
        this.stage = factory.create(new Context());
    }

    /** A header for a message that the test sends: a fresh id, its own origin. */
    public Header header(long ts) {
        return new Header(MessageId.of("test.0-" + ++made), ts, null, ts);
    }

    /** Lets the stage handle a message and returns what it sent, in order. */
    public List<Sent> send(Message message) {
        Sending out = new Sending(message);
        stage.onMessage(message, out);
        save();
        return out.sent;
    }

    /** As {@link #send} with the runtime around it: a message that the stage refuses is stepped over. */
    public List<Sent> sendOrSkip(Message message, Channel channel) {
        Sending out = new Sending(message);
        try {
            stage.onMessage(message, out);
        } catch (IllegalArgumentException e) {
            return skip(Skipped.of(channel, message, String.valueOf(e.getMessage())));
        }
        save();
        return out.sent;
    }

    /** A message of the stage's input became a dead letter. */
    public List<Sent> skip(Skipped skipped) {
        Sending out = new Sending(skipped.message());
        complaints.add(skipped.reason());
        stage.onSkipped(skipped, out);
        save();
        return out.sent;
    }

    /** What the stage counts. */
    public SortedMap<String, Long> counters() {
        return stage.counters();
    }

    /** What the stage said of failures that it contained. */
    public List<String> containedFailures() {
        return List.copyOf(failures);
    }

    /** The reasons of the dead letters so far. */
    public List<String> deadLetters() {
        return List.copyOf(complaints);
    }

    private final class Sending implements Outbox {
        final List<Sent> sent = new ArrayList<>();
        private final @Nullable Message cause;

        Sending(@Nullable Message cause) {
            this.cause = cause;
        }

        @Override
        public Header header(long ts) {
            return new Header(
                    MessageId.of(name + ".0-" + ++sentSoFar),
                    ts,
                    cause == null ? null : cause.header().id(),
                    cause == null ? ts : cause.header().origin());
        }

        @Override
        public void send(Channel channel, Message message) {
            sent.add(new Sent(channel, message));
        }

        @Override
        public void whole(Runnable part) {
            int before = sent.size();
            long countBefore = sentSoFar;
            try {
                part.run();
            } catch (RuntimeException e) {
                sent.subList(before, sent.size()).clear();
                sentSoFar = countBefore;
                throw e;
            }
        }

        @Override
        public void contained(String what, RuntimeException failure) {
            failures.add(what);
        }

        @Override
        public void deadLetter(String reason) {
            complaints.add(reason);
        }
    }

    /** As {@link #send}, only the messages of one type. */
    public <M extends Message> List<M> send(Message message, Class<M> type) {
        return send(message).stream()
                .map(Sent::message)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Forgets the stage and builds it anew from what it saved, as after a crash. */
    public void restart() {
        open.clear();
        stage = factory.create(new Context());
    }

    private void save() {
        open.forEach((name, table) -> table.saveTo(saved.computeIfAbsent(name, any -> new TreeMap<>())));
    }

    private record Open<K extends Comparable<? super K>, V>(StateTable<K, V> table, StateCodec<V> codec) {
        void saveTo(Map<String, byte[]> entries) {
            table.drainChanges((key, value) -> change(entries, key.toString(), value));
        }

        private void change(Map<String, byte[]> entries, String key, @Nullable V value) {
            if (value == null) {
                entries.remove(key);
            } else {
                entries.put(key, codec.encode(value));
            }
        }
    }

    private final class Context implements StageContext, StateStore {
        @Override
        public String stage() {
            return name;
        }

        @Override
        public int partition() {
            return 0;
        }

        @Override
        public int partitions() {
            return 1;
        }

        @Override
        public boolean owns(String key) {
            return true;
        }

        @Override
        public StateStore state() {
            return this;
        }

        @Override
        public <K extends Comparable<? super K>, V> StateTable<K, V> table(
                String table, Function<String, K> key, Class<V> value) {
            StateCodec<V> codec = new StateCodec<>(value);
            TreeMap<K, V> entries = new TreeMap<>();
            saved.getOrDefault(table, Map.of()).forEach((k, v) -> entries.put(key.apply(k), codec.decode(v)));
            StateTable<K, V> result = new StateTable<>(entries);
            open.put(table, new Open<>(result, codec));
            return result;
        }
    }
}
