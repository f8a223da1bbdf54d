package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.cli.Main;
import papertape.cli.stack.Home;
import papertape.cli.stack.StackFile;
import papertape.common.bus.Redis;
import papertape.common.config.RedisSettings;

/**
 * A whole stack over TLS on a Redis with a password: it works, the password shows nowhere, and who does not have it changes
 * nothing.
 */
class SecretsTest {
    private static final String PASSWORD = "p@ss/hunter2";
    private static final String IN_URL = "p%40ss%2Fhunter2";
    private static final String API_SECRET = "hunter2-api";
    private static final String SECRET = "hunter2";
    private static final String BTC = "SIM:BTC-USD";
    private static final List<List<String>> CHANGES = List.of(
            List.of("order", "buy", "0.001", BTC),
            List.of("cancel", "an-order", "--account", "demo"),
            List.of("replace", "an-order", "--qty", "1", "--account", "demo"),
            List.of("halt"),
            List.of("resume"),
            List.of("account", "deposit", "demo", "1"),
            List.of("scale", "etl=2"));

    @TempDir
    Path folder;

    private record Said(int code, String text) {}

    @Test
    void theStackWorksOverTlsAndThePasswordIsShownToNobody() throws Exception {
        try (SecuredServer redis = new SecuredServer(folder.resolve("server"), PASSWORD)) {
            Path home = folder.resolve("home");
            Said up = up(redis, home);
            assertThat(up.text()).contains("the stack is up").doesNotContain(SECRET);
            assertThat(up.code()).isZero();
            try {
                await(home, "status", "etl +1 +8/8");
                // it is started last, and each is to have said something
                await(home, "status", "persistence +1 +8/8");
                assertThat(run(home, "tail", "ticks", "--count", "3").text()).contains("\"type\":");
                await(home, "status", "demo +\\(all\\)");
                nothingShows(home);
                nobodyElseChangesAnything(redis, home);
                theOwnerDoes(home);
                nothingShows(home);
            } finally {
                assertThat(run(home, "down").text()).contains("stopped");
            }
        }
    }

    @Test
    void aWrongPasswordIsRefusedWithoutBeingShown() throws Exception {
        try (SecuredServer redis = new SecuredServer(folder.resolve("server"), PASSWORD)) {
            Said up = process(redis, "up", "--redis", redis.url(":hunter2-wrong@"), "--home", folder.resolve("h") + "");
            assertThat(up.text()).contains("WRONGPASS").doesNotContain(SECRET);
            assertThat(up.code()).isEqualTo(1);
        }
    }

    @Test
    void a_stack_on_servers_of_its_own_makes_passwords_wants_them_and_shows_them_nowhere() throws Exception {
        Path home = folder.resolve("home");
        Said up = process(Map.of("PAPERTAPE_SIM_RATE_PER_SECOND", "50"), "up", "--detach", "--home", home.toString());
        assertThat(up.text()).contains("the stack is up");
        try {
            await(home, "status", "persistence +1 +8/8");
            StackFile stack = StackFile.read(new Home(home)).orElseThrow();
            String server = stack.redisUrl().replaceAll("//.*@", "//");
            assertThatThrownBy(() -> Redis.connect(RedisSettings.at(server), "test"))
                    .isInstanceOf(Redis.Refused.class)
                    .hasMessageContaining("NOAUTH");
            HttpRequest drop = HttpRequest.newBuilder(
                            URI.create(stack.databaseUrl() + "/exec?query=drop%20table%20trades"))
                    .header("Origin", "https://evil.example")
                    .build();
            assertThat(status(drop)).isEqualTo(401);
            List<String> passwords = Files.readAllLines(new Home(home).credentialsFile()).stream()
                    .map(line -> line.substring(line.indexOf('=') + 1))
                    .toList();
            assertThat(passwords).hasSize(13);
            nothingShows(home, passwords, 13);
            Said env = run(home, "env");
            assertThat(env.text()).contains("export REDISCLI_AUTH='", "export PGPASSWORD='" + stack.databasePassword());
            assertThat(run(home, "audit").text()).contains("the audit holds");
        } finally {
            assertThat(run(home, "down").text()).contains("stopped");
        }
    }

    /** The answer to a request; the server may still be starting. */
    private static int status(HttpRequest request) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (true) {
                try {
                    return client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode();
                } catch (ConnectException e) {
                    assertThat(System.nanoTime()).isLessThan(deadline);
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            }
        }
    }

    /** As a user starts it: a process that returns when all is up. */
    private static Said up(SecuredServer redis, Path home) throws Exception {
        return process(redis, "up", "--detach", "--redis", redis.url(":" + IN_URL + "@"), "--home", home.toString());
    }

    private static Said process(SecuredServer redis, String... words) throws Exception {
        return process(
                Map.of(
                        "PAPERTAPE_REDIS_TRUST_STORE",
                        redis.trustStore().toString(),
                        "PAPERTAPE_REDIS_TRUST_STORE_PASSWORD",
                        SecuredServer.STORE_PASSWORD,
                        "PAPERTAPE_FEED_API_SECRET",
                        API_SECRET,
                        "PAPERTAPE_SIM_PORT",
                        "0",
                        "PAPERTAPE_SIM_RATE_PER_SECOND",
                        "50"),
                words);
    }

    private static Said process(Map<String, String> environment, String... words) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("papertape.cli.Main");
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // not among the arguments: those of a process can only be read again while they are short
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return new Said(process.exitValue(), said);
    }

    private static void nothingShows(Path home) throws IOException {
        assertThat(StackFile.read(new Home(home)).orElseThrow().redisUrl()).contains(IN_URL);
        nothingShows(home, List.of(SECRET, SecuredServer.STORE_PASSWORD), 11);
    }

    /** @param processes that the stack has at least */
    private static void nothingShows(Path home, List<String> secrets, int processes) throws IOException {
        StackFile stack = StackFile.read(new Home(home)).orElseThrow();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(new Home(home).stackFile())))
                .isEqualTo("rw-------");
        Map<String, String> shown = new TreeMap<>();
        for (ProcessHandle each : processes(stack)) {
            // the server's arguments are the test's own
            shown.put("arguments of " + each.pid(), Files.readString(Path.of("/proc/" + each.pid() + "/cmdline")));
        }
        assertThat(shown).hasSizeGreaterThanOrEqualTo(processes);
        try (Stream<Path> logs = Files.walk(new Home(home).logs())) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                shown.put(log.toString(), Files.readString(log));
            }
        }
        // the dashboard's address is there to be opened, and has its token
        shown.put("status", run(home, "status").text().replaceAll("(?m)^dashboard http.*#token=\\w+$", ""));
        shown.put("status --json", run(home, "status", "--json").text());
        assertThat(shown).hasSizeGreaterThanOrEqualTo(20);
        shown.forEach((where, text) -> assertThat(text).as(where).doesNotContain(secrets.toArray(String[]::new)));
    }

    private static List<ProcessHandle> processes(StackFile stack) {
        ProcessHandle supervisor = stack.supervisorHandle().orElseThrow();
        return Stream.concat(Stream.of(supervisor), supervisor.descendants())
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    private static void nobodyElseChangesAnything(SecuredServer redis, Path home) {
        for (String credentials : new String[] {"", ":" + "wrong" + "@", "somebody:" + IN_URL + "@"}) {
            for (List<String> change : CHANGES) {
                List<String> words = new ArrayList<>(change);
                words.add("--redis=" + redis.url(credentials));
                Said said = run(home, words.toArray(String[]::new));
                assertThat(said.text())
                        .as(String.join(" ", change))
                        .contains("wants other credentials than the URL has")
                        .contains(credentials.isEmpty() ? "NOAUTH" : "WRONGPASS")
                        .doesNotContain(SECRET);
                assertThat(said.code()).as(said.text()).isEqualTo(1);
            }
        }
        assertThat(run(home, "account", "list").text()).contains("demo").doesNotContain("halted");
    }

    private static void theOwnerDoes(Path home) {
        Said halt = run(home, "halt");
        assertThat(halt.text()).contains("demo  halted");
        assertThat(halt.code()).isZero();
        assertThat(run(home, "scale", "etl=2").text()).contains("etl has 2 workers");
    }

    private static void await(Path home, String command, String pattern) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        Said said = run(home, command);
        while (!java.util.regex.Pattern.compile(pattern).matcher(said.text()).find()) {
            assertThat(System.nanoTime()).as(said.text()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(200);
            said = run(home, command);
        }
    }

    private static Said run(Path home, String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.add("--home=" + home);
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        int code = Main.commandLine().setOut(out).setErr(out).execute(arguments.toArray(String[]::new));
        out.flush();
        return new Said(code, text.toString());
    }
}
