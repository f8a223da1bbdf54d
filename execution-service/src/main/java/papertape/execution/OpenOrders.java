package papertape.execution;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Price;
import papertape.common.value.Side;

/** The live orders and requests of one instrument, found by what may happen to them next. Derived from the saved entries. */
final class OpenOrders {
    /** Event time and arrival. */
    record Due(long ts, long seq) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(ts, other.ts);
            return byTime != 0 ? byTime : Long.compare(seq, other.seq);
        }
    }

    private record Place(Price px, long seq) {
        static final Comparator<Place> RISING = Comparator.comparing(Place::px).thenComparingLong(Place::seq);
        static final Comparator<Place> FALLING =
                Comparator.comparing(Place::px, Comparator.reverseOrder()).thenComparingLong(Place::seq);
    }

    private final NavigableMap<Due, OrderKey> entering = new TreeMap<>();
    private final NavigableMap<Due, RequestEntry> requests = new TreeMap<>();
    private final NavigableMap<Due, OrderKey> ends = new TreeMap<>();
    private final NavigableMap<Place, OrderKey> buys = new TreeMap<>(Place.FALLING);
    private final NavigableMap<Place, OrderKey> sells = new TreeMap<>(Place.RISING);
    private final NavigableMap<Place, OrderKey> buyStops = new TreeMap<>(Place.RISING);
    private final NavigableMap<Place, OrderKey> sellStops = new TreeMap<>(Place.FALLING);
    private final NavigableMap<Long, OrderKey> trailing = new TreeMap<>();
    private final NavigableMap<Long, OrderKey> seeking = new TreeMap<>();
    private int size;

    /** Whether market data means nothing to anybody here. */
    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        List.of(entering, requests, ends, buys, sells, buyStops, sellStops, trailing, seeking)
                .forEach(Map::clear);
        size = 0;
    }

    void add(LiveOrder order) {
        size++;
        Terms terms = order.terms();
        if (terms.endTs() != null) {
            ends.put(new Due(terms.endTs(), order.seq()), order.key());
        }
        switch (order) {
            case LiveOrder.Entering some -> entering.put(new Due(some.visibleAfter(), some.seq()), some.key());
            case LiveOrder.Held _ -> {}
            case LiveOrder.Untriggered some -> {
                if (some.isTrailing()) {
                    trailing.put(some.seq(), some.key());
                } else {
                    stops(terms.side()).put(place(some), some.key());
                }
            }
            case LiveOrder.Seeking some -> seeking.put(some.seq(), some.key());
            case LiveOrder.Resting some -> resting(terms.side()).put(new Place(some.limit(), some.seq()), some.key());
        }
    }

    void remove(LiveOrder order) {
        size--;
        Terms terms = order.terms();
        if (terms.endTs() != null) {
            ends.remove(new Due(terms.endTs(), order.seq()));
        }
        switch (order) {
            case LiveOrder.Entering some -> entering.remove(new Due(some.visibleAfter(), some.seq()));
            case LiveOrder.Held _ -> {}
            case LiveOrder.Untriggered some -> {
                if (some.isTrailing()) {
                    trailing.remove(some.seq());
                } else {
                    stops(terms.side()).remove(place(some));
                }
            }
            case LiveOrder.Seeking some -> seeking.remove(some.seq());
            case LiveOrder.Resting some -> resting(terms.side()).remove(new Place(some.limit(), some.seq()));
        }
    }

    void add(long seq, RequestEntry request) {
        size++;
        requests.put(new Due(request.visibleAfter(), seq), request);
    }

    void remove(long seq, RequestEntry request) {
        size--;
        requests.remove(new Due(request.visibleAfter(), seq));
    }

    private NavigableMap<Place, OrderKey> resting(Side side) {
        return side == Side.BUY ? buys : sells;
    }

    private NavigableMap<Place, OrderKey> stops(Side side) {
        return side == Side.BUY ? buyStops : sellStops;
    }

    private static Place place(LiveOrder.Untriggered order) {
        return new Place(Objects.requireNonNull(order.stop()), order.seq());
    }

    /** Orders that enter on data of that time. */
    List<OrderKey> enteringBefore(long ts) {
        return before(entering, ts);
    }

    List<OrderKey> endedBy(long ts) {
        return before(ends, ts + 1);
    }

    private static List<OrderKey> before(NavigableMap<Due, OrderKey> map, long ts) {
        if (map.isEmpty() || map.firstKey().ts() >= ts) {
            return List.of();
        }
        return copy(map.headMap(new Due(ts, Long.MIN_VALUE), false).values());
    }

    List<Due> requestsBefore(long ts) {
        if (requests.isEmpty() || requests.firstKey().ts() >= ts) {
            return List.of();
        }
        return new ArrayList<>(
                requests.headMap(new Due(ts, Long.MIN_VALUE), false).keySet());
    }

    List<Due> allRequests() {
        return new ArrayList<>(requests.keySet());
    }

    @Nullable
    RequestEntry request(Due due) {
        return requests.get(due);
    }

    List<OrderKey> seekingOrders() {
        return copy(seeking.values());
    }

    List<OrderKey> trailingStops() {
        return copy(trailing.values());
    }

    /** Resting orders with a limit at {@code px} or better for whoever trades with them, in price and time priority. */
    List<OrderKey> restingUpTo(Side side, Price px) {
        return upTo(resting(side), px);
    }

    List<OrderKey> restingAt(Side side, Price px) {
        NavigableMap<Place, OrderKey> map = resting(side);
        if (map.isEmpty()) {
            return List.of();
        }
        return copy(map.subMap(new Place(px, Long.MIN_VALUE), true, new Place(px, Long.MAX_VALUE), true)
                .values());
    }

    List<OrderKey> resting() {
        List<OrderKey> all = new ArrayList<>(buys.values());
        all.addAll(sells.values());
        return all;
    }

    /** Buy stops at or below {@code px}, sell stops at or above it. */
    List<OrderKey> stopsReachedBy(Side side, Price px) {
        return upTo(stops(side), px);
    }

    private static List<OrderKey> upTo(NavigableMap<Place, OrderKey> map, Price px) {
        if (map.isEmpty()) {
            return List.of();
        }
        return copy(map.headMap(new Place(px, Long.MAX_VALUE), true).values());
    }

    // matching changes the maps under way, so it walks a copy of the affected part
    private static List<OrderKey> copy(Collection<OrderKey> keys) {
        return keys.isEmpty() ? List.of() : new ArrayList<>(keys);
    }
}
