package papertape.bench;

/**
 * What a venue sends.
 *
 * @param rate messages a second, all instruments together
 * @param messages after which it ends; 0: it does not
 */
record Load(int instruments, int rate, long messages) {}
