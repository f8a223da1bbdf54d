package papertape.dashboard.api;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import papertape.dashboard.model.Model;
import papertape.dashboard.model.OrderRow;
import papertape.dashboard.web.Answer;
import papertape.dashboard.web.Request;

/** Orders by account, strategy, instrument and state, a page of them at a time. */
public final class OrdersApi {
    private static final int PAGE = 100;
    private static final int MAX_PAGE = 1_000;
    private static final int MAX_OFFSET = 1_000_000;

    /** @param total that fit, of which {@code rows} are one page */
    record Page(long total, List<OrderRow> rows) {}

    record Fills(List<OrderRow.FillRow> fills) {}

    private final Model model;

    public OrdersApi(Model model) {
        this.model = model;
    }

    public Answer orders(Request request) {
        Predicate<OrderRow> wanted = wanted(request);
        List<OrderRow> all = model.allOrders().stream()
                .filter(wanted)
                .sorted(Comparator.comparingLong(OrderRow::updated).reversed())
                .toList();
        int from = Math.min(request.number("offset", 0, MAX_OFFSET), all.size());
        int to = Math.min(from + request.number("limit", PAGE, MAX_PAGE), all.size());
        return Answer.of(new Page(all.size(), all.subList(from, to)));
    }

    private static Predicate<OrderRow> wanted(Request request) {
        String account = request.get("account");
        String strategy = request.get("strategy");
        String instrument = request.get("instrument");
        String state = request.get("state");
        String text = request.get("text").toLowerCase(Locale.ROOT);
        return row -> (account.isEmpty() || row.account().equals(account))
                && (strategy.isEmpty() || strategy.equals(row.strategy()))
                && (instrument.isEmpty() || row.instrument().equals(instrument))
                && isIn(row, state)
                && (text.isEmpty() || row.orderId().toLowerCase(Locale.ROOT).contains(text));
    }

    private static boolean isIn(OrderRow row, String state) {
        return switch (state) {
            case "" -> true;
            case "working" -> !row.status().isFinal();
            case "ended" -> row.status().isFinal();
            default -> row.status().name().toLowerCase(Locale.ROOT).equals(state);
        };
    }

    public Answer fills(Request request) {
        String instrument = request.get("instrument");
        String account = request.get("account");
        return Answer.of(new Fills(model.fills().stream()
                .filter(fill -> instrument.isEmpty() || fill.instrument().equals(instrument))
                .filter(fill -> account.isEmpty() || fill.account().equals(account))
                .toList()));
    }
}
