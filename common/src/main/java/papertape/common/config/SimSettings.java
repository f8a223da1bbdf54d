package papertape.common.config;

/**
 * The simulated venue.
 *
 * @param seed of its order flow; the same seed gives the same flow
 * @param ratePerSecond messages, all instruments together
 * @param port of its WebSocket and REST interface; the next free one is used where it is taken
 */
public record SimSettings(long seed, int ratePerSecond, int port) {}
