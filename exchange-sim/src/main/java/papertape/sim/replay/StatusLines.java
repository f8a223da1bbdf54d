package papertape.sim.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Messages that tell the status of many products become a line for each recorded product, where it differs from the line
 * before: a replay sends each product's lines to the worker that owns it, as the feed does with a live venue's.
 */
final class StatusLines {
    /** Stands among the lines where such a message stood. */
    static final String PLACE = "{}";

    private final VenueProtocol venue;
    private final Map<String, String> told = new HashMap<>();
    private final Map<Integer, Map<String, String>> changesAt = new HashMap<>();

    StatusLines(VenueProtocol venue) {
        this.venue = venue;
    }

    /**
     * Whether the message is one of these; its changes are remembered then.
     *
     * @param line number of the next line of the recording
     */
    boolean isTaken(JsonNode message, int line) {
        Map<String, String> parts = new LinkedHashMap<>();
        venue.statuses(message, parts::put);
        if (parts.isEmpty()) {
            return false;
        }
        parts.entrySet().removeIf(part -> part.getValue().equals(told.put(part.getKey(), part.getValue())));
        changesAt.put(line, parts);
        return true;
    }

    int count() {
        return changesAt.size();
    }

    /** The same lines with the changes of these products at the places of the messages. */
    List<Recording.Line> split(List<Recording.Line> lines, Set<String> products) {
        if (changesAt.isEmpty()) {
            return lines;
        }
        List<Recording.Line> all = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            Recording.Line line = lines.get(i);
            Map<String, String> changes = changesAt.get(i);
            if (changes == null) {
                all.add(line);
                continue;
            }
            changes.forEach((product, text) -> {
                if (products.contains(product)) {
                    all.add(new Recording.Line(line.micros(), product.intern(), text));
                }
            });
        }
        return all;
    }
}
