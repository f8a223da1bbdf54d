package papertape.common.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** Reads and writes one kind of value. Stateless but for caches; used by several threads. */
interface ValueCodec {
    void write(JsonGenerator out, Object value);

    /**
     * Reads the value at the parser's current token.
     *
     * @throws CodecException when the token is none of this kind; names the field and the value
     */
    Object read(JsonParser in, String field);

    /** The JSON Schema of the value, as JSON text. */
    String schema();
}
