package papertape.cli.look;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import papertape.common.bus.Bus;
import papertape.common.message.Channel;

/**
 * How far a stack has come.
 *
 * @param behind messages that registered consumers have not committed, all of them together
 * @param count messages published in all channels, clocks left out: they go on when everything is at rest
 * @param raw messages of the venue among them
 * @param readers stages that have ever begun to read a channel; of those that have not nothing is known to be behind
 */
public record Progress(long behind, long count, long raw, SortedSet<String> readers) {
    /** Where redis is away. */
    public static final Progress UNKNOWN = new Progress(-1, -1, -1, Collections.emptySortedSet());

    /** @param partitions of every channel */
    public static Progress of(Bus bus, int partitions) {
        Bus.Numbered numbered = bus.numbered();
        Map<String, Long> sequences = numbered.messages();
        long behind = 0;
        SortedSet<String> readers = new TreeSet<>();
        for (Channel channel : Channel.values()) {
            for (String stage : bus.consumers(channel)) {
                readers.add(stage);
                List<Map<String, Long>> tasks = bus.tasks(stage, partitions);
                for (int p = 0; p < partitions; p++) {
                    behind += Math.max(
                            0,
                            sequences.getOrDefault(channel.text() + "." + p, 0L)
                                    - tasks.get(p).getOrDefault(channel.text(), 0L));
                }
            }
        }
        Map<String, Long> counts = numbered.withoutClocks();
        long count = counts.values().stream().mapToLong(Long::longValue).sum();
        long raw = counts.entrySet().stream()
                .filter(each -> each.getKey().startsWith(Channel.RAW.text() + "."))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return new Progress(behind, count, raw, readers);
    }
}
