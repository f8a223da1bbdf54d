package papertape.pnl;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import papertape.common.ledger.Position;
import papertape.common.value.Instrument;
import papertape.common.value.Price;

/** A position in memory with what it is worth; flat ones stay for their realized profit and fees. */
final class HeldPosition {
    private final Instrument instrument;
    private Position position;
    private boolean unreported;
    private @Nullable Price mark;
    private @Nullable BigDecimal rate;
    private Valuation valuation = Valuation.NOTHING;

    HeldPosition(Instrument instrument, Holding saved, @Nullable Price mark) {
        this.instrument = instrument;
        this.position = saved.position();
        this.unreported = saved.unreported();
        this.mark = mark;
    }

    Instrument instrument() {
        return instrument;
    }

    Position position() {
        return position;
    }

    void position(Position changed) {
        position = changed;
    }

    boolean isUnreported() {
        return unreported;
    }

    void unreported(boolean changed) {
        unreported = changed;
    }

    @Nullable
    Price mark() {
        return mark;
    }

    void mark(@Nullable Price changed) {
        mark = changed;
    }

    /** Sets what one unit of the quote currency is worth in the account's; known from the account's opening on. */
    void rate(BigDecimal fixed) {
        rate = fixed;
    }

    Valuation valuation() {
        return valuation;
    }

    void revalue() {
        valuation = rate == null ? Valuation.NOTHING : Valuation.of(position, mark, rate);
    }

    Holding saved() {
        return new Holding(position, unreported);
    }
}
