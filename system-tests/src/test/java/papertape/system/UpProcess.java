package papertape.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The command line as a user runs it: a process of its own, on the stack of a folder. */
final class UpProcess {
    private UpProcess() {}

    static Process start(Path home, Path log, Map<String, String> environment, String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("papertape.cli.Main");
        command.addAll(List.of(words));
        command.add("--home=" + home);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Process ids of the servers that run in a folder: Redis or QuestDB, whoever has started them. */
    static List<Long> servers(Path folder, String program) throws IOException {
        List<Long> found = new ArrayList<>();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            for (ProcessHandle each : all.toList()) {
                List<String> arguments = arguments(each.pid());
                // not the shell that guards it, whose arguments are the server's after its own
                if (!arguments.getFirst().endsWith("sh")
                        && !arguments.getFirst().endsWith("setsid")
                        && arguments.contains(folder.toString())
                        && arguments.stream().anyMatch(argument -> argument.contains(program))) {
                    found.add(each.pid());
                }
            }
        }
        return found;
    }

    private static List<String> arguments(long pid) {
        try {
            return List.of(Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0", -1));
        } catch (IOException e) {
            return List.of("");
        }
    }
}
