package papertape.look.trade;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import papertape.common.value.OrderId;

/** Names of orders placed by hand: day, time and three characters by chance, {@code 1123-060145-k7f}; made to be typed. */
final class OrderIds {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("MMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    // without those that look like others
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int CHANCE = 3;

    private OrderIds() {}

    static OrderId fresh(Instant now) {
        SecureRandom random = new SecureRandom();
        StringBuilder id = new StringBuilder(MINUTE.format(now)).append('-');
        for (int i = 0; i < CHANCE; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return OrderId.of(id.toString());
    }
}
