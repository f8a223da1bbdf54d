package papertape.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What processes have used, from the kernel's books under {@code /proc}. CPU time does not depend on who else uses the
 * machine, which makes it the figure to compare where time on the clock is not.
 */
final class Processes {
    /** The unit of CPU time in {@code /proc/<pid>/stat}: a hundredth of a second on every Linux that is common. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;

    private Processes() {}

    /** Seconds of CPU used since its start, by process; without those that have ended. */
    static SortedMap<String, Double> cpuSeconds(Map<String, Long> pids) {
        SortedMap<String, Double> seconds = new TreeMap<>();
        pids.forEach((name, pid) -> {
            String stat = read(pid, "stat");
            if (!stat.isEmpty()) {
                // the second field is a name in parentheses and may hold spaces
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
                seconds.put(name, ticks / TICKS_PER_SECOND);
            }
        });
        return seconds;
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

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            return "";
        }
    }
}
