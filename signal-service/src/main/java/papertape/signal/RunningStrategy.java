package papertape.signal;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.config.StrategySettings;
import papertape.common.message.Signal;
import papertape.common.stage.Outbox;
import papertape.common.stage.StateTable;
import papertape.common.strategy.Parameters;
import papertape.common.strategy.Strategy;
import papertape.common.strategy.StrategyContext;
import papertape.common.strategy.StrategyFactory;
import papertape.common.value.Direction;
import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.common.value.StrategyId;

/** A strategy at work on one instrument, and what it is given. */
final class RunningStrategy implements StrategyContext {
    /** Saved beside the strategy's own entries: memory of other parameters is worth nothing. */
    private static final String SETTINGS = "(settings)";

    private final StrategySettings settings;
    private final Instrument instrument;
    private final Parameters parameters;
    private final StateTable<String, String> memory;
    private final StateTable<String, LastSignal> lastSignals;
    private final String prefix;
    private final Strategy strategy;
    private long now;
    private @Nullable Outbox out;
    private @Nullable Collection<Signal> cascade;

    @SuppressWarnings("this-escape") // the strategy reads its memory while it is created, which is complete by then
    RunningStrategy(
            StrategySettings settings,
            StrategyFactory factory,
            Instrument instrument,
            StateTable<String, String> memory,
            StateTable<String, LastSignal> lastSignals) {
        this.settings = settings;
        this.instrument = instrument;
        this.parameters = new Parameters(settings.parameters());
        this.memory = memory;
        this.lastSignals = lastSignals;
        this.prefix = settings.name() + "|" + instrument + "|";
        forgetIfChanged(settings.kind() + " " + parameters);
        this.strategy = factory.create(this);
    }

    private void forgetIfChanged(String fingerprint) {
        String before = memory.get(prefix + SETTINGS);
        if (fingerprint.equals(before)) {
            return;
        }
        if (before != null) {
            List<String> own = List.copyOf(memory.entries()
                    .subMap(prefix, true, prefix + Character.MAX_VALUE, false)
                    .keySet());
            own.forEach(memory::remove);
        }
        memory.put(prefix + SETTINGS, fingerprint);
    }

    /** To be called before each message: what signals are dated and where they go. */
    void begin(long eventTime, Outbox outbox, Collection<Signal> sent) {
        now = eventTime;
        out = outbox;
        cascade = sent;
    }

    Strategy strategy() {
        return strategy;
    }

    @Override
    public StrategyId name() {
        return settings.name();
    }

    @Override
    public Instrument instrument() {
        return instrument;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public @Nullable String saved(String key) {
        return memory.get(prefix + key);
    }

    @Override
    public void save(String key, String value) {
        memory.put(prefix + key, value);
    }

    @Override
    public void signal(Direction direction, double strength, Price price, String reason) {
        LastSignal last = lastSignals.get(prefix);
        if (last == null || last.direction() != direction || Double.compare(last.strength(), strength) != 0) {
            repeat(direction, strength, price, reason);
        }
    }

    @Override
    public void repeat(Direction direction, double strength, Price price, String reason) {
        if (out == null || cascade == null) {
            throw new IllegalStateException("a strategy signals only while it handles a message");
        }
        Signal signal = new Signal(
                out.header(now), settings.name(), settings.account(), instrument, direction, strength, price, reason);
        lastSignals.put(prefix, new LastSignal(direction, strength));
        SignalStage.send(signal, out);
        cascade.add(signal);
    }
}
