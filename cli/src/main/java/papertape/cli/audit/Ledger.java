package papertape.cli.audit;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import papertape.common.message.Account;
import papertape.common.message.Execution;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/** An account's cash and positions, added up from its events and fills alone. */
final class Ledger {
    private final LedgerBasis basis;
    private String currency = "USD";
    private Money deposits = Money.ZERO;
    private Money withdrawals = Money.ZERO;
    private final SortedMap<Instrument, Money> flows = new TreeMap<>();
    private final SortedMap<Instrument, Money> commissions = new TreeMap<>();
    private final SortedMap<Instrument, Qty> positions = new TreeMap<>();

    Ledger(LedgerBasis basis) {
        this.basis = basis;
    }

    void add(Account account) {
        Money amount = account.amount() == null ? Money.ZERO : account.amount();
        switch (Objects.requireNonNull(account.event())) {
            case OPENED -> {
                currency = account.currency() == null ? currency : account.currency();
                deposits = deposits.plus(amount);
            }
            case DEPOSITED -> deposits = deposits.plus(amount);
            case WITHDRAWN -> withdrawals = withdrawals.plus(amount);
            case LIMITS_SET, REDUCING, HALTED, RESUMED, REFUSED -> {
                // no money moves
            }
        }
    }

    void add(Execution fill) {
        Instrument instrument = fill.instrument();
        Money value = Objects.requireNonNull(fill.lastPx()).times(fill.lastQty());
        flows.merge(instrument, fill.side() == Side.BUY ? value.negated() : value, Money::plus);
        commissions.merge(instrument, fill.commission(), Money::plus);
        positions.merge(instrument, fill.lastQty().signed(fill.side()), Qty::plus);
    }

    Money deposits() {
        return deposits;
    }

    Money withdrawals() {
        return withdrawals;
    }

    /** Deposits less withdrawals, plus what was sold, less what was bought and fees; in the account's currency. */
    Money cash() {
        return deposits.minus(withdrawals).plus(sum(flows)).minus(fees());
    }

    Money fees() {
        return sum(commissions);
    }

    private Money sum(SortedMap<Instrument, Money> amounts) {
        Money sum = Money.ZERO;
        for (var each : amounts.entrySet()) {
            BigDecimal rate = basis.rate(each.getKey(), currency);
            sum = sum.plus(each.getValue().scaledBy(rate));
        }
        return sum;
    }

    Qty position(Instrument instrument) {
        return positions.getOrDefault(instrument, Qty.ZERO);
    }

    SortedMap<Instrument, Qty> positions() {
        return positions;
    }
}
