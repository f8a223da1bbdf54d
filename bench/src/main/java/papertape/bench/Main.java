package papertape.bench;

import java.io.IOException;
import java.util.Map;

/** {@code papertape bench}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        long n = Long.parseLong(args[0]);
        long w = Long.parseLong(args[1]);
        Results.Speed speed = Throughput.measure(100, n, w, Map.of(), System.err::println);
        System.out.printf("raw %d all %d warm %.0f/s cold %.0f/s cpu %.1f slowest %s redisBytes %.0f lost %d dup %d %s%n", speed.raw(), speed.all(), speed.perSecond(), speed.perSecondCold(), speed.cpuSum(), speed.slowest(), speed.redisBytes(), speed.lost(), speed.duplicated(), speed.problems());
        speed.cpuMicros().forEach((k, v) -> System.out.printf("  %-14s %6.2f us  %6.1f MiB%n", k, v, speed.residentMb().getOrDefault(k, 0.0)));
        var last = speed.moments();
        for (int i = 0; i < last.size(); i += 20) System.out.println(last.get(i));
        System.exit(0);
    }
}
