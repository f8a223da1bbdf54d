package papertape.common.json;

import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;

/** A state entry's value as JSON text. One instance a thread and table. */
public final class StateCodec<V> {
    private final Class<V> type;
    private final ValueCodec codec;
    private final Bytes out = new Bytes(256);
    private final JsonGenerator generator = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    private boolean isFirst = true;

    public StateCodec(Class<V> type) {
        this.type = type;
        this.codec = ValueCodecs.STATE.of(type);
    }

    public byte[] encode(V value) {
        codec.write(generator, value);
        generator.flush();
        // the generator separates root values by a line end
        byte[] text = Arrays.copyOfRange(out.array(), isFirst ? 0 : 1, out.size());
        isFirst = false;
        out.reset();
        return text;
    }

    /** @throws CodecException when the text is no such value */
    public V decode(byte[] text) {
        try (JsonParser in = Json.parser(text, 0, text.length)) {
            in.nextToken();
            return type.cast(codec.read(in, type.getSimpleName()));
        } catch (JacksonException e) {
            throw new CodecException("not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
