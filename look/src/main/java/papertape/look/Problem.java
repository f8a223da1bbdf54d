package papertape.look;

/**
 * A part of a running stack that does not do what it is there for.
 *
 * @param part a stage, {@code redis}, {@code database}, {@code supervisor}, an instrument ...
 * @param text what is wrong, and what to do where that is known
 */
public record Problem(String part, String text) {}
