package papertape.dashboard.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.bus.Redis;
import papertape.common.config.Secret;
import papertape.common.text.Cause;

/** The page over HTTP: its files, requests, and a stream of events to each browser. A virtual thread for each. */
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final String API = "/api/";
    private static final String STREAM = "/api/stream";
    private static final int MAX_BODY = 65_536;
    private static final int MAX_STREAMS = 64;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int BUSY = 503;
    private static final int FAULT = 500;

    /** @param bind empty: loopback @param port 0: any free one @param published 0, or the port under which browsers see it */
    public record Settings(String bind, int port, int published, List<String> hosts, boolean readOnly, Secret token) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Access access;
    private final Routes routes;
    private final Function<Request, List<EventStream.Feed>> feeds;
    private final Assets assets = new Assets();
    private final AtomicInteger streams = new AtomicInteger();
    private volatile boolean isStopping;

    /** @param feeds what a browser asks to be told of */
    public WebServer(Settings settings, Routes routes, Function<Request, List<EventStream.Feed>> feeds)
            throws IOException {
        InetAddress address =
                settings.bind().isBlank() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(settings.bind());
        this.server = HttpServer.create(new InetSocketAddress(address, settings.port()), 0);
        this.access = new Access(
                new Token(settings.token()),
                settings.published() == 0 ? server.getAddress().getPort() : settings.published(),
                settings.hosts(),
                settings.readOnly());
        this.routes = routes;
        this.feeds = feeds;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
    }

    public void start() {
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Browsers that listen at the moment. */
    public int streams() {
        return streams.get();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            secure(exchange.getResponseHeaders());
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith(API)) {
                request(exchange, path);
            } else {
                file(exchange, path);
            }
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("cause", Cause.of(e)).log("browser is gone");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("request failed");
        }
    }

    private static void secure(Headers headers) {
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
    }

    private void file(HttpExchange exchange, String path) throws IOException {
        Access.Verdict verdict = access.file(exchange.getRequestHeaders().getFirst("Host"));
        if (verdict.status() != 0) {
            send(exchange, verdict.status(), "text/plain; charset=utf-8", bytes(verdict.reason() + "\n"));
            return;
        }
        Assets.File file = exchange.getRequestMethod().equals("GET") ? assets.find(path) : null;
        if (file == null) {
            send(exchange, NOT_FOUND, "text/plain; charset=utf-8", bytes("no such file\n"));
            return;
        }
        exchange.getResponseHeaders().set("ETag", file.etag());
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        if (file.etag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        send(exchange, 200, file.type(), file.bytes());
    }

    private void request(HttpExchange exchange, String path) throws IOException {
        boolean isChange = !exchange.getRequestMethod().equals("GET");
        Headers headers = exchange.getRequestHeaders();
        Access.Verdict verdict = access.request(new Access.Asked(
                headers.getFirst("Host"),
                headers.getFirst("Origin"),
                headers.getFirst(Token.HEADER),
                headers.getFirst("Content-Type"),
                isChange));
        if (verdict.status() != 0) {
            answer(exchange, Answer.refused(verdict.status(), verdict.reason()));
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
        Request request = new Request(query(exchange.getRequestURI().getRawQuery()), body);
        if (path.equals(STREAM) && !isChange) {
            stream(exchange, request);
        } else {
            answer(exchange, answer(path, isChange, request));
        }
    }

    private Answer answer(String path, boolean isChange, Request request) {
        Routes.Handler handler = routes.find(path, isChange);
        if (handler == null) {
            return Answer.refused(NOT_FOUND, "nothing is at " + path);
        }
        try {
            return handler.answer(request);
        } catch (IllegalArgumentException e) {
            return Answer.refused(BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (Redis.Unavailable e) {
            return Answer.refused(BUSY, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("path", path).setCause(e).log("request failed");
            return Answer.refused(FAULT, "the dashboard failed, see its log: " + Cause.of(e));
        }
    }

    private void stream(HttpExchange exchange, Request request) throws IOException {
        if (streams.incrementAndGet() > MAX_STREAMS) {
            streams.decrementAndGet();
            answer(exchange, Answer.refused(BUSY, "more than " + MAX_STREAMS + " pages are open"));
            return;
        }
        try {
            List<EventStream.Feed> wanted = feeds.apply(request);
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), MAX_BODY)) {
                new EventStream(out, wanted).run(() -> isStopping);
            }
        } catch (IllegalArgumentException e) {
            answer(exchange, Answer.refused(BAD_REQUEST, String.valueOf(e.getMessage())));
        } finally {
            streams.decrementAndGet();
        }
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new TreeMap<>();
        if (raw != null) {
            for (String part : raw.split("&")) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    query.put(
                            URLDecoder.decode(part.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
                }
            }
        }
        return query;
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        send(exchange, answer.status(), "application/json; charset=utf-8", bytes(answer.json()));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        isStopping = true;
        server.stop(0);
        threads.shutdownNow();
    }
}
