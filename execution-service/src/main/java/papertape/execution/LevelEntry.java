package papertape.execution;

import java.util.ArrayList;
import java.util.List;
import papertape.common.value.AccountId;
import papertape.common.value.Qty;

/**
 * What a level displays and what each account has taken of it (rule 9). A change of the displayed size makes a new entry,
 * which is how consumption is forgotten.
 */
record LevelEntry(Qty qty, List<Taken> taken) {
    record Taken(AccountId account, Qty qty) {}

    static LevelEntry of(Qty qty) {
        return new LevelEntry(qty, List.of());
    }

    Qty takenBy(AccountId account) {
        for (Taken one : taken) {
            if (one.account().equals(account)) {
                return one.qty();
            }
        }
        return Qty.ZERO;
    }

    LevelEntry taking(AccountId account, Qty more) {
        List<Taken> all = new ArrayList<>(taken.size() + 1);
        for (Taken one : taken) {
            if (!one.account().equals(account)) {
                all.add(one);
            }
        }
        all.add(new Taken(account, takenBy(account).plus(more)));
        return new LevelEntry(qty, List.copyOf(all));
    }
}
