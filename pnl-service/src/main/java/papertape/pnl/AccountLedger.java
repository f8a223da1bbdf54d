package papertape.pnl;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.Money;

/**
 * An account in memory: its saved book, its positions, and their sum. The sum is kept by adding differences, so that a
 * mark costs the same however many positions there are; amounts are exact, so it equals a fresh sum to the last digit.
 */
final class AccountLedger {
    private final AccountId account;
    private final NavigableMap<Instrument, HeldPosition> positions = new TreeMap<>();
    private Valuation sum = Valuation.NOTHING;
    private @Nullable Book book;

    AccountLedger(AccountId account) {
        this.account = account;
    }

    AccountId account() {
        return account;
    }

    /** Absent until the account's opening was seen: fills travel on another channel and may arrive before it. */
    @Nullable
    Book book() {
        return book;
    }

    void put(Book changed) {
        book = changed;
    }

    @Nullable
    HeldPosition position(Instrument instrument) {
        return positions.get(instrument);
    }

    Collection<HeldPosition> positions() {
        return positions.values();
    }

    void add(Instrument instrument, HeldPosition held) {
        positions.put(instrument, held);
        sum = sum.plus(held.valuation());
    }

    /** Values a position anew after its quantity, its mark or its rate changed. */
    void revalue(HeldPosition held) {
        sum = sum.minus(held.valuation());
        held.revalue();
        sum = sum.plus(held.valuation());
    }

    Valuation sum() {
        return sum;
    }

    /** What is left of the flows after all purchases, sales and fees. */
    Money cash(Book current) {
        return current.flows().plus(sum.realized()).minus(sum.cost()).minus(sum.fees());
    }

    Money equity(Book current) {
        return cash(current).plus(sum.cost()).plus(sum.unrealized());
    }
}
