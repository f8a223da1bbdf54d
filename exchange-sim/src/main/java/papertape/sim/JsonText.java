package papertape.sim;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** ASCII text built in place, byte by byte, and used again for the next message. */
final class JsonText {
    private final byte[] digits = new byte[20];
    private byte[] bytes = new byte[4096];
    private int length;

    JsonText clear() {
        length = 0;
        return this;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    JsonText add(String ascii) {
        int added = ascii.length();
        ensure(added);
        for (int i = 0; i < added; i++) {
            bytes[length + i] = (byte) ascii.charAt(i);
        }
        length += added;
        return this;
    }

    JsonText add(byte[] ascii) {
        ensure(ascii.length);
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
        return this;
    }

    JsonText add(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** A whole number that is not negative. */
    JsonText add(long number) {
        return decimal(number, 0);
    }

    /** {@code unscaled} / 10^{@code scale} with all its decimals; not negative. */
    JsonText decimal(long unscaled, int scale) {
        int count = 0;
        long rest = unscaled;
        while (rest > 0 || count <= scale) {
            digits[count++] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        ensure(count + 1);
        while (count > 0) {
            if (count == scale) {
                bytes[length++] = '.';
            }
            bytes[length++] = digits[--count];
        }
        return this;
    }

    /** At least {@code width} digits, zeros in front. */
    JsonText padded(long number, int width) {
        long power = 10;
        for (int i = 1; i < width; i++) {
            if (number < power) {
                add('0');
            }
            power *= 10;
        }
        return add(number);
    }

    /** Exactly {@code width} hexadecimal digits. */
    JsonText hex(long number, int width) {
        for (int shift = (width - 1) * 4; shift >= 0; shift -= 4) {
            add(Character.forDigit((int) (number >>> shift) & 15, 16));
        }
        return this;
    }

    /** Takes a separator back, where there is one. */
    void dropLast(char separator) {
        if (bytes[length - 1] == separator) {
            length--;
        }
    }

    /** A copy, for a message that has to wait. */
    JsonText copy() {
        JsonText copy = new JsonText();
        copy.bytes = Arrays.copyOf(bytes, length);
        copy.length = length;
        return copy;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
