package papertape.sim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes times as the venue does, {@code 2021-04-17T16:43:30.244075Z}; whole seconds are formatted once. */
final class VirtualTime {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.", Locale.ROOT).withZone(ZoneOffset.UTC);

    private long second = Long.MIN_VALUE;
    private byte[] prefix = new byte[0];

    void write(JsonText text, long micros) {
        long now = Math.floorDiv(micros, 1_000_000L);
        if (now != second) {
            second = now;
            prefix = SECONDS.format(Instant.ofEpochSecond(now)).getBytes(StandardCharsets.US_ASCII);
        }
        text.add(prefix).padded(Math.floorMod(micros, 1_000_000L), 6).add('Z');
    }
}
