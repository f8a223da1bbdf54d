package papertape.cli.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import papertape.common.statistics.EquityCurve;
import papertape.common.statistics.RoundTrip;
import papertape.common.statistics.RoundTrips;

/**
 * Writes an account's history as one HTML page: charts, statistics and tables. The page holds everything it shows, its
 * chart library included, and may load nothing else.
 */
public final class Tearsheet {

    private Tearsheet() {}

    public static String html(ReportData data) {
        EquityCurve curve = new EquityCurve(data.equity());
        Summary summary = Summary.of(data, curve);
        List<RoundTrip> trips = RoundTrips.of(data.fills());
        Map<String, String> parts = new TreeMap<>();
        parts.put("account", Figures.escaped(data.account().value()));
        parts.put("currency", Figures.escaped(data.currency()));
        parts.put("period", period(data));
        parts.put("headlines", Tables.headlines(summary));
        parts.put("statistics", Tables.statistics(summary));
        parts.put("positions", Tables.positions(data.positions()));
        parts.put("trips", Tables.trips(trips));
        parts.put("tripsNote", note(trips));
        parts.put("data", ChartData.json(curve, ExposurePoint.of(data.fills())));
        parts.put("chartCss", PageParts.chartCss());
        parts.put("chartJs", PageParts.chartJs());
        parts.put("css", PageParts.resource(Tearsheet.class, "tearsheet.css"));
        parts.put("js", PageParts.resource(Tearsheet.class, "tearsheet.js"));
        return filled(PageParts.resource(Tearsheet.class, "tearsheet.html"), parts);
    }

    /** Replaces each <code>{{name}}</code> of the template once, from left to right; what is put in is not searched. */
    private static String filled(String template, Map<String, String> parts) {
        StringBuilder html = new StringBuilder(template.length() + 100_000);
        int from = 0;
        for (int at = template.indexOf("{{"); at >= 0; at = template.indexOf("{{", from)) {
            int end = template.indexOf("}}", at);
            String name = template.substring(at + 2, end);
            String part = parts.get(name);
            if (part == null) {
                throw new IllegalStateException("the template names an unknown part: " + name);
            }
            html.append(template, from, at).append(part);
            from = end + 2;
        }
        return html.append(template, from, template.length()).toString();
    }

    private static String period(ReportData data) {
        return data.equity().isEmpty()
                ? "no data"
                : Figures.time(data.equity().getFirst().ts()) + " to "
                        + Figures.time(data.equity().getLast().ts()) + " UTC";
    }

    private static String note(List<RoundTrip> trips) {
        return trips.size() <= Tables.MAX_TRIPS ? "" : ": the latest " + Tables.MAX_TRIPS + " of " + trips.size();
    }
}
