package papertape.risk;

/**
 * A request of the last second.
 *
 * @param ts event time in microseconds
 * @param terms what was asked for: two orders with equal terms are the same order sent twice
 */
record Submission(long ts, String terms) {}
