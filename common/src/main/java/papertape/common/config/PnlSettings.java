package papertape.common.config;

import java.math.BigDecimal;

/**
 * Profit and loss.
 *
 * @param intervalMs event time between two reports that only a mark's change caused
 * @param annualisationDays trading days a year for volatility, Sharpe and Sortino
 */
public record PnlSettings(int intervalMs, BigDecimal annualisationDays) {}
