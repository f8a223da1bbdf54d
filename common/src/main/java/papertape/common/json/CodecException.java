package papertape.common.json;

/** Text that is not the message or value it should be; the message names the field and the value. */
public final class CodecException extends IllegalArgumentException {
    public CodecException(String message) {
        super(message);
    }

    CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
