package papertape.cli.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How this stack's Java processes are run: the JDK that runs the command line, its class path, flags for small services. */
final class Jvm {
    private Jvm() {}

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    static String classPath() {
        return System.getProperty("java.class.path");
    }

    /**
     * @param name of the stage, which {@code PAPERTAPE_JAVA_OPTS_<NAME>} gives further flags; {@code PAPERTAPE_JAVA_OPTS}
     *     gives them to all
     * @param heapMb most memory of the Java heap
     * @param compactHeaders smaller objects; not for code that knows the layout of objects, as QuestDB's client does
     */
    static List<String> command(
            String name, String mainClass, int heapMb, boolean compactHeaders, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                java().toString(),
                "-Xms16m",
                "-Xmx" + heapMb + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                compactHeaders ? "-XX:+UseCompactObjectHeaders" : "-XX:-UseCompactObjectHeaders",
                "-XX:ReservedCodeCacheSize=32m",
                "-XX:MaxMetaspaceSize=64m",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(extra("PAPERTAPE_JAVA_OPTS"));
        command.addAll(extra("PAPERTAPE_JAVA_OPTS_" + name.toUpperCase(Locale.ROOT)));
        command.addAll(List.of("-cp", classPath(), mainClass));
        command.addAll(arguments);
        return command;
    }

    /** Further flags from the environment, separated by blanks: for a profiler, or other memory. */
    private static List<String> extra(String variable) {
        String flags = System.getenv().getOrDefault(variable, "").strip();
        return flags.isEmpty() ? List.of() : List.of(flags.split("\\s+", -1));
    }
}
