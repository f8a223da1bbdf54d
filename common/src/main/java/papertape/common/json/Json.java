package papertape.common.json;

import java.util.HexFormat;
import papertape.common.text.Utf8;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/** The one factory, with bounds that keep hostile text cheap. */
final class Json {
    static final int MAX_TEXT = 16 * 1024 * 1024;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(64)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(256)
                    .build())
            .rootValueSeparator("\n")
            // one thread does all of a process's reading and writing: its buffers need no pool that is shared
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build();

    private Json() {}

    static JsonParser parser(byte[] text, int offset, int length) {
        return FACTORY.createParser(ObjectReadContext.empty(), text, offset, length);
    }

    /** Jackson is lenient: of an overlong form it makes the character that it stands for. */
    static void checkUtf8(byte[] text, int offset, int length) {
        int bad = Utf8.firstBad(text, offset, length);
        if (bad >= 0) {
            String value = HexFormat.of().withUpperCase().toHexDigits(text[bad]);
            throw new CodecException("not UTF-8: byte " + (bad - offset + 1) + " of " + length + " is 0x" + value);
        }
    }

    static CodecException wrong(String field, String expected, JsonParser parser) {
        JsonToken token = parser.currentToken();
        String value = token != null && token.isScalarValue() ? shortened(parser.getString()) : String.valueOf(token);
        return new CodecException("field " + field + " must be " + expected + ", was " + value);
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
