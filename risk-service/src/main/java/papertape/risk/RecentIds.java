package papertape.risk;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import papertape.common.stage.StateTable;
import papertape.common.value.AccountId;
import papertape.common.value.OrderId;

/**
 * The last {@value #WINDOW} order ids of an account, approved or denied, so that none is used twice. Ids of open orders
 * are known beyond that; an id that is older than the window and whose order has ended is forgotten.
 */
final class RecentIds {
    static final int WINDOW = 100_000;

    private final AccountId account;
    private final StateTable<Key, String> slots;
    private final Set<String> known = new HashSet<>();

    RecentIds(AccountId account, StateTable<Key, String> slots) {
        this.account = account;
        this.slots = slots;
        for (Map.Entry<Key, String> entry :
                slots.entries().tailMap(new Key(account, "")).entrySet()) {
            if (!entry.getKey().account().equals(account)) {
                break;
            }
            known.add(entry.getValue());
        }
    }

    boolean contains(OrderId id) {
        return known.contains(id.value());
    }

    /** Adds an id that is not known yet, the {@code number}th of the account; the oldest makes room. */
    void add(OrderId id, long number) {
        Key slot = new Key(account, Long.toString(number % WINDOW));
        String oldest = slots.get(slot);
        if (oldest != null) {
            known.remove(oldest);
        }
        known.add(id.value());
        slots.put(slot, id.value());
    }
}
