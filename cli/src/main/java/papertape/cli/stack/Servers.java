package papertape.cli.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Config;
import papertape.common.config.DatabaseSettings;
import papertape.persistence.QuestDbServer;

/**
 * What a stack's services need beside them: Redis, the database, the simulated venue. Starts those that are not given, and
 * puts into the services' environment where each of them is.
 */
final class Servers {
    static final String VENUE = "venue";
    static final Jvm.Needs VENUE_NEEDS = new Jvm.Needs(128, true, true);

    private static final int REDIS_PORT = 6379;
    private static final int QUESTDB_HTTP_PORT = 9000;
    private static final int QUESTDB_PG_PORT = 8812;

    private final Home home;
    private final StackOptions options;
    private final Consumer<String> say;
    private final Map<String, String> environment;
    private final Ports ports = new Ports();
    private final List<Child> all = new ArrayList<>();
    private @Nullable Child database;
    private UnaryOperator<String> route = UnaryOperator.identity();
    /** Of the servers that are the stack's own; those that were given have theirs from whoever gave them. */
    private @Nullable Credentials redisCredentials;

    private @Nullable Credentials databaseCredentials;
    private String redisUrl = "";
    private String venueUrl = "";

    Servers(Home home, StackOptions options, Consumer<String> say, Map<String, String> environment) {
        this.home = home;
        this.options = options;
        this.say = say;
        this.environment = environment;
    }

    void startRedis(Config config, UnaryOperator<String> route) throws IOException {
        String given = options.redisUrl().isEmpty() ? config.redis().url().value() : options.redisUrl();
        if (given.isEmpty()) {
            Credentials made = Credentials.of(home);
            redisCredentials = made;
            int port = port("redis", REDIS_PORT);
            given = "redis://127.0.0.1:" + port;
            Path program = RedisServer.program(home);
            Path users = home.redis().resolve("users.acl");
            new RedisUsers(made, config.bus().namespace(), RedisServer.majorVersion(program)).write(users);
            List<String> command = new ArrayList<>(RedisServer.command(
                    program, port, home.redis(), config.redis().appendfsync(), home.mark()));
            command.addAll(List.of("--aclfile", users.toAbsolutePath().toString()));
            server("redis", guarded(home.redis(), command));
        }
        redisUrl = given;
        this.route = route;
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

    /** Finds ports for it and tells everybody; it runs from {@link #startDatabase} on. */
    void prepareDatabase(Config config) throws IOException {
        String given = options.databaseUrl().isEmpty() ? config.database().url() : options.databaseUrl();
        String pgUrl = config.database().pgUrl();
        if (given.isEmpty()) {
            int http = port("questdb", QUESTDB_HTTP_PORT);
            int pg = port("questdb's PostgreSQL interface", QUESTDB_PG_PORT);
            Credentials made = Credentials.of(home);
            databaseCredentials = made;
            DatabaseSettings found =
                    QuestDbServer.settings(http, pg, Credentials.DATABASE, made.password(Credentials.DATABASE));
            QuestDbServer.prepare(home.questdb(), http, pg, found);
            List<String> command =
                    new ArrayList<>(QuestDbServer.command(Jvm.java(), QuestDbServer.classPath(), home.questdb()));
            command.add(1, Jvm.marked(home.mark()));
            database = child("questdb", guarded(home.questdb(), command));
            given = found.url();
            pgUrl = found.pgUrl();
        } else if (pgUrl.isEmpty()) {
            pgUrl = "jdbc:postgresql://" + URI.create(given).getHost() + ":" + QUESTDB_PG_PORT + "/qdb";
        }
        environment.put("PAPERTAPE_DATABASE_URL", given);
        environment.put("PAPERTAPE_DATABASE_PG_URL", pgUrl);
    }

    void startDatabase() throws IOException {
        if (database != null) {
            all.add(database);
            database.start();
        }
    }

    void startVenue(Config config) throws IOException {
        venueUrl = options.venueUrl();
        String kind = options.feed();
        if (kind.equals("sim") && venueUrl.isEmpty()) {
            int port = port("the simulated venue", config.sim().port());
            environment.put("PAPERTAPE_SIM_PORT", Integer.toString(port));
            server(VENUE, Jvm.command(VENUE, "papertape.sim.Main", VENUE_NEEDS, home.mark()));
            venueUrl = "ws://127.0.0.1:" + port;
            // its REST interface is on the next port
            environment.put("PAPERTAPE_FEED_REST_URL", "http://127.0.0.1:" + (port + 1));
        } else if (kind.equals("replay")) {
            kind = options.replayVenue();
            environment.put("PAPERTAPE_FEED_REPLAY", "true");
        }
        environment.put("PAPERTAPE_FEED_KIND", kind);
        if (!venueUrl.isEmpty()) {
            environment.put("PAPERTAPE_FEED_URL", venueUrl);
        }
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

    private void server(String name, List<String> command) throws IOException {
        Child child = child(name, command);
        all.add(child);
        child.start();
    }

    private Child child(String name, List<String> command) {
        return new Child(name, command, environment, home.logs());
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

    /** Empty where it is the venue's own. */
    String venueUrl() {
        return venueUrl;
    }
}
