package papertape.cli.command;

import java.math.RoundingMode;
import papertape.common.value.Money;

/** Money as people read it: two digits, rounded half even; what is kept stays exact. */
final class Cents {
    private Cents() {}

    static String of(Money money) {
        return money.value().setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }
}
