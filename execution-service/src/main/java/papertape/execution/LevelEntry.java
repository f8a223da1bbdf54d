package papertape.execution;

import java.util.ArrayList;
import java.util.List;
import papertape.common.value.AccountId;
import papertape.common.value.Qty;

/**
 * What a level displays and what each account has taken of it (rule 9). What was taken stays taken while the level is
 * there, whatever size it shows, except for what the market itself has traded of it since.
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

    LevelEntry showing(Qty size) {
        return new LevelEntry(size, taken);
    }

    /**
     * The market traded that much of the level, and it shows what is left. What an account had taken were the first orders of
     * the level, and so were these: as far as the level has shrunk below what was taken, the same orders were gone twice.
     */
    LevelEntry traded(Qty volume) {
        List<Taken> left = new ArrayList<>(taken.size());
        for (Taken one : taken) {
            Qty twice = volume.min(one.qty().minus(qty).max(Qty.ZERO));
            left.add(new Taken(one.account(), one.qty().minus(twice)));
        }
        return left.equals(taken) ? this : new LevelEntry(qty, List.copyOf(left));
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
