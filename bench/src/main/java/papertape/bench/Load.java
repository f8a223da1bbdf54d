package papertape.bench;

import papertape.sim.SimOptions;

/**
 * What a venue sends.
 *
 * @param rate messages a second, all instruments together; {@link SimOptions#MAX_RATE}: as fast as the feed takes them
 * @param messages after which it ends; 0: it does not
 * @param burst messages that come first, as fast as the feed takes them: they warm the processes up
 */
record Load(int instruments, int rate, long messages, long burst) {
    /** So many messages as fast as the feed takes them. */
    static Load full(int instruments, long messages) {
        return new Load(instruments, SimOptions.MAX_RATE, messages, 0);
    }

    /** At a rate for ever, after a burst. */
    static Load paced(int instruments, int rate, long burst) {
        return new Load(instruments, rate, 0, burst);
    }
}
