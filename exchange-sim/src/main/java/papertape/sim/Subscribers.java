package papertape.sim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.java_websocket.WebSocket;
import org.jspecify.annotations.Nullable;

/** The connected clients, what they are sent and a count of it. Used by the venue's thread only. */
final class Subscribers {
    private static final int KEPT_CLOSED = 1000;

    private final Map<WebSocket, ClientSession> byConnection = new LinkedHashMap<>();
    private final List<ClientSession> sessions = new ArrayList<>();
    private final Deque<ClientSession> closed = new ArrayDeque<>();
    private final Map<String, Integer> instruments = new LinkedHashMap<>();
    /** Trades that at least one client was sent, by instrument. */
    private final long[] tradesSent;

    private final List<String> products;
    private int numbered;

    Subscribers(List<String> products) {
        this.products = products;
        this.tradesSent = new long[products.size()];
        products.forEach(product -> instruments.put(product, instruments.size()));
    }

    @Nullable
    Integer instrument(String product) {
        return instruments.get(product);
    }

    ClientSession session(WebSocket connection, VenueSocket socket) {
        ClientSession known = byConnection.get(connection);
        if (known != null) {
            return known;
        }
        ClientSession session = new ClientSession(++numbered, connection, socket, products.size());
        byConnection.put(connection, session);
        sessions.add(session);
        return session;
    }

    void closed(WebSocket connection) {
        ClientSession session = byConnection.remove(connection);
        if (session != null) {
            session.open = false;
            sessions.remove(session);
            closed.addLast(session);
            if (closed.size() > KEPT_CLOSED) {
                closed.removeFirst();
            }
        }
    }

    /**
     * Applies a request and says what came of it: a {@code subscriptions} reply, or an error that changes nothing.
     *
     * @param added hears the instruments whose book the client did not follow before, and again those it did: each
     *     subscription to the book begins with a snapshot
     */
    void request(ClientSession session, SubscribeRequest request, Consumer<Integer> added) {
        String problem = problem(request);
        if (problem != null) {
            say(session, "{\"type\":\"error\",\"message\":\"Failed to subscribe\",\"reason\":\"" + problem + "\"}");
            return;
        }
        Collection<String> asked = request.products().isEmpty() && !request.subscribe() ? products : request.products();
        for (String word : request.channels()) {
            SimChannel channel = SimChannel.of(word);
            for (String product : asked) {
                Integer instrument = instruments.get(product);
                if (channel != null && instrument != null) {
                    session.subscribed[channel.ordinal()][instrument] = request.subscribe();
                }
            }
        }
        if (request.channels().contains(StatusChannel.WORD)) {
            session.wantsStatus = request.subscribe();
        }
        say(session, subscriptions(session));
        if (request.subscribe()) {
            asked.forEach(product -> added.accept(instruments.get(product)));
        }
    }

    void say(ClientSession session, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        session.append(bytes, bytes.length);
    }

    void sayToAll(Predicate<ClientSession> wanting, Supplier<String> text) {
        List<ClientSession> listeners = sessions.stream()
                .filter(session -> session.open && wanting.test(session))
                .toList();
        if (!listeners.isEmpty()) {
            String said = text.get();
            listeners.forEach(session -> say(session, said));
        }
    }

    boolean anyone(SimChannel channel, int instrument) {
        for (ClientSession session : sessions) {
            if (session.open && session.wants(channel, instrument)) {
                return true;
            }
        }
        return false;
    }

    void deliver(int instrument, SimChannel channel, byte[] text, int length, boolean genuine) {
        boolean trade = genuine && channel == SimChannel.MATCHES;
        boolean sent = false;
        for (ClientSession session : sessions) {
            if (session.open && session.wants(channel, instrument)) {
                session.append(text, length);
                session.trades[instrument] += trade ? 1 : 0;
                sent = true;
            }
        }
        if (trade && sent) {
            tradesSent[instrument]++;
        }
    }

    boolean everyProductIsSubscribed() {
        for (int i = 0; i < products.size(); i++) {
            int instrument = i;
            if (sessions.stream().noneMatch(session -> session.open && session.wantsAnything(instrument))) {
                return false;
            }
        }
        return true;
    }

    /** Some client that reads too slowly for more; null: none. */
    @Nullable
    ClientSession full() {
        for (ClientSession session : sessions) {
            if (session.open && session.isFull()) {
                return session;
            }
        }
        return null;
    }

    void flush() {
        for (ClientSession session : sessions) {
            if (session.open) {
                session.flush();
            }
        }
    }

    /** @param instrument negative: of any */
    void drop(int instrument) {
        for (ClientSession session : List.copyOf(sessions)) {
            if (session.open && (instrument < 0 || session.wantsAnything(instrument))) {
                session.drop("dropped on demand");
            }
        }
    }

    /** Trades printed and sent by product, then by connection. */
    String stats(OrderFlow flow) {
        StringBuilder text = new StringBuilder(1024);
        text.append("{\"messages\":").append(flow.messages()).append(",\"products\":{");
        for (int i = 0; i < products.size(); i++) {
            text.append(i == 0 ? "\"" : ",\"").append(products.get(i)).append("\":{\"trades\":");
            text.append(flow.trades(i)).append(",\"lastTradeId\":").append(flow.lastTradeId(i));
            text.append(",\"tradesSent\":").append(tradesSent[i]);
            text.append(",\"sequence\":").append(flow.sequence(i)).append('}');
        }
        text.append("},\"connections\":[");
        closed.forEach(session -> stats(text, session));
        sessions.forEach(session -> stats(text, session));
        if (text.charAt(text.length() - 1) == ',') {
            text.setLength(text.length() - 1);
        }
        return text.append("]}").toString();
    }

    private void stats(StringBuilder text, ClientSession session) {
        text.append("{\"connection\":")
                .append(session.number)
                .append(",\"open\":")
                .append(session.open);
        text.append(",\"messages\":").append(session.messages).append(",\"trades\":{");
        String separator = "";
        for (int i = 0; i < products.size(); i++) {
            if (session.trades[i] > 0 || session.wants(SimChannel.MATCHES, i)) {
                text.append(separator)
                        .append('"')
                        .append(products.get(i))
                        .append("\":")
                        .append(session.trades[i]);
                separator = ",";
            }
        }
        text.append("}},");
    }

    private @Nullable String problem(SubscribeRequest request) {
        for (String word : request.channels()) {
            if (SimChannel.of(word) == null && !word.equals(StatusChannel.WORD)) {
                return "a channel is not one of level2, level2_batch, matches, ticker, heartbeat, status";
            }
        }
        for (String product : request.products()) {
            if (!instruments.containsKey(product)) {
                return "a product is not one of " + String.join(", ", products);
            }
        }
        boolean isStatusAlone = request.channels().equals(Set.of(StatusChannel.WORD));
        boolean empty = request.channels().isEmpty()
                || (request.subscribe() && request.products().isEmpty() && !isStatusAlone);
        return empty ? "product_ids and channels are needed" : null;
    }

    private String subscriptions(ClientSession session) {
        StringBuilder text = new StringBuilder("{\"type\":\"subscriptions\",\"channels\":[");
        for (SimChannel channel : SimChannel.values()) {
            Set<String> wanted = new LinkedHashSet<>(products);
            wanted.removeIf(product -> !session.wants(channel, instruments.getOrDefault(product, 0)));
            if (!wanted.isEmpty()) {
                text.append(text.charAt(text.length() - 1) == '}' ? "," : "");
                text.append("{\"name\":\"").append(channel.word).append("\",\"product_ids\":[\"");
                text.append(String.join("\",\"", wanted)).append("\"]}");
            }
        }
        if (session.wantsStatus) {
            text.append(text.charAt(text.length() - 1) == '}' ? "," : "");
            text.append("{\"name\":\"").append(StatusChannel.WORD).append("\",\"product_ids\":[\"\"]}");
        }
        return text.append("]}").toString();
    }
}
