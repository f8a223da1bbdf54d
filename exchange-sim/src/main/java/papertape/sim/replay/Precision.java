package papertape.sim.replay;

import java.math.BigDecimal;

/** The most decimals seen in an instrument's prices and sizes, trailing zeros aside. */
final class Precision {
    private int price;
    private int size;

    void add(VenueProtocol.Kind kind, String number) {
        int decimals = decimals(number);
        switch (kind) {
            case PRICE -> price = Math.max(price, decimals);
            case SIZE -> size = Math.max(size, decimals);
        }
    }

    BigDecimal tick() {
        return BigDecimal.ONE.movePointLeft(price);
    }

    BigDecimal lot() {
        return BigDecimal.ONE.movePointLeft(size);
    }

    private static int decimals(String number) {
        int point = number.indexOf('.');
        if (point < 0) {
            return 0;
        }
        int end = number.length();
        while (number.charAt(end - 1) == '0') {
            end--;
        }
        return end - 1 - point;
    }
}
