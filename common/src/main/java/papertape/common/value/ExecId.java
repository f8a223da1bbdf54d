package papertape.common.value;

/** Name of one execution report, unique for ever (FIX: ExecID). */
public record ExecId(String value) implements Comparable<ExecId> {
    public ExecId {
        Ids.check("an execution id", value);
    }

    public static ExecId of(String value) {
        return new ExecId(value);
    }

    @Override
    public int compareTo(ExecId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
