package papertape.common.value;

/** One price level of an order book; on the wire {@code ["px","qty"]}. In an update quantity 0 removes the level. */
public record Level(Price px, Qty qty) {}
