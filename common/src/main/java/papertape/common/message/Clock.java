package papertape.common.message;

/**
 * Event time of a venue's instruments in one partition: it goes on when they are quiet. Sent at least every 250 ms of event
 * time on {@code raw} by the feed, on {@code ticks} by etl and on {@code executions} by execution, each to the partition of
 * its task; {@code ts} is the receive time on {@code raw} and the venue's time after it.
 *
 * @param venue whose time it is, the name in instruments ({@code COINBASE})
 * @param confirmed when the venue's connection last gave a sign of life, on the same clock as {@code ts}
 */
public record Clock(Header header, String venue, long confirmed) implements Message {}
