package papertape.cli.stack;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The embedded Redis: the machine's own redis-server where it is new enough, else the one that comes with the Maven
 * artifact embedded-redis.
 */
public final class RedisServer {
    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)");

    private RedisServer() {}

    /** Finds or unpacks a redis-server of version 6.2 or newer. */
    public static Path program(Home home) throws IOException {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path candidate = Path.of(folder, "redis-server");
            if (Files.isExecutable(candidate) && isNewEnough(candidate)) {
                return candidate;
            }
        }
        return unpacked(home);
    }

    private static boolean isNewEnough(Path program) throws IOException {
        Matcher version = version(program);
        if (!version.find()) {
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        return major > 6 || (major == 6 && Integer.parseInt(version.group(2)) >= 2);
    }

    private static Matcher version(Path program) throws IOException {
        Process process = new ProcessBuilder(program.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        return VERSION.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    /** The first part of the server's version. */
    static int majorVersion(Path program) throws IOException {
        Matcher version = version(program);
        if (!version.find()) {
            throw new IOException(program + " does not say its version");
        }
        return Integer.parseInt(version.group(1));
    }

    private static Path unpacked(Home home) throws IOException {
        String resource = resource();
        Path program = home.programs().resolve("redis-server");
        if (Files.isExecutable(program)) {
            return program;
        }
        try (@Nullable InputStream in = RedisServer.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IOException("no redis-server 6.2 or newer on the PATH, and " + resource
                        + " is not on the class path; install redis-server, or use --redis URL");
            }
            Path fresh = Files.createTempFile(home.programs(), "redis", ".new");
            Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
            if (!fresh.toFile().setExecutable(true)) {
                throw new IOException(fresh + " cannot be made executable");
            }
            Files.move(fresh, program, StandardCopyOption.REPLACE_EXISTING);
        }
        return program;
    }

    private static String resource() throws IOException {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean isArm = arch.contains("aarch64") || arch.contains("arm64");
        if (os.contains("linux")) {
            return isArm ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
        }
        if (os.contains("mac")) {
            return isArm ? "redis-server-6.2.6-v5-darwin-arm64" : "redis-server-6.2.6-v5-darwin-amd64";
        }
        throw new IOException("no embedded Redis for " + os + " " + arch + "; use --redis URL");
    }

    /**
     * The command of a server on the loopback address that keeps an append-only file.
     *
     * @param mark stays the end of one of the process's arguments
     */
    public static List<String> command(Path program, int port, Path dir, String appendfsync, String mark) {
        return List.of(
                program.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                dir.toString(),
                // its arguments stay as they are, so that others see whose server it is
                "--set-proc-title",
                "no",
                "--pidfile",
                dir.resolve(mark).toString(),
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                appendfsync,
                "--auto-aof-rewrite-min-size",
                "512mb",
                // compressing it took as much of a core as serving a third of all commands
                "--rdbcompression",
                "no",
                // what is published reaches services with small heaps whole
                "--proto-max-bulk-len",
                "16mb",
                "--maxmemory-policy",
                "noeviction",
                // a subscriber that is this far behind is cut off and fills the hole from the journal
                "--client-output-buffer-limit",
                "pubsub",
                "64mb",
                "32mb",
                "10",
                "--hz",
                "10",
                "--loglevel",
                "notice");
    }
}
