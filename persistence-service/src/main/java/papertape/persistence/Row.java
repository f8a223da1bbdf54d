package papertape.persistence;

import io.questdb.client.Sender;
import io.questdb.client.std.Decimal256;
import io.questdb.client.std.Decimal64;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/** One row in the making, reused for all: absent values stay null. Symbols come first, as the line protocol wants it. */
final class Row {
    private static final int LONG_DIGITS = 18;

    private final Sender sender;
    private final Decimal64 small = new Decimal64();

    Row(Sender sender) {
        this.sender = sender;
    }

    Row start(Table table) {
        sender.table(table.text());
        return this;
    }

    Row symbol(String column, @Nullable String value) {
        if (value != null) {
            sender.symbol(column, Texts.storable(value));
        }
        return this;
    }

    Row text(String column, @Nullable String value) {
        if (value != null) {
            sender.stringColumn(column, Texts.storable(value));
        }
        return this;
    }

    /** A text of our own making. */
    Row json(String column, CharSequence value) {
        sender.stringColumn(column, value);
        return this;
    }

    /** The smallest long is the database's null, which must not be spelled out. */
    Row number(String column, long value) {
        if (value != Long.MIN_VALUE) {
            sender.longColumn(column, value);
        }
        return this;
    }

    Row ratio(String column, double value) {
        sender.doubleColumn(column, value);
        return this;
    }

    Row flag(String column, boolean value) {
        sender.boolColumn(column, value);
        return this;
    }

    Row time(String column, @Nullable Long micros) {
        if (micros != null && micros != Long.MIN_VALUE) {
            sender.timestampColumn(column, micros, ChronoUnit.MICROS);
        }
        return this;
    }

    Row price(String column, @Nullable Price value) throws DoesNotFitException {
        return exact(column, value == null ? null : value.value());
    }

    Row qty(String column, @Nullable Qty value) throws DoesNotFitException {
        return exact(column, value == null ? null : value.value());
    }

    Row average(String column, @Nullable Price value) throws DoesNotFitException {
        return decimal(column, value == null ? null : value.value(), Table.MONEY_PRECISION, Table.MONEY_SCALE);
    }

    Row money(String column, @Nullable Money value) throws DoesNotFitException {
        return decimal(column, value == null ? null : value.value(), Table.MONEY_PRECISION, Table.MONEY_SCALE);
    }

    Row exact(String column, @Nullable BigDecimal value) throws DoesNotFitException {
        return decimal(column, value, Table.EXACT_PRECISION, Table.EXACT_SCALE);
    }

    private Row decimal(String column, @Nullable BigDecimal value, int maxPrecision, int maxScale)
            throws DoesNotFitException {
        if (value == null) {
            return this;
        }
        int scale = value.scale();
        int precision = value.precision();
        // The server would refuse the whole batch for one value that is too long.
        if (scale > maxScale || precision - scale > maxPrecision - maxScale) {
            throw new DoesNotFitException(column + "=" + value.toPlainString() + " has more than "
                    + (maxPrecision - maxScale) + " digits before or " + maxScale + " after the point");
        }
        if (precision <= LONG_DIGITS && scale >= 0) {
            small.of(value.unscaledValue().longValue(), scale);
            sender.decimalColumn(column, small);
        } else {
            sender.decimalColumn(column, Decimal256.fromBigDecimal(value));
        }
        return this;
    }

    void end(long ts) {
        sender.at(ts, ChronoUnit.MICROS);
    }
}
