package papertape.sim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The venue over HTTP: Coinbase Exchange's public products, ticker, trades, book and time; besides it {@code GET /stats}
 * and {@code POST /control} for tests.
 */
final class RestInterface {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_TRADES = 1000;

    private final SimVenue venue;
    private final int instruments;
    private final HttpServer server;

    /** What a request comes to. */
    private record Answer(int status, String body) {
        static Answer ok(String body) {
            return new Answer(200, body);
        }

        static Answer wrong(int status, String message) {
            return new Answer(status, "{\"message\":\"" + message.replace('"', '\'') + "\"}");
        }
    }

    RestInterface(SimVenue venue, int port, int instruments) throws IOException {
        this.venue = venue;
        this.instruments = instruments;
        this.server = HttpServer.create(new InetSocketAddress(ListenAddress.fromEnvironment(), port), 0);
        server.createContext("/", this::handle);
    }

    void start() {
        server.start();
    }

    void stop() {
        server.stop(0);
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Answer answer;
        try {
            answer = answer(exchange);
        } catch (IllegalArgumentException e) {
            answer = Answer.wrong(400, String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            answer = Answer.wrong(503, String.valueOf(e.getMessage()));
        }
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/", -1);
        Map<String, String> query = query(exchange.getRequestURI().getQuery());
        boolean post = exchange.getRequestMethod().equals("POST");
        if (post != path[0].equals("control")) {
            return Answer.wrong(405, "Method not allowed");
        }
        return switch (path[0]) {
            case "control" -> control(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            case "stats" -> Answer.ok(venue.stats());
            case "time" ->
                Answer.ok(
                        venue.ask(texts -> texts.restTime(venue.flow().micros()).toString()));
            case "products" -> path.length == 1 ? products() : product(path, query);
            default -> Answer.wrong(404, "NotFound");
        };
    }

    private Answer control(String body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        venue.tell(new Misbehavior(
                Misbehavior.action(root.path("action").asString("")),
                root.path("product").asString(null),
                root.path("count").asInt(1),
                root.path("seconds").asDouble(0)));
        return Answer.ok("{\"ok\":true}");
    }

    private Answer products() {
        return Answer.ok(venue.ask(texts ->
                IntStream.range(0, instruments).mapToObj(venue::describe).collect(Collectors.joining(",", "[", "]"))));
    }

    private Answer product(String[] path, Map<String, String> query) {
        Integer instrument = venue.instrument(path[1]);
        if (instrument == null) {
            return Answer.wrong(404, "NotFound");
        }
        Market market = venue.flow().market(instrument);
        return switch (path.length == 2 ? "" : path[2]) {
            case "" -> Answer.ok(venue.ask(texts -> venue.describe(instrument)));
            case "ticker" ->
                Answer.ok(venue.ask(
                        texts -> texts.restTicker(market, venue.flow().micros()).toString()));
            case "trades" ->
                Answer.ok(venue.ask(texts -> texts.restTrades(market.instrument, trades(market, query))
                        .toString()));
            case "book" -> book(market, instrument, query.getOrDefault("level", "1"));
            default -> Answer.wrong(404, "NotFound");
        };
    }

    private Answer book(Market market, int instrument, String level) {
        if (!level.equals("1") && !level.equals("2")) {
            return Answer.wrong(400, "Invalid level (accepted: 1, 2)");
        }
        int depth = level.equals("1") ? CoinbaseText.BEST_ONLY : CoinbaseText.ALL_LEVELS;
        return Answer.ok(venue.ask(texts -> texts.restBook(
                        market,
                        depth,
                        venue.flow().sequence(instrument),
                        venue.flow().micros())
                .toString()));
    }

    /** The latest first; {@code before}: newer than that id, {@code after}: older. */
    private static List<PrintedTrade> trades(Market market, Map<String, String> query) {
        long newerThan = number(query, "before", 0);
        long olderThan = number(query, "after", Long.MAX_VALUE);
        long limit = Math.min(number(query, "limit", MOST_TRADES), MOST_TRADES);
        List<PrintedTrade> trades = new ArrayList<>();
        Iterator<PrintedTrade> latestFirst = market.trades.descendingIterator();
        while (latestFirst.hasNext() && trades.size() < limit) {
            PrintedTrade trade = latestFirst.next();
            if (trade.tradeId() > newerThan && trade.tradeId() < olderThan) {
                trades.add(trade);
            }
        }
        return trades;
    }

    private static long number(Map<String, String> query, String name, long absent) {
        String text = query.get(name);
        try {
            return text == null ? absent : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is not a number", e);
        }
    }

    private static Map<String, String> query(@Nullable String text) {
        Map<String, String> query = new LinkedHashMap<>();
        if (text != null) {
            for (String pair : text.split("&", -1)) {
                int equals = pair.indexOf('=');
                query.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
            }
        }
        return query;
    }
}
