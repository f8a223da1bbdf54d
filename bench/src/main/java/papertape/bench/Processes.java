package papertape.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What processes have used, from the kernel's books under {@code /proc}. CPU time does not depend on who else uses the
 * machine, which makes it the figure to compare where time on the clock is not.
 */
final class Processes {
    /** The unit of CPU time in {@code /proc/<pid>/stat}: a hundredth of a second on every Linux that is common. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;
    private static final int CHILDREN_TICKS = 13;

    private Processes() {}

    /**
     * Seconds of CPU used since its start, by process; without those that have ended. A process' children count as its own
     * from when they end: Redis rewrites its file in one.
     */
    static SortedMap<String, Double> cpuSeconds(Map<String, Long> pids) {
        SortedMap<String, Double> seconds = new TreeMap<>();
        pids.forEach((name, pid) -> {
            String stat = read(pid, "stat");
            if (!stat.isEmpty()) {
                seconds.put(name, (ticks(stat, USER_TICKS) + ticks(stat, CHILDREN_TICKS)) / TICKS_PER_SECOND);
            }
        });
        return seconds;
    }

    /** Seconds of CPU that the just-in-time compilers have used, all processes together. */
    static double compilerSeconds(Map<String, Long> pids) {
        double ticks = 0;
        for (long pid : pids.values()) {
            try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
                for (Path thread : threads.toList()) {
                    String stat = read(thread.resolve("stat"));
                    if (stat.contains("(C1 Compiler") || stat.contains("(C2 Compiler")) {
                        ticks += ticks(stat, USER_TICKS);
                    }
                }
            } catch (IOException e) {
                // it has ended: what it used is not known any more
                continue;
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static long ticks(String stat, int first) {
        // the second field is a name in parentheses and may hold spaces
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1]);
    }

    /** Resident memory in MiB, by process. */
    static SortedMap<String, Double> residentMb(Map<String, Long> pids) {
        SortedMap<String, Double> sizes = new TreeMap<>();
        pids.forEach((name, pid) -> {
            for (String line : read(pid, "status").split("\n", -1)) {
                if (line.startsWith("VmRSS:")) {
                    sizes.put(name, Long.parseLong(line.replaceAll("\\D", "")) / 1024.0);
                }
            }
        });
        return sizes;
    }

    /** Memory of all of them in MiB, with what several share counted once; 0 where the kernel does not say. */
    static double proportionalMb(Map<String, Long> pids) {
        double sum = 0;
        for (long pid : pids.values()) {
            for (String line : read(pid, "smaps_rollup").split("\n", -1)) {
                if (line.startsWith("Pss:")) {
                    sum += Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        }
        return sum;
    }

    /** What a process shows as its command, which some set themselves; empty where it has ended. */
    static String title(long pid) {
        return read(pid, "cmdline").replace('\0', ' ');
    }

    private static String read(long pid, String file) {
        return read(Path.of("/proc", Long.toString(pid), file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
