package papertape.sim.replay;

import java.math.BigDecimal;

/** The most decimals that an instrument's prices and sizes have, by their values: {@code 5.1e-7} has eight, {@code 1.50} one. */
final class Precision {
    /** What is finer is no price or size that a message may carry. */
    private static final int MOST_DECIMALS = 18;

    private static final int LONGEST = 64;

    private int price;
    private int size;

    /** Takes a number as the venue spells it; what is none is not looked at: the stack says so when it is played. */
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
        if (number.isEmpty() || number.length() > LONGEST) {
            return 0;
        }
        try {
            int scale = new BigDecimal(number).stripTrailingZeros().scale();
            return scale < 0 || scale > MOST_DECIMALS ? 0 : scale;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
