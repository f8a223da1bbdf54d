package papertape.etl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import papertape.common.message.Book;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/** Builds books from nothing but what is published, as any reader of the channel would. */
final class BookSubscriber {
    private record Sides(TreeMap<Price, Qty> bids, TreeMap<Price, Qty> asks) {}

    private final Map<Instrument, Sides> books = new TreeMap<>();

    void on(Sent sent) {
        if (sent.message() instanceof Book book) {
            Sides sides = books.computeIfAbsent(
                    book.instrument(), any -> new Sides(new TreeMap<>(Comparator.reverseOrder()), new TreeMap<>()));
            if (book.snapshot()) {
                sides.bids.clear();
                sides.asks.clear();
            }
            book.bids().forEach(level -> set(sides.bids, level));
            book.asks().forEach(level -> set(sides.asks, level));
        }
    }

    private static void set(TreeMap<Price, Qty> side, Level level) {
        if (level.qty().isZero()) {
            side.remove(level.px());
        } else {
            side.put(level.px(), level.qty());
        }
    }

    /** The best levels of both sides, bids first. */
    List<Level> top(Instrument instrument, int depth) {
        List<Level> top = new ArrayList<>();
        Sides sides = books.get(instrument);
        if (sides != null) {
            add(top, sides.bids, depth);
            add(top, sides.asks, depth);
        }
        return top;
    }

    private static void add(List<Level> top, TreeMap<Price, Qty> side, int depth) {
        side.entrySet().stream().limit(depth).forEach(entry -> top.add(new Level(entry.getKey(), entry.getValue())));
    }
}
