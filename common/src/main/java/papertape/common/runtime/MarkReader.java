package papertape.common.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.json.CodecException;
import papertape.common.json.MessageCodec;
import papertape.common.message.Mark;
import papertape.common.text.Cause;

/** Reads marks for all tasks of a worker: each of them hears every mark, one after the other, and it is decoded once. */
final class MarkReader {
    private static final Logger LOG = LoggerFactory.getLogger(MarkReader.class);

    private final MessageCodec codec;
    private byte @Nullable [] last;
    private @Nullable Mark mark;

    MarkReader(MessageCodec codec) {
        this.codec = codec;
    }

    /** Null where it is no mark. */
    @Nullable
    Mark read(byte[] text) {
        if (!Arrays.equals(text, last)) {
            mark = decode(text);
            last = text;
        }
        return mark;
    }

    private @Nullable Mark decode(byte[] text) {
        try {
            return codec.decode(text, 0, text.length, null) instanceof Mark found ? found : null;
        } catch (CodecException e) {
            LOG.atWarn().addKeyValue("cause", Cause.of(e)).log("ignored what is not a mark");
            return null;
        }
    }
}
