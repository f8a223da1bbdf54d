package papertape.sim.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;

/** Reads a venue's own time, only to know how far apart messages are: etl reads it again, and says what is wrong with it. */
final class EventTime {
    private static final long EARLIEST = micros(Instant.parse("2009-01-01T00:00:00Z"));
    private static final long LATEST = micros(Instant.parse("2100-01-01T00:00:00Z"));

    private EventTime() {}

    /** Microseconds since the epoch; 0 where there is none, or none that can be believed. */
    static long micros(JsonNode time) {
        try {
            long micros = time.isNumber() ? count(time.longValue()) : text(time.asString(""));
            return micros >= EARLIEST && micros < LATEST ? micros : 0;
        } catch (DateTimeException | NumberFormatException e) {
            return 0;
        }
    }

    private static long text(String text) {
        boolean isCount = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isCount
                ? count(Long.parseLong(text))
                : micros(OffsetDateTime.parse(text).toInstant());
    }

    private static long count(long count) {
        return TimeUnitOfFile.of(count).micros(count);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
