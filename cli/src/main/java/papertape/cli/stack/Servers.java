package papertape.cli.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Redis;
import papertape.common.config.Config;
import papertape.common.config.DatabaseSettings;
import papertape.persistence.QuestDbServer;
import papertape.persistence.StackTable;

/**
 * What a stack's services need beside them: Redis, the database, the simulated venue. Starts those that are not given, and
 * puts into the services' environment where each of them is.
 */
final class Servers {
    static final String VENUE = "venue";
    static final String DATABASE = "questdb";
    static final String DASHBOARD = "dashboard";
    static final Jvm.Needs DASHBOARD_NEEDS = new Jvm.Needs(96, true, true);
    static final Jvm.Needs VENUE_NEEDS = new Jvm.Needs(128, true, true);

    private static final long STOP_MS = 2_500;
    private static final int MOST_MOVES = 20;
    private static final int REDIS_PORT = 6379;
    private static final int QUESTDB_HTTP_PORT = 9000;
    private static final int QUESTDB_PG_PORT = 8812;

    private final Home home;
    private final StackOptions options;
    private final Consumer<String> say;
    private final Map<String, String> environment;
    private final Ports ports = new Ports();
    private final List<Child> all = new ArrayList<>();
    private @Nullable Child redis;
    private @Nullable Child database;
    private @Nullable Child venue;
    private int moves;
    private int redisPort;
    private List<Integer> databasePorts = List.of();
    private List<Integer> venuePorts = List.of();
    private UnaryOperator<String> route = UnaryOperator.identity();
    /** Of the servers that are the stack's own; those that were given have theirs from whoever gave them. */
    private @Nullable Credentials redisCredentials;

    private @Nullable Credentials databaseCredentials;
    private String redisUrl = "";
    private String venueUrl = "";
    private int dashboardPort;
    private String dashboardUrl = "";

    Servers(Home home, StackOptions options, Consumer<String> say, Map<String, String> environment) {
        this.home = home;
        this.options = options;
        this.say = say;
        this.environment = environment;
    }

    void startRedis(Config config, UnaryOperator<String> route) throws IOException {
        this.route = route;
        redisUrl = given(options.redisUrl(), config.redis().url().value());
        if (redisUrl.isEmpty()) {
            redisCredentials = Credentials.of(home);
            redis = startRedis(config, redisCredentials);
        }
        String trustStore = config.redis().trustStore();
        if (!trustStore.isEmpty()) {
            // the commands that find it in the stack's file may be run in another folder
            environment.put(
                    "PAPERTAPE_REDIS_TRUST_STORE",
                    Path.of(trustStore).toAbsolutePath().toString());
            environment.put(
                    "PAPERTAPE_REDIS_TRUST_STORE_PASSWORD",
                    config.redis().trustStorePassword().value());
        }
    }

    /** Where a server runs already; a private stack, as a replay's, never works on the servers of the user's settings. */
    private String given(String asked, String configured) {
        return asked.isEmpty() && !options.isPrivate() ? configured : asked;
    }

    private Child startRedis(Config config, Credentials credentials) throws IOException {
        redisPort = port("redis", REDIS_PORT);
        redisUrl = "redis://127.0.0.1:" + redisPort;
        Path program = RedisServer.program(home);
        Path users = home.redis().resolve("users.acl");
        new RedisUsers(credentials, config.bus().namespace(), RedisServer.majorVersion(program)).write(users);
        List<String> command = new ArrayList<>(RedisServer.command(
                program, redisPort, home.redis(), config.redis().appendfsync(), home.mark()));
        command.addAll(List.of("--aclfile", users.toAbsolutePath().toString()));
        return server("redis", guarded(home.redis(), command));
    }

    /** Whether the Redis that answers is the one that was started here; of a given one there is no doubt. */
    boolean isOwn(Redis answering) {
        Child own = redis;
        if (own == null) {
            return true;
        }
        String info = Redis.text((byte[]) Objects.requireNonNull(answering.call("INFO", "server")));
        return info.lines().anyMatch(line -> line.strip().equals("process_id:" + own.pid()));
    }

    /**
     * Starts Redis on another port where another process has taken its port between the choice and the start.
     *
     * @return whether it has moved
     */
    boolean moveRedis(Config config, boolean isForeign) throws IOException {
        Child own = redis;
        if (own == null || (!isForeign && (own.isAlive() || Ports.isFree(redisPort)))) {
            return false;
        }
        if (++moves > MOST_MOVES) {
            throw new IOException("redis has not got a port to itself " + MOST_MOVES + " times, see " + own.log());
        }
        own.terminate();
        own.await(STOP_MS);
        all.remove(own);
        redis = startRedis(config, Objects.requireNonNull(redisCredentials));
        return true;
    }

    /**
     * Starts the database, or takes the one that is given.
     *
     * @param stackId of the stack whose data it has to hold
     */
    void startDatabase(Config config, String stackId) throws IOException {
        String given = given(options.databaseUrl(), config.database().url());
        if (given.isEmpty()) {
            OwnData.check(home.questdb(), stackId);
            databaseCredentials = Credentials.of(home);
            List<String> command =
                    new ArrayList<>(QuestDbServer.command(Jvm.java(), QuestDbServer.classPath(), home.questdb()));
            command.add(1, Jvm.marked(home.mark()));
            environment.put(StackTable.MARK_SETTING, home.mark());
            prepareDatabase(databaseCredentials);
            database = server(DATABASE, guarded(home.questdb(), command));
            return;
        }
        String pgUrl = config.database().pgUrl();
        if (pgUrl.isEmpty()) {
            pgUrl = "jdbc:postgresql://" + URI.create(given).getHost() + ":" + QUESTDB_PG_PORT + "/qdb";
        }
        environment.put("PAPERTAPE_DATABASE_URL", given);
        environment.put("PAPERTAPE_DATABASE_PG_URL", pgUrl);
        claim(
                new DatabaseSettings(
                        given,
                        pgUrl,
                        config.database().user(),
                        config.database().password()),
                stackId);
    }

    /** A database that cannot be reached is waited for by the persistence, which asks as well. */
    private void claim(DatabaseSettings database, String stackId) throws IOException {
        try {
            StackTable.claim(database, stackId, "");
        } catch (StackTable.Foreign e) {
            throw e;
        } catch (IOException e) {
            say.accept("the database at " + database.url() + " cannot be asked yet: " + e.getMessage());
        }
    }

    /** Finds ports for it and tells everybody. */
    private void prepareDatabase(Credentials credentials) throws IOException {
        int http = port("questdb", QUESTDB_HTTP_PORT);
        int pg = port("questdb's PostgreSQL interface", QUESTDB_PG_PORT);
        databasePorts = List.of(http, pg);
        DatabaseSettings found =
                QuestDbServer.settings(http, pg, Credentials.DATABASE, credentials.password(Credentials.DATABASE));
        QuestDbServer.prepare(home.questdb(), http, pg, found, home.mark());
        environment.put("PAPERTAPE_DATABASE_URL", found.url());
        environment.put("PAPERTAPE_DATABASE_PG_URL", found.pgUrl());
    }

    /**
     * Gives other ports to a server that has ended because others have taken its own; it is started again by the supervisor.
     *
     * @return the stage whose workers have to be started again, since they know the old ports; nothing where all is well
     */
    Optional<Stages> movePorts(Config config) throws IOException {
        if (isPushedOut(database, databasePorts)) {
            prepareDatabase(Objects.requireNonNull(databaseCredentials));
            return Optional.of(Stages.PERSISTENCE);
        }
        if (isPushedOut(venue, venuePorts)) {
            prepareVenue(config);
            return Optional.of(Stages.FEED);
        }
        return Optional.empty();
    }

    private static boolean isPushedOut(@Nullable Child server, List<Integer> ports) {
        return server != null && !server.isAlive() && !ports.stream().allMatch(Ports::isFree);
    }

    void startVenue(Config config) throws IOException {
        venueUrl = options.venueUrl();
        String kind = options.feed();
        if (kind.equals("sim") && venueUrl.isEmpty()) {
            prepareVenue(config);
            venue = server(VENUE, Jvm.command(VENUE, "papertape.sim.Main", VENUE_NEEDS, home.mark()));
        } else if (kind.equals("replay")) {
            kind = options.replayVenue();
            environment.putIfAbsent("PAPERTAPE_FEED_REPLAY", "true");
        }
        environment.put("PAPERTAPE_FEED_KIND", kind);
        if (!venueUrl.isEmpty()) {
            environment.put("PAPERTAPE_FEED_URL", venueUrl);
        }
    }

    /** Finds ports for it and tells everybody; its REST interface is on the next port. */
    private void prepareVenue(Config config) throws IOException {
        int port = port("the simulated venue", config.sim().port());
        venuePorts = List.of(port, port + 1);
        venueUrl = "ws://127.0.0.1:" + port;
        environment.put("PAPERTAPE_SIM_PORT", Integer.toString(port));
        environment.put("PAPERTAPE_SIM_ON_THIS_PORT", "true");
        environment.put("PAPERTAPE_FEED_REST_URL", "http://127.0.0.1:" + (port + 1));
        environment.put("PAPERTAPE_FEED_URL", venueUrl);
    }

    private static List<String> guarded(Path folder, List<String> command) {
        return ServerGuard.command(folder.resolve("server.lock"), command);
    }

    /** Where a service finds Redis, with its own credentials, and for the one that needs it those of the database. */
    Map<String, String> secrets(Stages stage) {
        Map<String, String> secrets = new HashMap<>();
        secrets.put("PAPERTAPE_REDIS_URL", route.apply(redisUrl(stage.text())));
        if (stage == Stages.PERSISTENCE) {
            secrets.putAll(databaseSecrets());
        }
        return secrets;
    }

    /** Empty where the database was given. */
    Map<String, String> databaseSecrets() {
        return databaseCredentials == null
                ? Map.of()
                : Map.of(
                        "PAPERTAPE_DATABASE_USER",
                        Credentials.DATABASE,
                        "PAPERTAPE_DATABASE_PASSWORD",
                        databaseCredentials.password(Credentials.DATABASE).value());
    }

    private int port(String what, int preferred) throws IOException {
        int port = ports.free(options.isPrivate() ? 0 : preferred);
        if (!options.isPrivate() && port != preferred) {
            say.accept("port " + preferred + " is taken: " + what + " uses " + port);
        }
        return port;
    }

    private Child server(String name, List<String> command) throws IOException {
        Child child = new Child(name, command, environment, home.logs());
        all.add(child);
        child.start();
        return child;
    }

    List<Child> all() {
        return all;
    }

    /** With the credentials of one of Redis' users, where the server is the stack's own. */
    String redisUrl(String user) {
        return redisCredentials == null
                ? redisUrl
                : redisUrl.replace(
                        "://",
                        "://" + user + ":" + redisCredentials.password(user).value() + "@");
    }

    /** What the dashboard's process is told: the same settings as the services, its port and what browsers must show. */
    Map<String, String> dashboardEnvironment(Config config) throws IOException {
        if (dashboardPort == 0) {
            dashboardPort = port("the dashboard", config.dashboard().port());
        }
        String token =
                Credentials.of(home).password(Credentials.DASHBOARD_TOKEN).value();
        dashboardUrl = "http://127.0.0.1:" + dashboardPort + "/#token=" + token;
        Map<String, String> own = new HashMap<>(environment);
        own.put("PAPERTAPE_REDIS_URL", route.apply(redisUrl(DASHBOARD)));
        own.put("PAPERTAPE_DASHBOARD_PORT", Integer.toString(dashboardPort));
        own.put("PAPERTAPE_DASHBOARD_TOKEN", token);
        own.put("PAPERTAPE_DASHBOARD_LOGS", home.logs().toAbsolutePath().toString());
        own.putAll(databaseSecrets());
        return own;
    }

    String dashboardUrl() {
        return dashboardUrl;
    }

    /** Empty where it is the venue's own. */
    String venueUrl() {
        return venueUrl;
    }
}
