package papertape.cli.look;

import papertape.common.bus.Bus;
import papertape.common.stage.StateTable;

/**
 * Orders, cancels and replaces that reached the execution after market data they were to meet: results that hang on the
 * machine.
 *
 * @param count over the life of the data
 * @param mostMicros the largest delay in microseconds of event time
 */
public record LateOrders(long count, long mostMicros) {
    public static LateOrders of(Bus bus, int partitions) {
        long count = 0;
        long most = 0;
        for (int p = 0; p < partitions; p++) {
            StateTable<String, Long> counts =
                    SavedTables.of(bus, "execution", p).table("counters", name -> name, Long.class);
            count += counts.getOrDefault("late_orders", 0L);
            most = Math.max(most, counts.getOrDefault("late_by_us_max", 0L));
        }
        return new LateOrders(count, most);
    }

    /** A sentence for people; empty where nothing was late. */
    public String text() {
        return count == 0
                ? ""
                : count + " orders or requests came after market data they were to meet, the latest by "
                        + mostMicros / 1_000 + " ms: the results depend on the speed of the machine";
    }
}
