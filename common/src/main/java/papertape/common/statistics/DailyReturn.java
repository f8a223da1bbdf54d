package papertape.common.statistics;

import java.math.BigDecimal;
import java.time.LocalDate;

/** What a UTC day added to each unit of money at work: 0.01 is one per cent. */
public record DailyReturn(LocalDate day, BigDecimal fraction) {}
