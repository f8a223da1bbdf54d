package papertape.look.trade;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Execution;
import papertape.common.text.Printable;
import papertape.common.value.OrdType;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** Executions and orders as lines for a terminal. */
public final class ExecutionText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Microseconds since the epoch, from 2001 on. */
    private static final Pattern MOMENT = Pattern.compile("(?<=end|ts|until|since|now)=([12][0-9]{15})(?![0-9.])");

    private ExecutionText() {}

    /** {@code 2026-11-23 06:01:45.123456  trade  ID  buy 0.1 SIM:BTC-USD market ioc  0.1 at 50000 ...}. */
    public static String line(Execution e, String currency) {
        StringBuilder line = new StringBuilder(time(e.ts()))
                .append("  ")
                .append(String.format(Locale.ROOT, "%-15s", word(e.execType())))
                .append("  ")
                .append(e.orderId())
                .append("  ");
        if (e.terms() != null) {
            line.append(terms(e)).append("  ");
        }
        if (e.lastPx() != null) {
            line.append(e.lastQty())
                    .append(" at ")
                    .append(e.lastPx())
                    .append(e.liquidity() == null ? "" : " " + word(e.liquidity()))
                    .append(" fee ")
                    .append(e.commission())
                    .append(currency.isEmpty() ? "" : " ")
                    .append(currency)
                    .append("  ");
        }
        return line.append(word(e.ordStatus()))
                .append(" cum ")
                .append(e.cumQty())
                .append(" leaves ")
                .append(e.leavesQty())
                .append("  ")
                .append(text(e.text()))
                .toString();
    }

    /** {@code buy 0.1 SIM:BTC-USD limit 50000 gtc}; the instrument alone where the terms of the order are not known. */
    public static String terms(Execution e) {
        String instrument = e.instrument().name();
        return e.terms() == null
                ? instrument
                : terms(e.side(), e.qty(), instrument, e.ordType(), e.limitPx(), e.stopPx(), e.tif());
    }

    /** {@code buy 0.1 SIM:BTC-USD limit 50000 gtc}. */
    public static String terms(
            Side side,
            Qty qty,
            String instrument,
            OrdType type,
            @Nullable Price limit,
            @Nullable Price stop,
            TimeInForce tif) {
        return word(side) + " " + qty + " " + instrument + " " + word(type)
                + (stop == null ? "" : (type == OrdType.STOP_LIMIT ? " stop " : " ") + stop)
                + (limit == null ? "" : (type == OrdType.STOP_LIMIT ? " limit " : " ") + limit)
                + " " + word(tif);
    }

    /** A reason as it is shown: its times are readable. */
    public static String text(String reason) {
        return Printable.line(MOMENT.matcher(reason).replaceAll(found -> "=" + time(Long.parseLong(found.group(1)))));
    }

    /** UTC, to the microsecond. */
    public static String time(long micros) {
        return TIME.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    /** An enumeration's value as messages spell it. */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
