package papertape.system;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Makes what a venue might send by mistake or in malice: messages of its protocol, damaged in every way there is. */
final class HostileVenueText {
    private static final List<String> VALUES = List.of(
            "NaN",
            "Infinity",
            "1e999",
            "-1e-999",
            "null",
            "true",
            "{}",
            "[]",
            "[[[]]]",
            "\"\"",
            "\"NaN\"",
            "\"-1\"",
            "\"0\"",
            "-0",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999999999999999999999999999999999999999999999999",
            "\"99999999999999999999999999999999999999\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"1e400\"",
            "\"9999-12-31T23:59:59.999999Z\"",
            "\"0000-01-01T00:00:00Z\"",
            "0x10",
            "'x'",
            "01",
            "+1",
            "\"\\x\"",
            "/* x */ 1");

    private static final List<String> PRODUCTS = List.of(
            "",
            " ",
            "BTC USD",
            "\\u0042TC-USD",
            "\u00e9",
            "A:B",
            "x".repeat(70),
            "BTC-USD\\",
            "\u0000",
            "\ud83d\ude00",
            "BTC-USD,ETH-USD",
            "../../etc",
            "{}",
            "DOGE-USD");

    private static final List<String> TYPES = List.of(
            "feed-status",
            "rest-trades",
            "rest-ticker",
            "error",
            "",
            "MATCH",
            "match ",
            "t".repeat(500),
            "subscriptions",
            "snapshot",
            "heartbeat",
            "last_match");

    private final Random random;
    private final List<String> products;
    private final int maxMessage;

    /** @param maxMessage largest message in bytes that the bus takes */
    HostileVenueText(long seed, List<String> products, int maxMessage) {
        this.random = new Random(seed);
        this.products = products;
        this.maxMessage = maxMessage;
    }

    String next() {
        if (random.nextInt(2_000) == 0) {
            return large();
        }
        String text = good();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            text = damaged(text);
        }
        // half a pair of surrogates cannot be sent
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Near what the bus takes, below or above; a complaint that quoted it would itself be too large. */
    private String large() {
        int length = random.nextBoolean()
                ? maxMessage - 2_000 - random.nextInt(6_000)
                : maxMessage + 2_000 + random.nextInt(maxMessage);
        String filling = "x".repeat(length);
        return switch (random.nextInt(4)) {
            case 0 -> "{\"type\":\"error\",\"message\":\"" + filling + "\"}";
            case 1 -> "{\"type\":\"" + filling + "\"}";
            case 2 -> "{\"type\":\"match\",\"product_id\":\"" + product() + "\",\"side\":\"" + filling + "\"}";
            default -> filling;
        };
    }

    /** Bytes that no UTF-8 is, though they begin well. */
    byte[] notUtf8() {
        byte[] text = good().getBytes(StandardCharsets.UTF_8);
        text[random.nextInt(text.length)] = (byte) 0xff;
        return text;
    }

    byte[] random() {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private String product() {
        return products.get(random.nextInt(products.size()));
    }

    private String good() {
        String tail = ",\"product_id\":\"" + product() + "\",\"time\":\"2026-01-31T12:00:00.123456Z\"}";
        return switch (random.nextInt(8)) {
            case 0, 1 ->
                "{\"type\":\"match\",\"trade_id\":" + random.nextInt(100_000)
                        + ",\"sequence\":7,\"side\":\"buy\",\"size\":\"0.5\",\"price\":\"100.01\"" + tail;
            case 2 ->
                "{\"type\":\"last_match\",\"trade_id\":1,\"side\":\"sell\",\"size\":\"1\",\"price\":\"99\"" + tail;
            case 3 ->
                "{\"type\":\"ticker\",\"sequence\":9,\"price\":\"100\",\"best_bid\":\"99.99\",\"best_bid_size\":\"2\","
                        + "\"best_ask\":\"100.01\",\"best_ask_size\":\"3\"" + tail;
            case 4 -> "{\"type\":\"heartbeat\",\"sequence\":8,\"last_trade_id\":5" + tail;
            case 5 ->
                "{\"type\":\"l2update\",\"changes\":[[\"buy\",\"99.98\",\"1.5\"],[\"sell\",\"100.02\",\"0\"]]" + tail;
            case 6 ->
                "{\"type\":\"snapshot\",\"bids\":[[\"99.99\",\"2\"],[\"99.98\",\"1\"]],\"asks\":[[\"100.01\",\"3\"]]"
                        + tail;
            default -> "{\"type\":\"error\",\"message\":\"Failed\",\"reason\":\"no such product\"" + tail;
        };
    }

    private String damaged(String text) {
        int at = text.isEmpty() ? 0 : random.nextInt(text.length());
        return switch (random.nextInt(15)) {
            case 0 -> text.substring(0, at);
            case 1 -> with(text, at, 1, Character.toString(random.nextInt(256)));
            case 2 -> with(text, at, 0, Character.toString(random.nextInt(0xd800)));
            case 3 -> with(text, at, random.nextInt(20), "");
            case 4 -> with(text, at, 0, text.substring(at, Math.min(text.length(), at + random.nextInt(40))));
            case 5 -> otherValue(text, at);
            case 6 -> with(text, at, 0, nested());
            case 7 -> with(text, Math.max(0, text.length() - 1), 0, ",\"x\":" + nested());
            case 8 -> doubledField(text, at);
            case 9 -> with(text, at, 0, "9".repeat(random.nextInt(200)));
            case 10 -> new String(random(), StandardCharsets.UTF_8);
            case 11 -> new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.UTF_8);
            case 12 -> value(text, "\"product_id\":", PRODUCTS);
            case 13 -> value(text, "\"type\":", TYPES);
            default -> with(text, at, 0, VALUES.get(random.nextInt(VALUES.size())));
        };
    }

    /** Puts another string behind a field's name. */
    private String value(String text, String name, List<String> values) {
        int start = text.indexOf(name);
        int end = start < 0 ? -1 : text.indexOf(',', start);
        if (end < 0) {
            return text;
        }
        String other = '"' + values.get(random.nextInt(values.size())) + "\",\"status\":\"halted\"";
        return with(text, start + name.length(), end - start - name.length(), other);
    }

    private String otherValue(String text, int from) {
        int colon = text.indexOf(':', from);
        if (colon < 0) {
            return text;
        }
        int end = colon + 1;
        while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != '}') {
            end++;
        }
        return with(text, colon + 1, end - colon - 1, VALUES.get(random.nextInt(VALUES.size())));
    }

    private static String doubledField(String text, int from) {
        int start = text.indexOf(",\"", from);
        int end = start < 0 ? -1 : text.indexOf(',', start + 1);
        return end < 0 ? text : with(text, end, 0, text.substring(start, end));
    }

    private String nested() {
        int depth = random.nextInt(10) == 0 ? 5_000 : random.nextInt(60);
        boolean isArray = random.nextBoolean();
        return (isArray ? "[" : "{\"a\":").repeat(depth) + "1" + (isArray ? "]" : "}").repeat(depth);
    }

    private static String with(String text, int at, int removed, String instead) {
        return text.substring(0, at) + instead + text.substring(Math.min(text.length(), at + removed));
    }
}
