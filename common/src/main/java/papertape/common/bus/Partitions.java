package papertape.common.bus;

import java.nio.charset.StandardCharsets;

/**
 * Which partition a key belongs to: CRC16 (XMODEM, the one Redis Cluster hashes slots with) modulo the number of
 * partitions. CRC16("123456789") is 0x31C3.
 */
public record Partitions(int count) {
    private static final int[] TABLE = table();

    public Partitions {
        if (count < 1 || count > 1024) {
            throw new IllegalArgumentException("partitions must be from 1 to 1024, was " + count);
        }
    }

    public int of(String key) {
        return crc16(key.getBytes(StandardCharsets.UTF_8)) % count;
    }

    static int crc16(byte[] bytes) {
        int crc = 0;
        for (byte each : bytes) {
            crc = (crc << 8 ^ TABLE[(crc >>> 8 ^ each) & 0xff]) & 0xffff;
        }
        return crc;
    }

    /** What each value of a byte does to the sum: a look-up instead of eight steps, once a message and stage. */
    private static int[] table() {
        int[] table = new int[256];
        for (int value = 0; value < table.length; value++) {
            int crc = value << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
            }
            table[value] = crc & 0xffff;
        }
        return table;
    }
}
