package papertape.dashboard;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.config.Config;
import papertape.common.config.ConfigException;
import papertape.common.config.ConfigReader;
import papertape.common.config.Secret;
import papertape.common.runtime.ParentWatch;
import papertape.common.runtime.ProcessVitals;
import papertape.common.runtime.WorkerStats;
import papertape.common.text.Cause;
import papertape.dashboard.api.CandlesApi;
import papertape.dashboard.api.Connections;
import papertape.dashboard.api.CurvesApi;
import papertape.dashboard.api.ExplainApi;
import papertape.dashboard.api.Feeds;
import papertape.dashboard.api.LogsApi;
import papertape.dashboard.api.OrdersApi;
import papertape.dashboard.api.PerformanceApi;
import papertape.dashboard.api.SetupApi;
import papertape.dashboard.api.StrategiesApi;
import papertape.dashboard.api.TradeApi;
import papertape.dashboard.model.ChannelReader;
import papertape.dashboard.model.Model;
import papertape.dashboard.model.StatusPoller;
import papertape.dashboard.web.Routes;
import papertape.dashboard.web.WebServer;

/** Wires the dashboard and runs it until SIGTERM. It keeps no state: a start reads the journals. */
final class Dashboard {
    /** Environment variable: what a browser must show; given by who starts the process. */
    static final String TOKEN = "PAPERTAPE_DASHBOARD_TOKEN";
    /** Environment variable: the address to listen on; empty: loopback. */
    static final String BIND = "PAPERTAPE_DASHBOARD_BIND";

    /** Environment variable: the port under which browsers see it, where that is another one, as with a container. */
    static final String PUBLISHED = "PAPERTAPE_DASHBOARD_PUBLISHED_PORT";

    private static final int MIN_TOKEN = 16;
    private static final int BAD_CONFIGURATION = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);

    private final Map<String, String> env;
    private final CountDownLatch stopped = new CountDownLatch(1);

    Dashboard(Map<String, String> env) {
        this.env = env;
    }

    void run(String[] args) {
        ParentWatch.start(env);
        try {
            if (args.length > 0) {
                throw new ConfigException(
                        List.of("dashboard-service takes no arguments; settings come from PAPERTAPE_CONFIG"));
            }
            serve(ConfigReader.defaults(env));
        } catch (ConfigException e) {
            LOG.atError().log(e.getMessage());
            System.exit(BAD_CONFIGURATION);
        } catch (IOException e) {
            LOG.atError().addKeyValue("cause", Cause.of(e)).log("the dashboard cannot listen");
            System.exit(1);
        }
    }

    private void serve(Config config) throws IOException {
        Model model = new Model(config);
        ChannelReader reader = new ChannelReader(config, model);
        StatusPoller poller = new StatusPoller(config, model);
        String worker = "dashboard-" + ProcessHandle.current().pid();
        try (WebServer server = server(config, model, reader, poller);
                ProcessVitals vitals = ProcessVitals.open(
                        env, "dashboard", worker, config.bus().leaseMs())) {
            Thread reading = Thread.ofPlatform().name("reader").daemon().start(reader);
            Thread polling = Thread.ofPlatform().name("status").daemon().start(poller);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(reader, poller, reading), "shutdown"));
            server.start();
            LOG.atInfo()
                    .addKeyValue("service", "dashboard")
                    .addKeyValue("port", server.port())
                    .log("started");
            long before = reader.in();
            while (!stopped.await(1, TimeUnit.SECONDS)) {
                long in = reader.in();
                vitals.say(reader.isConnected(), stats(worker, reader, server, in - before));
                before = in;
            }
            polling.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.atInfo().addKeyValue("service", "dashboard").log("stopped");
    }

    private static WorkerStats stats(String worker, ChannelReader reader, WebServer server, long rate) {
        SortedMap<String, Long> counters = new TreeMap<>();
        counters.put("browsers", (long) server.streams());
        counters.put("undecoded", reader.undecoded());
        long now = System.currentTimeMillis() * 1_000;
        long pid = ProcessHandle.current().pid();
        return new WorkerStats(
                "dashboard", worker, pid, now, List.of(), reader.in(), 0, rate, 0, 0, 0, 0, 0, counters, null);
    }

    private void stop(ChannelReader reader, StatusPoller poller, Thread reading) {
        reader.stop();
        poller.stop();
        reading.interrupt();
        stopped.countDown();
    }

    private WebServer server(Config config, Model model, ChannelReader reader, StatusPoller poller) throws IOException {
        Connections connections = new Connections(config, env);
        OrdersApi orders = new OrdersApi(model);
        LogsApi logs = new LogsApi(env.getOrDefault(LogsApi.FOLDER, ""));
        ExplainApi explain = new ExplainApi(connections);
        TradeApi trade = new TradeApi(connections, model);
        Routes routes = new Routes()
                .read("/api/setup", new SetupApi(config, model, reader::stackId, logs::services)::setup)
                .read("/api/curves", new CurvesApi(model)::curves)
                .read("/api/orders", orders::orders)
                .read("/api/fills", orders::fills)
                .read("/api/candles", new CandlesApi(config, model)::candles)
                .read("/api/strategies", new StrategiesApi(config, model)::strategies)
                .read("/api/performance", new PerformanceApi(config, connections)::performance)
                .read("/api/logs", logs::logs)
                .read("/api/explain", explain::explain)
                .read("/api/causes", explain::causes)
                .change("/api/order", trade::place)
                .change("/api/cancel", trade::cancel)
                .change("/api/replace", trade::replace)
                .change("/api/halt", trade::halt)
                .change("/api/resume", trade::resume);
        WebServer.Settings settings = new WebServer.Settings(
                env.getOrDefault(BIND, ""),
                config.dashboard().port(),
                published(),
                config.dashboard().hosts(),
                config.dashboard().readOnly(),
                token());
        return new WebServer(settings, routes, new Feeds(config, model, poller)::of);
    }

    private int published() {
        String text = env.getOrDefault(PUBLISHED, "").strip();
        if (!text.matches("[0-9]{0,5}")) {
            throw new ConfigException(List.of(PUBLISHED + " is not a port: " + text + " (accepted: 0 to 65535)"));
        }
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private Secret token() {
        String token = env.getOrDefault(TOKEN, "");
        if (token.length() < MIN_TOKEN) {
            throw new ConfigException(List.of(TOKEN + " needs " + MIN_TOKEN
                    + " characters or more (papertape up makes one; for containers container/make-passwords does)"));
        }
        return new Secret(token);
    }
}
