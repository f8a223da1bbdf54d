package papertape.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import papertape.common.runtime.ParentWatch;

/**
 * One process of the stack: started, watched, started again with growing pauses when it dies, ended by its process id. It
 * reads a pipe that this process holds, and so learns of this process's end however that comes.
 */
final class Child {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Set<String> OBEYED_BY_EVERY_JAVA =
            Set.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS");
    private static final long BACKOFF_MIN_MS = 250;
    private static final long BACKOFF_MAX_MS = 30_000;
    private static final long HEALTHY_MS = 30_000;
    /** Ends in a row after which there is no reason to believe in the next start; with the pauses some eight seconds. */
    private static final int MOST_FAILURES = 5;
    /** From here on an exit code tells that a signal has ended the process, which is not its own doing. */
    private static final int SIGNALS = 128;

    private static final long LOG_MAX_BYTES = 16L * 1024 * 1024;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private @Nullable Process process;
    private long startedAt;
    private long backoffMs = BACKOFF_MIN_MS;
    private int restarts;
    private int failures;

    Child(String name, List<String> command, Map<String, String> environment, Path logs) {
        this.name = name;
        this.command = command;
        this.environment = environment;
        this.log = logs.resolve(name + ".log");
    }

    void start() throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_MAX_BYTES) {
            Files.move(log, log.resolveSibling(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder builder = new ProcessBuilder(ofItsOwn(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // what every Java obeys is not meant for this one (the launcher removes it too)
        builder.environment().keySet().removeAll(OBEYED_BY_EVERY_JAVA);
        builder.environment().putAll(environment);
        builder.environment().put(ParentWatch.SETTING, "true");
        hangUp();
        process = builder.start();
        startedAt = System.nanoTime();
    }

    /** Closes the pipe to a process that has ended, for its guard to end as well. */
    private void hangUp() {
        if (process != null) {
            try {
                process.getOutputStream().close();
            } catch (IOException e) {
                // the other end is gone: that is what was wanted
                process.destroy();
            }
        }
    }

    /**
     * The command in a session of its own where the machine has {@code setsid}: a Ctrl-C in the terminal then reaches the one
     * that stops all in order, and not all at once.
     */
    static List<String> ofItsOwn(List<String> command) {
        if (!Files.isExecutable(SETSID)) {
            return command;
        }
        List<String> whole = new ArrayList<>();
        whole.add(SETSID.toString());
        whole.addAll(command);
        return whole;
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    long pid() {
        return process == null ? -1 : process.pid();
    }

    int restarts() {
        return restarts;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Its exit code; -1 while it runs. */
    int exitCode() {
        return process == null || process.isAlive() ? -1 : process.exitValue();
    }

    /** Starts it again if it has died and its pause is over; returns whether it did. */
    boolean restartIfDue() throws IOException {
        if (isAlive()) {
            return false;
        }
        long aliveMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
        if (aliveMs > HEALTHY_MS) {
            backoffMs = BACKOFF_MIN_MS;
        }
        if (aliveMs < backoffMs) {
            return false;
        }
        failures = aliveMs > HEALTHY_MS || exitCode() >= SIGNALS ? 0 : failures + 1;
        backoffMs = Math.min(backoffMs * 2, BACKOFF_MAX_MS);
        restart();
        return true;
    }

    /** Whether it has ended by itself each time, soon after its start. */
    boolean isHopeless() {
        return failures >= MOST_FAILURES;
    }

    int failures() {
        return failures;
    }

    void restart() throws IOException {
        restarts++;
        start();
    }

    /** Asks it to end. */
    void terminate() {
        if (process != null) {
            process.destroy();
        }
    }

    /** Waits for the end that was asked for; after that it is forced. */
    void await(long ms) {
        if (process == null) {
            return;
        }
        try {
            if (!process.waitFor(Math.max(0, ms), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                process.waitFor(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        hangUp();
    }
}
