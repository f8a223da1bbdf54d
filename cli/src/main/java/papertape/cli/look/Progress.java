package papertape.cli.look;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import papertape.common.bus.Bus;
import papertape.common.message.Channel;

/**
 * How far a stack has come.
 *
 * @param count messages published in all channels, clocks left out: they go on when everything is at rest
 * @param raw messages of the venue among them
 * @param lag messages that each stage has not committed, of every stage that has ever begun to read a channel
 */
public record Progress(long count, long raw, SortedMap<String, Long> lag) {
    /** Where Redis is away. */
    public static final Progress UNKNOWN = new Progress(-1, -1, Collections.emptySortedMap());

    /** @param partitions of every channel */
    public static Progress of(Bus bus, int partitions) {
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
        Map<String, Long> counts = numbered.withoutClocks();
        long count = counts.values().stream().mapToLong(Long::longValue).sum();
        long raw = counts.entrySet().stream()
                .filter(each -> each.getKey().startsWith(Channel.RAW.text() + "."))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return new Progress(count, raw, lag);
    }

    /** Messages that all stages together have not committed. */
    public long behind() {
        return lag.values().stream().mapToLong(Long::longValue).sum();
    }
}
