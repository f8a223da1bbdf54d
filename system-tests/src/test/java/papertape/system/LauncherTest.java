package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher, {@code ./papertape}, as cron, ssh and other people's shells start it: from a checkout that is built. */
class LauncherTest {
    private static final String VERSION = "papertape 0.1.0\n";
    private static final Map<String, String> CRON = Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C");

    @TempDir
    Path folder;

    private record Said(int code, String out, String err) {}

    private Path checkout = Path.of("");

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = checkout("checkout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"})
    void variablesThatEveryJavaObeysChangeNothing(String variable) throws Exception {
        Said said = run(checkout, with(variable, "-Dx=y -Xmx1m -XX:NoSuchFlag=1"), "--version");

        assertThat(said).isEqualTo(new Said(0, VERSION, ""));
    }

    @Test
    void aJdkThatIsTooOldIsPassedOver() throws Exception {
        Path old = jdk("17.0.1");

        assertThat(run(checkout, with("JAVA_HOME", old.toString()), "--version"))
                .isEqualTo(new Said(0, VERSION, ""));
    }

    @Test
    void aJavaHomeThatIsNoneIsPassedOver() throws Exception {
        assertThat(run(checkout, with("JAVA_HOME", "/nowhere at all"), "--version"))
                .isEqualTo(new Said(0, VERSION, ""));
    }

    @Test
    void anEnvironmentWithoutHomeIsEnough() throws Exception {
        assertThat(run(checkout, Map.of("PATH", path()), "--version")).isEqualTo(new Said(0, VERSION, ""));
    }

    @Test
    void otherVariablesOfAShellChangeNothing() throws Exception {
        Map<String, String> shell = with("CLASSPATH", "/nowhere.jar");
        shell.put("CDPATH", "/:/tmp");
        shell.put("SHELLOPTS", "noclobber");
        shell.put("LANG", "tr_TR.UTF-8");
        shell.put("LC_NUMERIC", "ar_EG");

        assertThat(run(checkout, shell, "--version").out()).isEqualTo(VERSION);
    }

    @Test
    void foldersWithUmlautsWorkWhereTheLocaleIsC() throws Exception {
        Path there = checkout("pr\u00fcfung \u5e01");
        Path home = folder.resolve("\u00f6ffentlich");

        assertThat(run(there, CRON, "--version")).isEqualTo(new Said(0, VERSION, ""));
        assertThat(run(there, CRON, "down", "--home", home.toString()))
                .isEqualTo(new Said(0, "no stack runs here\n", ""));
        assertThat(run(there, CRON, "status", "--home", home.toString()).err())
                .contains(home + File.separator + "stack.json is missing");
    }

    @Test
    void aStackRunsInFoldersWithUmlautsWhereTheLocaleIsC() throws Exception {
        Map<String, String> cron = new HashMap<>(CRON);
        cron.put("JAVA_TOOL_OPTIONS", "-Dx=y");

        runsAStack(checkout("pr\u00fcfung"), cron, folder.resolve("\u00f6ffentlich"));
    }

    /** Where the machine can make such a locale: Java takes its digits from it unless it is told another. */
    @Test
    void aStackRunsWhereTheLocaleHasOtherDigits() throws Exception {
        Path locales = Files.createDirectories(folder.resolve("locales"));
        Process made = new ProcessBuilder(
                        "sh",
                        "-c",
                        "localedef -i fa_IR -f UTF-8 " + locales.resolve("fa_IR.UTF-8") + " >/dev/null 2>&1")
                .start();
        assumeThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assumeThat(locales.resolve("fa_IR.UTF-8")).exists();
        Map<String, String> persian = with("LOCPATH", locales.toString());
        persian.put("LC_ALL", "fa_IR.UTF-8");
        persian.put("JDK_JAVA_OPTIONS", "-Duser.language=fa");

        runsAStack(checkout, persian, folder.resolve("home"));
    }

    /** Every process finds its files and the class path, and writes numbers that the others read. */
    private void runsAStack(Path there, Map<String, String> environment, Path home) throws Exception {
        String dir = home.toString();
        try {
            Said up = run(there, environment, "up", "--detach", "--home", dir);
            assertThat(up.code()).as(up.toString()).isZero();
            assertThat(up.out()).contains("the stack is up");
            assertThat(up.err()).contains("ignored: J").contains("PAPERTAPE_JAVA_OPTS");
            assertThat(run(there, environment, "tail", "ticks", "--count", "3", "--home", dir)
                            .out())
                    .contains("\"type\":");
            assertThat(Files.readString(home.resolve("questdb/conf/server.conf")))
                    .containsPattern("http.net.bind.to=127.0.0.1:[0-9]+\n");
            assertThat(run(there, environment, "explain", "nobodys", "--home", dir)
                            .err())
                    .contains("unknown order");
            for (String log : List.of("etl-1.log", "persistence-1.log")) {
                assertThat(Files.readString(home.resolve("logs").resolve(log))).doesNotContain("Picked up");
            }
        } finally {
            assertThat(run(there, environment, "down", "--home", dir).code()).isZero();
        }
    }

    @Test
    void aFolderWithAColonIsRefusedWithTheReason() throws Exception {
        Said said = run(checkout("a:b"), with("X", "y"), "--version");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("has a colon in its name");
    }

    /** A folder that looks like a JDK of another version. */
    private Path jdk(String version) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        for (String name : List.of("java", "javac")) {
            Path program = bin.resolve(name);
            Files.writeString(program, "#!/bin/sh\necho 'openjdk version \"" + version + "\" 2021-10-19' >&2\n");
            assertThat(program.toFile().setExecutable(true)).isTrue();
        }
        return bin.resolveSibling("");
    }

    /** The launcher and what the build has made, in a folder of another name. */
    private Path checkout(String name) throws IOException {
        Path project = Path.of("").toAbsolutePath().resolveSibling("");
        while (!Files.exists(project.resolve("papertape"))) {
            project = project.resolveSibling("..").normalize();
        }
        Path target = Files.createDirectories(folder.resolve(name).resolve("cli/target"));
        Path launcher = folder.resolve(name).resolve("papertape");
        Files.copy(project.resolve("papertape"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(target.resolve("lib"), project.resolve("cli/target/lib"));
        Files.createSymbolicLink(target.resolve("cli-0.1.0.jar"), project.resolve("cli/target/cli-0.1.0.jar"));
        Files.createFile(target.resolve("built"));
        return folder.resolve(name);
    }

    private static Map<String, String> with(String variable, String value) {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", path(), "HOME", "/nowhere"));
        environment.put(variable, value);
        return environment;
    }

    private static String path() {
        return System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    }

    private Said run(Path checkout, Map<String, String> environment, String... words) throws Exception {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        List<String> command = new ArrayList<>(List.of("./papertape"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(checkout.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ends in time").isTrue();
        return new Said(process.exitValue(), text(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
