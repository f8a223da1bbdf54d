package papertape.signal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Config;
import papertape.common.config.InstrumentSettings;
import papertape.common.message.Bar;
import papertape.common.message.Book;
import papertape.common.message.Channel;
import papertape.common.message.FeedStatus;
import papertape.common.message.MarketData;
import papertape.common.message.Message;
import papertape.common.message.Quote;
import papertape.common.message.Signal;
import papertape.common.message.Trade;
import papertape.common.stage.Outbox;
import papertape.common.stage.Stage;
import papertape.common.stage.StageContext;
import papertape.common.stage.StateTable;
import papertape.common.strategy.Strategy;
import papertape.common.value.Instrument;

/**
 * Runs one strategy for each configured strategy and instrument it covers, created when the instrument is first heard of.
 * Instruments that are not configured have none: nobody could trade them.
 *
 * <p>A signal is delivered to the instrument's other strategies (cascade) after the strategy that sent it has returned,
 * in the order of the configuration.
 */
public final class SignalStage implements Stage {
    /** Strategies that answer each other without end are cut off here. */
    private static final int MOST_SIGNALS_PER_MESSAGE = 64;

    private final StrategyCatalog catalog;
    private final Set<Instrument> known = new HashSet<>();
    private final Map<Instrument, List<RunningStrategy>> running = new HashMap<>();
    private final Map<Instrument, Long> latest = new HashMap<>();
    private final StateTable<String, String> memory;
    private final StateTable<String, LastSignal> lastSignals;
    private final Deque<Signal> cascade = new ArrayDeque<>();

    public SignalStage(Config config, StrategyCatalog catalog, StageContext context) {
        this.catalog = catalog;
        for (InstrumentSettings instrument : config.instruments()) {
            known.add(instrument.name());
        }
        this.memory = context.state().table("memory", key -> key, String.class);
        this.lastSignals = context.state().table("lastSignals", key -> key, LastSignal.class);
    }

    @Override
    public void onMessage(Message message, Outbox out) {
        if (!(message instanceof MarketData data)) {
            throw new IllegalArgumentException(
                    "not market data: " + message.header().id());
        }
        List<RunningStrategy> strategies = running.get(data.instrument());
        if (strategies == null) {
            strategies = create(data.instrument());
            running.put(data.instrument(), strategies);
        }
        if (strategies.isEmpty()) {
            return;
        }
        long now = now(data);
        for (int i = 0; i < strategies.size(); i++) {
            RunningStrategy each = strategies.get(i);
            each.begin(now, out, cascade);
            deliver(data, each.strategy());
        }
        if (!cascade.isEmpty()) {
            deliverCascade(strategies, out);
        }
    }

    private static void deliver(MarketData data, Strategy strategy) {
        switch (data) {
            case Trade trade -> strategy.onTrade(trade);
            case Quote quote -> strategy.onQuote(quote);
            case Book book -> strategy.onBook(book);
            case Bar bar -> strategy.onBar(bar);
            case FeedStatus status -> strategy.onStatus(status);
        }
    }

    private void deliverCascade(List<RunningStrategy> strategies, Outbox out) {
        int sent = 0;
        @Nullable Signal signal = cascade.poll();
        while (signal != null) {
            if (++sent > MOST_SIGNALS_PER_MESSAGE) {
                throw new IllegalStateException("strategies answer each other's signals without end, last "
                        + signal.strategy() + " on " + signal.instrument());
            }
            for (RunningStrategy each : strategies) {
                if (!each.name().equals(signal.strategy())) {
                    each.begin(signal.ts(), out, cascade);
                    each.strategy().onSignal(signal);
                }
            }
            signal = cascade.poll();
        }
    }

    /** A late trade keeps its own time; what a strategy answers to it is said now, and orders are dated by that. */
    private long now(MarketData data) {
        long ts = eventTime(data);
        long now = data instanceof Trade ? Math.max(ts, latest.getOrDefault(data.instrument(), ts)) : ts;
        latest.put(data.instrument(), now);
        return now;
    }

    /** A bar is dated by its start, but known at its end at the earliest: nothing may act on it before. */
    private static long eventTime(MarketData data) {
        return data instanceof Bar bar ? bar.ts() + Intervals.micros(bar.interval()) : data.ts();
    }

    private List<RunningStrategy> create(Instrument instrument) {
        List<RunningStrategy> created = new ArrayList<>();
        if (known.contains(instrument)) {
            catalog.configured().forEach((settings, factory) -> {
                if (settings.covers(instrument)) {
                    created.add(new RunningStrategy(settings, factory, instrument, memory, lastSignals));
                }
            });
        }
        return created;
    }

    static void send(Signal signal, Outbox out) {
        out.send(Channel.SIGNALS, signal);
    }
}
