package papertape.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import papertape.common.statistics.Fill;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Qty;

/**
 * What was at stake after a fill, each position at its own last fill price, in the account's currency.
 *
 * @param ts microseconds since the epoch
 * @param gross long and short added
 * @param net short taken from long
 */
record ExposurePoint(long ts, Money gross, Money net) {
    static List<ExposurePoint> of(List<Fill> fills) {
        Map<Instrument, Qty> positions = new TreeMap<>();
        Map<Instrument, Money> values = new TreeMap<>();
        Money gross = Money.ZERO;
        Money net = Money.ZERO;
        List<ExposurePoint> result = new ArrayList<>();
        for (Fill fill : fills) {
            Qty position = positions.merge(fill.instrument(), fill.qty().signed(fill.side()), Qty::plus);
            Money value = fill.px().times(position).scaledBy(fill.rate());
            Money before = values.getOrDefault(fill.instrument(), Money.ZERO);
            values.put(fill.instrument(), value);
            gross = gross.minus(before.abs()).plus(value.abs());
            net = net.minus(before).plus(value);
            addOrReplace(result, new ExposurePoint(fill.ts(), gross, net));
        }
        return result;
    }

    /** Several fills at one moment are one point: the last. */
    private static void addOrReplace(List<ExposurePoint> points, ExposurePoint point) {
        if (!points.isEmpty() && points.getLast().ts() == point.ts()) {
            points.removeLast();
        }
        points.add(point);
    }
}
