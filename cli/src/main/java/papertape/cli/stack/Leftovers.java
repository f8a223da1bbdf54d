package papertape.cli.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Processes of a folder's stack that have outlived their supervisor. A process is one of them when its command line, as it
 * is at this moment, runs one of our programs and carries the folder's mark, or when it runs one of our programs and is the
 * very process (id and start time) of the stack's file. Any other process that has such an id by now is left alone.
 */
public final class Leftovers {
    private static final long SERVICES_MS = 10_000;
    private static final long SERVERS_MS = 15_000;
    private static final long KILLED_MS = 3_000;
    private static final long POLL_MS = 20;
    private static final List<String> PROGRAMS = List.of("redis-server", "io.questdb.ServerMain", "papertape.");

    private final Home home;
    private final String mark;

    private Leftovers(Home home) throws IOException {
        this.home = home;
        this.mark = home.mark();
    }

    /**
     * Ends them in order, services first.
     *
     * @param lock of the folder: nobody else starts anything there meanwhile
     * @param say takes a line when there are any
     * @return whether there were any
     * @throws IOException when one does not end
     */
    public static boolean end(FolderLock lock, Consumer<String> say) throws IOException {
        Home home = lock.home();
        Leftovers leftovers = new Leftovers(home);
        Map<Long, ProcessHandle> found = leftovers.find();
        if (!found.isEmpty()) {
            say.accept(found.size() + " processes of a stack that was not stopped in order are left: ending them");
        }
        boolean wereThere = !found.isEmpty();
        // what was being started while it was looked for is found the next time
        while (!found.isEmpty()) {
            List<ProcessHandle> services = new ArrayList<>();
            List<ProcessHandle> servers = new ArrayList<>();
            found.values().forEach(each -> (isServer(each) ? servers : services).add(each));
            leftovers.end(services, SERVICES_MS);
            leftovers.end(servers, SERVERS_MS);
            found = leftovers.find();
        }
        Files.deleteIfExists(home.stackFile());
        return wereThere;
    }

    private Map<Long, ProcessHandle> find() throws IOException {
        Map<Long, ProcessHandle> found = new LinkedHashMap<>();
        ProcessHandle.allProcesses()
                .filter(this::isMarked)
                .filter(Leftovers::isProgram)
                .forEach(each -> found.put(each.pid(), each));
        for (StackFile.Entry entry : StackFile.entries(home)) {
            entry.alive().filter(Leftovers::isProgram).ifPresent(each -> found.put(each.pid(), each));
        }
        found.remove(ProcessHandle.current().pid());
        return found;
    }

    private boolean isMarked(ProcessHandle process) {
        return arguments(process).stream().anyMatch(each -> each.endsWith(mark));
    }

    private static boolean isProgram(ProcessHandle process) {
        return arguments(process).stream().anyMatch(each -> PROGRAMS.stream().anyMatch(each::contains));
    }

    private static boolean isServer(ProcessHandle process) {
        return arguments(process).stream()
                .anyMatch(each -> each.contains("redis-server") || each.endsWith("ServerMain"));
    }

    /** As they are now; of a process that has ended there are none. */
    private static List<String> arguments(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            // the Java API gives no more than a page of it
            return Files.exists(file)
                    ? List.of(
                            Files.readString(file, StandardCharsets.ISO_8859_1).split("\0", -1))
                    : List.of(process.info().commandLine().orElse("").split(" ", -1));
        } catch (IOException e) {
            return List.of();
        }
    }

    private void end(List<ProcessHandle> processes, long ms) throws IOException {
        processes.forEach(ProcessHandle::destroy);
        if (!areGone(processes, ms)) {
            processes.stream().filter(Leftovers::lives).forEach(ProcessHandle::destroyForcibly);
            if (!areGone(processes, KILLED_MS)) {
                throw new IOException("processes of the stack in " + home.folder() + " do not end: "
                        + processes.stream()
                                .filter(Leftovers::lives)
                                .map(ProcessHandle::pid)
                                .toList());
            }
        }
    }

    private static boolean areGone(List<ProcessHandle> processes, long ms) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        while (processes.stream().anyMatch(Leftovers::lives)) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Whether it runs: one that has ended and that nobody has asked for its exit code has no arguments any more. */
    private static boolean lives(ProcessHandle process) {
        return process.isAlive() && !arguments(process).equals(List.of(""));
    }
}
