package papertape.common.json;

import java.nio.charset.StandardCharsets;

/** Any record of values, lists, maps and records as JSON text, for what commands print. */
public final class JsonText {
    private JsonText() {}

    @SuppressWarnings("unchecked")
    public static <R extends Record> String of(R value) {
        return new String(new StateCodec<>((Class<R>) value.getClass()).encode(value), StandardCharsets.UTF_8);
    }
}
