package papertape.common.value;

/** Name of a message: {@code <stage>.<partition>-<n>}, the same after a reprocessing. */
public record MessageId(String value) implements Comparable<MessageId> {
    public MessageId {
        Ids.check("a message id", value);
    }

    public static MessageId of(String value) {
        return new MessageId(value);
    }

    @Override
    public int compareTo(MessageId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
