package papertape.sim;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The channel that tells which orders the venue takes: one message with all products and currencies to each subscriber, at
 * its subscription, at each change, and at an interval. Beside the order flow and its time. Used by the venue's thread only.
 */
final class StatusChannel {
    static final String WORD = "status";

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final List<SimInstrument> instruments;
    private final Subscribers subscribers;
    private final ProductState[] states;
    private long sentNanos = System.nanoTime();

    StatusChannel(List<SimInstrument> instruments, Subscribers subscribers) {
        this.instruments = instruments;
        this.subscribers = subscribers;
        this.states = new ProductState[instruments.size()];
        Arrays.fill(states, ProductState.ONLINE);
    }

    void set(int instrument, ProductState state) {
        states[instrument] = state;
    }

    String describe(int instrument) {
        return states[instrument].describe(instruments.get(instrument));
    }

    void greet(ClientSession session) {
        subscribers.say(session, text());
    }

    void sendWhenDue(long nowNanos) {
        if (nowNanos - sentNanos >= INTERVAL_NANOS) {
            send();
        }
    }

    void send() {
        sentNanos = System.nanoTime();
        subscribers.sayToAll(session -> session.wantsStatus, this::text);
    }

    private String text() {
        StringBuilder text = new StringBuilder("{\"type\":\"status\",\"products\":[");
        Set<String> currencies = new LinkedHashSet<>();
        for (int i = 0; i < states.length; i++) {
            text.append(i == 0 ? "" : ",").append(describe(i));
            currencies.add(instruments.get(i).settings().base());
            currencies.add(instruments.get(i).settings().quote());
        }
        text.append("],\"currencies\":[");
        String comma = "";
        for (String currency : currencies) {
            text.append(comma).append("{\"id\":\"").append(currency).append("\",\"status\":\"online\",\"details\":");
            text.append("{\"type\":\"crypto\"}}");
            comma = ",";
        }
        return text.append("]}").toString();
    }
}
