package papertape.cli.replay;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import papertape.cli.stack.Stages;
import papertape.common.bus.Bus;

/** How far the feed has come in a recording, from what it has committed. */
final class FeedPositions {
    private static final String POSITION = "position|";

    private FeedPositions() {}

    /** Messages of all products together, those about the connection left out. */
    static long sum(Bus bus, int partitions) {
        long sum = 0;
        for (int p = 0; p < partitions; p++) {
            Map<String, byte[]> entries = bus.redis().rawHash(bus.keys().state(Stages.FEED.text(), p));
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                // the connection's is under the venue's name alone
                if (entry.getKey().startsWith(POSITION) && entry.getKey().indexOf(':') > 0) {
                    sum += number(new String(entry.getValue(), StandardCharsets.UTF_8));
                }
            }
        }
        return sum;
    }

    /** A position is saved as a JSON string. */
    private static long number(String text) {
        return Long.parseLong(text, 1, text.length() - 1, 10);
    }
}
