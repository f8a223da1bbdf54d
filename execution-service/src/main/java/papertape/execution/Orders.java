package papertape.execution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.message.OrderTerms;
import papertape.common.stage.StateStore;
import papertape.common.stage.StateTable;
import papertape.common.value.Instrument;
import papertape.common.value.OrdStatus;

/** Every order of the partition: live ones, requests under way, and the latest of the final ones. */
final class Orders {
    /** Final orders that are remembered, a partition. */
    static final int REMEMBERED = 10_000;

    private static final String SEQ = "seq";

    private final StateTable<OrderKey, OrderEntry> entries;
    private final StateTable<OrderKey, FinishedEntry> finished;
    private final StateTable<Long, RequestEntry> requests;
    private final StateTable<String, Long> counters;
    private final Map<OrderKey, LiveOrder> live = new HashMap<>();
    private final Map<Instrument, OpenOrders> open = new HashMap<>();
    private final Map<OrderKey, TreeMap<Long, OrderKey>> exits = new HashMap<>();
    private final Deque<OrderKey> oldestFinished = new ArrayDeque<>();

    Orders(StateStore state) {
        this.entries = state.table("orders", OrderKey::parse, OrderEntry.class);
        this.finished = state.table("finished", OrderKey::parse, FinishedEntry.class);
        this.requests = state.table("requests", Long::valueOf, RequestEntry.class);
        this.counters = state.table("counters", text -> text, Long.class);
        derive();
    }

    /** Makes what is derived from the saved state follow it. */
    void derive() {
        live.clear();
        open.values().forEach(OpenOrders::clear);
        exits.clear();
        oldestFinished.clear();
        entries.values().forEach(entry -> index(LiveOrder.of(entry)));
        requests.entries().forEach((seq, request) -> of(request.instrument()).add(seq, request));
        finished.entries().entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().endedSeq()))
                .forEach(entry -> oldestFinished.add(entry.getKey()));
    }

    StateTable<String, Long> counters() {
        return counters;
    }

    OpenOrders of(Instrument instrument) {
        return open.computeIfAbsent(instrument, any -> new OpenOrders());
    }

    long nextSeq() {
        long seq = counters.getOrDefault(SEQ, 0L) + 1;
        counters.put(SEQ, seq);
        return seq;
    }

    @Nullable
    LiveOrder live(OrderKey key) {
        return live.get(key);
    }

    @Nullable
    FinishedEntry finished(OrderKey key) {
        return finished.get(key);
    }

    void put(LiveOrder order) {
        unindex(order.key());
        index(order);
        entries.put(order.key(), order.entry());
    }

    void finish(LiveOrder order, OrdStatus status, long ts) {
        unindex(order.key());
        entries.remove(order.key());
        remember(order.terms(), order.fills(), status, ts);
    }

    void remember(Terms terms, Fills fills, OrdStatus status, long ts) {
        OrderTerms kept = new OrderTerms(terms.side(), terms.ordType(), terms.tif(), terms.qty());
        finished.put(terms.key(), new FinishedEntry(nextSeq(), ts, status, terms.instrument(), kept, fills.cumQty()));
        oldestFinished.add(terms.key());
        if (oldestFinished.size() > REMEMBERED) {
            finished.remove(oldestFinished.remove());
        }
    }

    /** The live exits of a bracket's entry, in order of arrival. */
    List<OrderKey> exitsOf(OrderKey parent) {
        TreeMap<Long, OrderKey> known = exits.get(parent);
        return known == null ? List.of() : new ArrayList<>(known.values());
    }

    void add(RequestEntry request) {
        long seq = nextSeq();
        requests.put(seq, request);
        of(request.instrument()).add(seq, request);
    }

    void remove(OpenOrders.Due due, RequestEntry request) {
        requests.remove(due.seq());
        of(request.instrument()).remove(due.seq(), request);
    }

    private void index(LiveOrder order) {
        live.put(order.key(), order);
        of(order.terms().instrument()).add(order);
        OrderKey parent = order.terms().parentKey();
        if (parent != null) {
            exits.computeIfAbsent(parent, any -> new TreeMap<>()).put(order.seq(), order.key());
        }
    }

    private void unindex(OrderKey key) {
        LiveOrder old = live.remove(key);
        if (old == null) {
            return;
        }
        of(old.terms().instrument()).remove(old);
        OrderKey parent = old.terms().parentKey();
        TreeMap<Long, OrderKey> siblings = parent == null ? null : exits.get(parent);
        if (siblings != null) {
            siblings.remove(old.seq());
            if (siblings.isEmpty()) {
                exits.remove(parent);
            }
        }
    }
}
