package papertape.cli.report;

import java.math.BigDecimal;
import java.util.List;
import papertape.common.message.Pnl;
import papertape.common.statistics.EquityPoint;
import papertape.common.statistics.Fill;
import papertape.common.value.AccountId;

/**
 * What a tearsheet tells about. Any list may be empty.
 *
 * @param currency of the account
 * @param equity in the order of time, the opening first; with each deposit and withdrawal as a flow
 * @param fills in the order of time
 * @param positions the latest report of each instrument
 * @param late orders of the account that came late, cancels and replaces among them
 * @param annualisationDays trading days a year for volatility, Sharpe and Sortino
 */
public record ReportData(
        AccountId account,
        String currency,
        List<EquityPoint> equity,
        List<Fill> fills,
        List<Pnl> positions,
        Late late,
        BigDecimal annualisationDays) {
    /**
     * Orders that came after the market they were to meet.
     *
     * @param mostMicros event time by which the latest of them was late
     */
    public record Late(int orders, long mostMicros) {
        public static final Late NONE = new Late(0, 0);
    }

    public ReportData {
        equity = List.copyOf(equity);
        fills = List.copyOf(fills);
        positions = List.copyOf(positions);
    }
}
