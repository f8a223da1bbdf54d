package papertape.cli.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import papertape.cli.look.Patience;
import papertape.cli.stack.Home;
import papertape.cli.stack.StackFile;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
import papertape.common.config.RedisSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which running stack a command means: the one of the folder, unless a Redis is named. */
public final class Target {
    private static final String REDIS_URL = "PAPERTAPE_REDIS_URL";

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "The stack's folder (default: .papertape in the project's root, or PAPERTAPE_HOME).")
    @Nullable
    Path folder;

    @Option(
            names = "--redis",
            paramLabel = "URL",
            description = {
                "The stack's Redis (default: the running stack's own). A URL with a password belongs into"
                        + " PAPERTAPE_REDIS_URL: arguments can be read by every user of the machine."
            })
    @Nullable
    String redisUrl;

    public Home home() {
        if (folder != null) {
            return new Home(folder);
        }
        String home = System.getenv("PAPERTAPE_HOME");
        if (home != null && !home.isBlank()) {
            return new Home(Path.of(home));
        }
        String root = System.getenv().getOrDefault("PAPERTAPE_ROOT", ".");
        return new Home(Path.of(root, ".papertape"));
    }

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    private boolean isChanging;
    /** Of the Redis that was named and the folder's stack; null before Redis has been asked. */
    private @Nullable Optional<Mismatch> mismatch;

    /**
     * What the folder says of a stack, whether or not it still runs; nothing where the Redis that was named holds the data of
     * another one.
     */
    public Optional<StackFile> stackFile() throws IOException {
        Optional<StackFile> stack = StackFile.read(home());
        return stack.isEmpty() || mismatch(stack.get()).isPresent() ? Optional.empty() : stack;
    }

    private Optional<Mismatch> mismatch(StackFile stack) {
        Optional<Mismatch> known = mismatch;
        if (known == null) {
            known = redisUrl == null
                    ? Optional.empty()
                    : Mismatch.find(
                            home(), stack, ConfigReader.defaults(with(stack)), ConfigReader.defaults(environment()));
            mismatch = known;
            known.filter(found -> !isChanging).ifPresent(found -> say(found.note()));
        }
        return known;
    }

    private void say(String line) {
        if (spec == null) {
            System.err.println(line);
        } else {
            spec.commandLine().getErr().println(line);
            spec.commandLine().getErr().flush();
        }
    }

    /**
     * For a command that changes something, before it asks for anything else.
     *
     * @throws Failure when the Redis that was named holds the data of another stack than the folder's
     */
    Target toChange() throws IOException {
        isChanging = true;
        Optional<Mismatch> found = StackFile.read(home()).flatMap(this::mismatch);
        if (found.isPresent()) {
            throw new Failure(found.get().refusal());
        }
        return this;
    }

    /** The venue of the running stack's feed; that of the simulation where none runs. */
    String venue() throws IOException {
        return stackFile()
                .map(StackFile::feed)
                .map(feed -> feed.replace("-rest", ""))
                .orElse("sim");
    }

    /** The running stack's settings. */
    public Config config() throws IOException {
        return ConfigReader.defaults(stackFile().map(this::with).orElseGet(this::environment));
    }

    /** The user's own, with the Redis that was named. */
    private Map<String, String> environment() {
        Map<String, String> env = new HashMap<>(System.getenv());
        if (redisUrl != null) {
            env.put(REDIS_URL, redisUrl);
        }
        return env;
    }

    /** Adds where the folder's stack has its servers, except for a Redis that was named. */
    private Map<String, String> with(StackFile stack) {
        Map<String, String> env = environment();
        if (redisUrl == null) {
            env.put(REDIS_URL, stack.redisUrl());
        }
        if (!stack.redisTrustStore().isEmpty()) {
            env.put("PAPERTAPE_REDIS_TRUST_STORE", stack.redisTrustStore());
            env.put("PAPERTAPE_REDIS_TRUST_STORE_PASSWORD", stack.redisTrustStorePassword());
        }
        env.put("PAPERTAPE_DATABASE_URL", stack.databaseUrl());
        env.put("PAPERTAPE_DATABASE_PG_URL", stack.databasePgUrl());
        env.put("PAPERTAPE_DATABASE_USER", stack.databaseUser());
        env.put("PAPERTAPE_DATABASE_PASSWORD", stack.databasePassword());
        if (!stack.configFiles().isEmpty()) {
            env.put(ConfigReader.FILES, stack.configFiles());
        }
        return env;
    }

    /**
     * Connects to the running stack's Redis; waits where it is being restarted.
     *
     * @throws Failure when nothing runs
     */
    public Redis connect(Config config) throws IOException {
        return patience(config).connect();
    }

    /** For what must not fail because Redis is restarted meanwhile. */
    Patience patience(Config config) throws IOException {
        RedisSettings settings = redis(config);
        if (settings.url().isEmpty()) {
            throw new Failure(
                    "no stack runs here (" + home().folder().toAbsolutePath().normalize() + File.separator
                            + "stack.json is missing); start one with papertape up, or name one with --redis URL");
        }
        Optional<StackFile> stack = stackFile();
        return new Patience(
                settings,
                Keys.of(config.bus().namespace()),
                stack.map(StackFile::stackId).orElse(""),
                stack.flatMap(StackFile::supervisorHandle).isPresent(),
                this::say);
    }

    /** Which Redis is meant, and how to reach it. */
    RedisSettings redis(Config config) {
        return config.redis();
    }

    public Bus bus(Config config) throws IOException {
        return new Bus(connect(config), Keys.of(config.bus().namespace()));
    }
}
