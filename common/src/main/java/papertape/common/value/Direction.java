package papertape.common.value;

/** The position a signal asks for. */
public enum Direction {
    LONG,
    SHORT,
    FLAT
}
