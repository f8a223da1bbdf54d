package papertape.cli.stack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How this stack's Java processes are run: the JDK that runs the command line, its class path, flags for small services.
 *
 * <p>A process starts from an ahead-of-time cache (loaded classes, profiles of methods) where {@link Training} has made
 * one. Java checks by itself that the cache was made of these very jars and goes without it otherwise.
 */
final class Jvm {
    private Jvm() {}

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    static String classPath() {
        return System.getProperty("java.class.path");
    }

    /**
     * What a process needs.
     *
     * @param heapMb most memory of the Java heap
     * @param compactHeaders smaller objects; not for code that knows the layout of objects, as QuestDB's client does
     * @param isHot worth the second compiler
     */
    record Needs(int heapMb, boolean compactHeaders, boolean isHot) {}

    /**
     * @param name of the stage, which {@code PAPERTAPE_JAVA_OPTS_<NAME>} gives further flags; {@code PAPERTAPE_JAVA_OPTS}
     *     gives them to all
     * @param mark of the stack's folder
     */
    static List<String> command(String name, String mainClass, Needs needs, String mark) {
        List<String> command = new ArrayList<>();
        command.add(java().toString());
        command.add(marked(mark));
        command.addAll(flags(needs));
        if (Training.isUnderWay()) {
            command.add("-XX:AOTMode=record");
            command.add("-XX:AOTConfiguration=" + cache(name, "conf"));
        } else if (Files.exists(cache(name, "aot"))) {
            command.add("-XX:AOTCache=" + cache(name, "aot"));
        }
        command.addAll(extra("PAPERTAPE_JAVA_OPTS"));
        command.addAll(extra("PAPERTAPE_JAVA_OPTS_" + name.toUpperCase(Locale.ROOT)));
        command.addAll(List.of("-cp", classPath(), mainClass));
        return command;
    }

    /** An argument of a Java process that says whose it is. */
    static String marked(String mark) {
        return "-Dpapertape.home=" + mark;
    }

    /** The command that makes a process's cache of what was recorded while it ran. */
    static List<String> cacheCommand(String name, Needs needs, Path cache) {
        List<String> command = new ArrayList<>();
        command.add(java().toString());
        command.addAll(flags(needs));
        command.add("-XX:AOTMode=create");
        command.add("-XX:AOTConfiguration=" + cache(name, "conf"));
        command.add("-XX:AOTCache=" + cache);
        command.addAll(List.of("-cp", classPath()));
        return command;
    }

    /** A cache only fits a process that runs with the same flags. */
    private static List<String> flags(Needs needs) {
        return List.of(
                "-Xms16m",
                "-Xmx" + needs.heapMb + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                needs.compactHeaders ? "-XX:+UseCompactObjectHeaders" : "-XX:-UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=" + (needs.isHot ? 4 : 1),
                "-XX:ReservedCodeCacheSize=32m",
                "-XX:MaxMetaspaceSize=64m",
                // what the compilers have used and freed goes back to the machine
                "-XX:TrimNativeHeapInterval=5000",
                // half a service is worse than one that is started again
                "-XX:+ExitOnOutOfMemoryError",
                // digits that servers read, whatever the machine's locale
                "-Duser.language=en",
                "-Duser.country=US",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    }

    /** Beside the jars: a build that throws them away throws the caches away as well. */
    static Path cache(String name, String ending) {
        String first = classPath().split(File.pathSeparator, 2)[0];
        return Path.of(first).toAbsolutePath().resolveSibling("aot").resolve(name + "." + ending);
    }

    static void makeCacheFolder() throws IOException {
        Files.createDirectories(cache("any", "aot").resolveSibling(""));
    }

    /** Further flags from the environment, separated by blanks: for a profiler, or other memory. */
    private static List<String> extra(String variable) {
        String flags = System.getenv().getOrDefault(variable, "").strip();
        return flags.isEmpty() ? List.of() : List.of(flags.split("\\s+", -1));
    }
}
