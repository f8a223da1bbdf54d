package papertape.cli.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import papertape.common.statistics.DailyReturn;
import papertape.common.statistics.EquityCurve;
import papertape.common.statistics.EquityPoint;
import papertape.common.value.Money;

/**
 * The charts' columns as JSON: times in seconds first, then a number per series. Rounded to what a screen can show; the
 * tables carry the exact figures.
 */
final class ChartData {
    /** More points than pixels only make the page heavy. */
    static final int MAX_POINTS = 12_000;

    private static final double MICROS = 1e6;
    private static final int VALUE_SCALE = 6;

    private ChartData() {}

    static String json(EquityCurve curve, List<ExposurePoint> exposure) {
        return "{\"equity\":" + equity(curve) + ",\"returns\":" + returns(curve.dailyReturns()) + ",\"exposure\":"
                + exposure(exposure) + "}";
    }

    private static String equity(EquityCurve curve) {
        List<EquityPoint> points = curve.points();
        List<BigDecimal> drawdowns = curve.drawdowns();
        List<Object> times = new ArrayList<>();
        List<Object> equities = new ArrayList<>();
        List<Object> invested = new ArrayList<>();
        List<Object> lost = new ArrayList<>();
        List<Money> flows = flows(points);
        for (int i : kept(points)) {
            times.add(points.get(i).ts() / MICROS);
            equities.add(rounded(points.get(i).equity().value()));
            invested.add(rounded(flows.get(i).value()));
            lost.add(rounded(drawdowns.get(i).movePointRight(2)));
        }
        return List.of(times, equities, invested, lost).toString();
    }

    private static List<Money> flows(List<EquityPoint> points) {
        List<Money> sums = new ArrayList<>(points.size());
        Money sum = Money.ZERO;
        for (EquityPoint point : points) {
            sum = sum.plus(point.flow());
            sums.add(sum);
        }
        return sums;
    }

    /** All indexes, or of each bucket of neighbours its last, its lowest and its highest, so that no extreme is lost. */
    static List<Integer> kept(List<EquityPoint> points) {
        int bucket = Math.ceilDiv(3 * points.size(), MAX_POINTS);
        List<Integer> result = new ArrayList<>();
        for (int from = 0; from < points.size(); from += Math.max(1, bucket)) {
            int to = Math.min(points.size(), from + Math.max(1, bucket));
            if (points.size() <= MAX_POINTS) {
                result.addAll(range(from, to));
            } else {
                extremes(points, from, to).forEach(result::add);
            }
        }
        return result;
    }

    private static IntStream extremes(List<EquityPoint> points, int from, int to) {
        int low = from;
        int high = from;
        for (int i = from; i < to; i++) {
            low = points.get(i).equity().compareTo(points.get(low).equity()) < 0 ? i : low;
            high = points.get(i).equity().compareTo(points.get(high).equity()) > 0 ? i : high;
        }
        return IntStream.of(low, high, to - 1).sorted().distinct();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static String returns(List<DailyReturn> days) {
        List<Object> times = new ArrayList<>();
        List<Object> gains = new ArrayList<>();
        List<Object> losses = new ArrayList<>();
        for (DailyReturn day : days) {
            String percent = rounded(day.fraction().movePointRight(2));
            boolean loss = day.fraction().signum() < 0;
            times.add(day.day().atStartOfDay().toEpochSecond(ZoneOffset.UTC));
            gains.add(loss ? "null" : percent);
            losses.add(loss ? percent : "null");
        }
        return List.of(times, gains, losses).toString();
    }

    private static String exposure(List<ExposurePoint> points) {
        List<Object> times = new ArrayList<>();
        List<Object> gross = new ArrayList<>();
        List<Object> net = new ArrayList<>();
        for (ExposurePoint point : points) {
            times.add(point.ts() / MICROS);
            gross.add(rounded(point.gross().value()));
            net.add(rounded(point.net().value()));
        }
        return List.of(times, gross, net).toString();
    }

    private static String rounded(BigDecimal value) {
        return value.setScale(VALUE_SCALE, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
