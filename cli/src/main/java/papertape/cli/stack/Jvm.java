package papertape.cli.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
     * @param heapMb most memory of the Java heap
     * @param compactHeaders smaller objects; not for code that knows the layout of objects, as QuestDB's client does
     */
    static List<String> command(String mainClass, int heapMb, boolean compactHeaders, List<String> arguments) {
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
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(),
                mainClass));
        command.addAll(arguments);
        return command;
    }
}
