package papertape.dashboard.model;

import java.util.ArrayList;
import java.util.List;
import papertape.common.value.Money;

/** An account's equity over time in a bounded number of points: when it is full, every second one goes. */
public final class EquitySeries {
    static final int MAX_POINTS = 2_000;

    /** @param ts microseconds */
    public record Point(long ts, Money equity) {}

    /** Something to mark on the curve: the opening, a halt, a resumption. */
    public record Marker(long ts, String kind, String text) {}

    private static final int MAX_MARKERS = 200;
    private static final long FIRST_STEP = 1_000_000;

    private final List<Point> points = new ArrayList<>();
    private final List<Marker> markers = new ArrayList<>();
    private long step = FIRST_STEP;
    private long version;

    void add(long ts, Money equity) {
        version++;
        Point point = new Point(ts, equity);
        if (!points.isEmpty() && ts / step <= points.getLast().ts() / step) {
            points.set(
                    points.size() - 1, new Point(Math.max(ts, points.getLast().ts()), equity));
            return;
        }
        points.add(point);
        if (points.size() > MAX_POINTS) {
            step *= 2;
            List<Point> fewer = new ArrayList<>();
            for (Point each : points) {
                if (!fewer.isEmpty() && each.ts() / step == fewer.getLast().ts() / step) {
                    fewer.set(fewer.size() - 1, each);
                } else {
                    fewer.add(each);
                }
            }
            points.clear();
            points.addAll(fewer);
        }
    }

    void mark(long ts, String kind, String text) {
        version++;
        markers.add(new Marker(ts, kind, text));
        if (markers.size() > MAX_MARKERS) {
            markers.removeFirst();
        }
    }

    long version() {
        return version;
    }

    List<Point> points() {
        return List.copyOf(points);
    }

    List<Marker> markers() {
        return List.copyOf(markers);
    }
}
