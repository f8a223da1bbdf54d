package papertape.cli.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as users write them. */
final class Moments {
    private static final String ACCEPTED =
            " (accepted: a moment in UTC as 2026-11-23T16:30:00Z, or from now on +30s, +5m, +2h, +1d)";

    private Moments() {}

    /**
     * Reads a moment.
     *
     * @param nowMicros event time
     * @return microseconds since the epoch
     * @throws IllegalArgumentException naming what is accepted
     */
    static long micros(String text, long nowMicros) {
        try {
            return text.startsWith("+")
                    ? nowMicros + length(text).toNanos() / 1_000
                    : ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("not a time: " + text + ACCEPTED, e);
        }
    }

    private static Duration length(String text) {
        long count = Long.parseLong(text.substring(1, Math.max(1, text.length() - 1)));
        return switch (Character.toLowerCase(text.charAt(text.length() - 1))) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            case 'd' -> Duration.ofDays(count);
            default -> throw new NumberFormatException(text);
        };
    }
}
