package papertape.risk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import papertape.common.stage.StateTable;
import papertape.common.value.AccountId;

/**
 * An account's requests of the last second of event time, for the checks of rates and repeats. Requests of several
 * sources may stand out of order: the distance in time counts, either way.
 */
final class RequestWindow {
    static final long MICROS = 1_000_000;

    /** Makes all numbers equally long, so that their texts sort as they do. */
    private static final long OFFSET = 1_000_000_000_000_000_000L;

    private final AccountId account;
    private final StateTable<Key, Submission> saved;
    private final Deque<Submission> recent = new ArrayDeque<>();
    private long first;
    private long next;

    RequestWindow(AccountId account, StateTable<Key, Submission> saved) {
        this.account = account;
        this.saved = saved;
        for (Map.Entry<Key, Submission> entry :
                saved.entries().tailMap(new Key(account, "")).entrySet()) {
            if (!entry.getKey().account().equals(account)) {
                break;
            }
            long number = Long.parseLong(entry.getKey().name()) - OFFSET;
            first = recent.isEmpty() ? number : first;
            next = number + 1;
            recent.add(entry.getValue());
        }
    }

    /** Adds a request; more than {@code most} are not kept. */
    void add(Submission request, int most) {
        while (!recent.isEmpty()
                && (recent.size() >= most || request.ts() - recent.getFirst().ts() >= MICROS)) {
            recent.removeFirst();
            saved.remove(key(first++));
        }
        recent.addLast(request);
        saved.put(key(next++), request);
    }

    /** Whether the second around {@code ts} holds this many requests or more. */
    boolean holds(int limit, long ts) {
        if (recent.size() < limit) {
            return false;
        }
        int count = 0;
        for (Submission request : recent) {
            count += isNear(request, ts) ? 1 : 0;
        }
        return count >= limit;
    }

    /** How often the same terms were sent in the second around {@code ts}. */
    int repeats(String terms, long ts) {
        int count = 0;
        for (Submission request : recent) {
            count += isNear(request, ts) && request.terms().equals(terms) ? 1 : 0;
        }
        return count;
    }

    private static boolean isNear(Submission request, long ts) {
        return Math.abs(ts - request.ts()) < MICROS;
    }

    private Key key(long number) {
        return new Key(account, Long.toString(OFFSET + number));
    }
}
