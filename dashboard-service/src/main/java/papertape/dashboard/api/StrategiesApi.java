package papertape.dashboard.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Config;
import papertape.common.config.InstrumentSettings;
import papertape.common.ledger.CostMethod;
import papertape.common.ledger.Position;
import papertape.common.ledger.Rates;
import papertape.common.statistics.Fill;
import papertape.common.statistics.TradeStatistics;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.dashboard.model.AccountRow;
import papertape.dashboard.model.Model;
import papertape.dashboard.model.OrderRow;
import papertape.dashboard.web.Answer;
import papertape.dashboard.web.Request;

/** What each strategy has made of its fills, in the currency of its account; at average cost, whatever the account's method. */
public final class StrategiesApi {
    /**
     * A strategy in an account.
     *
     * @param pnl realized less fees, and unrealized at the latest marks
     * @param unmarked whether a position has no mark, and so counts at what it cost
     * @param since its first fill that counts, as {@code latest} its latest; microseconds
     */
    record StrategyRow(
            String strategy,
            String account,
            String currency,
            Money pnl,
            Money realized,
            Money unrealized,
            boolean unmarked,
            int openPositions,
            TradeStatistics trades,
            long since,
            long latest) {}

    record Strategies(List<StrategyRow> strategies, boolean isWhole) {}

    private static final String BY_HAND = "by hand";

    private final Config config;
    private final Model model;
    private final Rates rates;

    public StrategiesApi(Config config, Model model) {
        this.config = config;
        this.model = model;
        this.rates = new Rates(config.rates());
    }

    public Answer strategies(Request request) {
        Map<String, String> currencies = new TreeMap<>();
        for (AccountRow row : model.accounts().accounts()) {
            currencies.put(row.account(), row.currency());
        }
        Map<Instrument, Price> marks = model.marks();
        Map<String, List<OrderRow.FillRow>> byStrategy = new TreeMap<>();
        List<OrderRow.FillRow> fills = model.fills();
        for (OrderRow.FillRow fill : fills) {
            String strategy = fill.strategy() == null ? BY_HAND : fill.strategy();
            byStrategy
                    .computeIfAbsent(strategy + "|" + fill.account(), any -> new ArrayList<>())
                    .add(fill);
        }
        List<StrategyRow> rows = new ArrayList<>();
        byStrategy.forEach((key, own) -> {
            String account = own.getFirst().account();
            String strategy = key.substring(0, key.length() - account.length() - 1);
            rows.add(row(strategy, account, currencies.getOrDefault(account, "USD"), own, marks));
        });
        return Answer.of(new Strategies(rows, !model.hasLostFills()));
    }

    private StrategyRow row(
            String strategy,
            String account,
            String currency,
            List<OrderRow.FillRow> rows,
            Map<Instrument, Price> marks) {
        Map<Instrument, Position> positions = new TreeMap<>();
        List<Fill> fills = new ArrayList<>();
        for (OrderRow.FillRow row : rows) {
            Instrument instrument = Instrument.of(row.instrument());
            positions.merge(
                    instrument,
                    Position.flat(CostMethod.AVERAGE).filled(row.side(), row.qty(), row.px(), row.fee()),
                    (before, any) -> before.filled(row.side(), row.qty(), row.px(), row.fee()));
            fills.add(new Fill(
                    row.ts(), instrument, row.side(), row.qty(), row.px(), row.fee(), rate(instrument, currency)));
        }
        Money realized = Money.ZERO;
        Money unrealized = Money.ZERO;
        Money fees = Money.ZERO;
        boolean isUnmarked = false;
        int open = 0;
        for (Map.Entry<Instrument, Position> each : positions.entrySet()) {
            BigDecimal rate = rate(each.getKey(), currency);
            Position position = each.getValue();
            realized = realized.plus(position.realized().scaledBy(rate));
            fees = fees.plus(position.fees().scaledBy(rate));
            @Nullable Price mark = marks.get(each.getKey());
            if (!position.isFlat()) {
                open++;
                isUnmarked |= mark == null;
                unrealized = mark == null
                        ? unrealized
                        : unrealized.plus(position.unrealized(mark).scaledBy(rate));
            }
        }
        return new StrategyRow(
                strategy,
                account,
                currency,
                realized.minus(fees).plus(unrealized),
                realized,
                unrealized,
                isUnmarked,
                open,
                TradeStatistics.of(fills, Money.ZERO),
                rows.getFirst().ts(),
                rows.getLast().ts());
    }

    private BigDecimal rate(Instrument instrument, String currency) {
        for (InstrumentSettings settings : config.instruments()) {
            if (settings.name().equals(instrument)) {
                return rates.rate(settings.quote(), currency).orElse(BigDecimal.ONE);
            }
        }
        return BigDecimal.ONE;
    }
}
