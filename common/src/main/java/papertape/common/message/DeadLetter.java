package papertape.common.message;

/**
 * A message that could not be processed and was stepped over.
 *
 * @param channel where it stood
 * @param partition its partition; -1 at the front door
 * @param seq its sequence number; 0 at the front door
 * @param reason which field or rule, and the value
 * @param text the message as it came, cut at 4,096 characters
 */
public record DeadLetter(Header header, String channel, int partition, long seq, String reason, String text)
        implements Message {}
