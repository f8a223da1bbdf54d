package papertape.common.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import papertape.common.message.Message;

/** Makes text that somebody might send by mistake or in malice: good messages, damaged in every way there is. */
public final class HostileText {
    private static final String[] VALUES = {
        "NaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "-1e-999",
        "null",
        "true",
        "{}",
        "[]",
        "[[[]]]",
        "\"\"",
        "\"NaN\"",
        "0",
        "-0",
        "-1",
        "9223372036854775808",
        "99999999999999999999999999999999999999999999999999999999999999999999",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "\"\\udc00\\ud800\"",
        "\"1e400\"",
        "\"-\"",
        "0x10",
        "'x'",
        "01",
        "1.",
        ".5",
        "+1",
        "\"\\x\"",
        "// x",
        "/* x */ 1"
    };

    private final Random random;
    private final List<byte[]> good = new ArrayList<>();

    public HostileText(long seed) {
        this.random = new Random(seed);
        try {
            for (Class<? extends Message> type : MessageCodec.types()) {
                good.add(MessageContractTest.golden(type).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] next() {
        byte[] text = good.get(random.nextInt(good.size()));
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            text = damaged(text);
        }
        return text;
    }

    private byte[] damaged(byte[] text) {
        int at = text.length == 0 ? 0 : random.nextInt(text.length);
        return switch (random.nextInt(13)) {
            case 0 -> Arrays.copyOf(text, at);
            case 1 -> with(text, at, 1, new byte[] {(byte) random.nextInt(256)});
            case 2 -> with(text, at, 0, new byte[] {(byte) (0x80 + random.nextInt(0x80))});
            case 3 -> with(text, at, random.nextInt(20), new byte[0]);
            case 4 -> with(text, at, 0, Arrays.copyOfRange(text, at, Math.min(text.length, at + random.nextInt(40))));
            case 5 -> otherValue(text, at);
            case 6 -> with(text, at, 0, nested());
            case 7 ->
                with(
                        text,
                        Math.max(0, text.length - 1),
                        0,
                        bytes(",\"x\":" + new String(nested(), StandardCharsets.US_ASCII)));
            case 8 -> doubledField(text, at);
            case 9 -> with(text, at, 0, bytes("9".repeat(random.nextInt(200))));
            case 10 -> random(random.nextInt(200));
            case 11 ->
                new String(text, StandardCharsets.UTF_8)
                        .getBytes(random.nextBoolean() ? StandardCharsets.UTF_16 : StandardCharsets.UTF_16LE);
            default -> with(text, at, 0, bytes(VALUES[random.nextInt(VALUES.length)]));
        };
    }

    /** Puts another value behind a colon. */
    private byte[] otherValue(byte[] text, int from) {
        for (int i = from; i < text.length; i++) {
            if (text[i] == ':') {
                int end = i + 1;
                while (end < text.length && text[end] != ',' && text[end] != '}') {
                    end++;
                }
                return with(text, i + 1, end - i - 1, bytes(VALUES[random.nextInt(VALUES.length)]));
            }
        }
        return text;
    }

    private static byte[] doubledField(byte[] text, int from) {
        String all = new String(text, StandardCharsets.ISO_8859_1);
        int start = all.indexOf(",\"", from);
        int end = start < 0 ? -1 : all.indexOf(',', start + 1);
        return end < 0 ? text : with(text, end, 0, all.substring(start, end).getBytes(StandardCharsets.ISO_8859_1));
    }

    private byte[] nested() {
        int depth = random.nextInt(10) == 0 ? 5_000 : random.nextInt(60);
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        String close = open.equals("[") ? "]" : "}";
        return bytes(open.repeat(depth) + "1" + close.repeat(depth));
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] with(byte[] text, int at, int removed, byte[] instead) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + instead.length);
        out.write(text, 0, at);
        out.writeBytes(instead);
        int rest = Math.min(text.length, at + removed);
        out.write(text, rest, text.length - rest);
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
