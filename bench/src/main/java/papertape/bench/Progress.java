package papertape.bench;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import papertape.common.bus.Bus;
import papertape.common.message.Channel;

/**
 * How far the stages have come.
 *
 * @param raw market messages that the feed has published
 * @param all messages on all channels
 * @param lag messages that each stage is behind on its inputs
 */
record Progress(long raw, long all, SortedMap<String, Long> lag) {
    static Progress of(Bus bus, int partitions) {
        Bus.Numbered numbered = bus.numbered();
        Map<String, Long> sequences = numbered.messages();
        SortedMap<String, Long> lag = new TreeMap<>();
        for (Channel channel : Channel.values()) {
            for (String stage : bus.consumers(channel)) {
                List<Map<String, Long>> tasks = bus.tasks(stage, partitions);
                for (int p = 0; p < partitions; p++) {
                    long last = sequences.getOrDefault(channel.text() + "." + p, 0L);
                    long done = tasks.get(p).getOrDefault(channel.text(), 0L);
                    lag.merge(stage, Math.max(0, last - done), Long::sum);
                }
            }
        }
        long raw = 0;
        long all = 0;
        for (Map.Entry<String, Long> each : numbered.withoutClocks().entrySet()) {
            all += each.getValue();
            raw += each.getKey().startsWith("raw.") ? each.getValue() : 0;
        }
        return new Progress(raw, all, lag);
    }

    long behind() {
        return lag.values().stream().mapToLong(Long::longValue).sum();
    }
}
