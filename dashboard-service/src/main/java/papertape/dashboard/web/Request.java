package papertape.dashboard.web;

import java.util.Map;
import papertape.common.json.CodecException;
import papertape.common.json.StateCodec;

/** A request for data or for a change. */
public record Request(Map<String, String> query, byte[] body) {
    /** Empty where it is not given. */
    public String get(String name) {
        return query.getOrDefault(name, "");
    }

    /** @throws IllegalArgumentException naming what is missing */
    public String need(String name) {
        String value = get(name);
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    /** @throws IllegalArgumentException when it is no number from 0 to {@code most} */
    public int number(String name, int otherwise, int most) {
        String text = get(name);
        try {
            int value = text.isEmpty() ? otherwise : Integer.parseInt(text);
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is no number: " + text + " (accepted: 0 to " + most + ")", e);
        }
        throw new IllegalArgumentException(name + " is out of range: " + text + " (accepted: 0 to " + most + ")");
    }

    /** @throws IllegalArgumentException when the body is not such a record */
    public <R extends Record> R form(Class<R> type) {
        try {
            return new StateCodec<>(type).decode(body);
        } catch (CodecException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
