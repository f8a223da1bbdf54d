package papertape.common.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static papertape.common.value.Side.BUY;
import static papertape.common.value.Side.SELL;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

class PositionTest {
    @Test
    void averageCostWithFeesReproducesTheWorkedExample() {
        Position one = withBasisPoint(Position.flat(CostMethod.AVERAGE), BUY, "12", "100");
        Position two = withBasisPoint(one, BUY, "17", "99");
        Position three = withBasisPoint(two, SELL, "9", "101");
        Position four = withBasisPoint(three, SELL, "4", "105");
        Position five = withBasisPoint(four, BUY, "3", "103");

        assertThat(two.averagePx()).isEqualTo(Price.of("99.41379310344827"));
        assertThat(five.averagePx()).isEqualTo(Price.of("99.98003629764065"));
        assertThat(net(one)).isEqualByComparingTo("-0.12");
        assertThat(net(two)).isEqualByComparingTo("-0.2883");
        assertThat(net(three)).isEqualByComparingTo("13.89666207");
        assertThat(net(four)).isEqualByComparingTo("36.19948966");
        assertThat(net(five)).isEqualByComparingTo("36.16858966");
        assertThat(eightDecimals(five.realized())).isEqualByComparingTo("36.62068966");
    }

    @Test
    void fifoReproducesTheWorkedExample() {
        Position first = fill(fill(Position.flat(CostMethod.FIFO), BUY, "100", "21"), SELL, "50", "21.08");
        Position last = fill(fill(first, BUY, "100", "21.12"), SELL, "100", "21.20");

        assertThat(first.realized()).isEqualTo(Money.of("4"));
        assertThat(last.realized()).isEqualTo(Money.of("18"));
        assertThat(last.realized().plus(last.unrealized(Price.of("21.20")))).isEqualTo(Money.of("22"));
        assertThat(last.lots()).containsExactly(new Lot(Qty.of("50"), Price.of("21.12")));
    }

    @Test
    void aLongAndAShortCloseAsInTheWorkedExample() {
        for (CostMethod method : CostMethod.values()) {
            Position flat = Position.flat(method);
            Position soldLong = fill(fill(flat, BUY, "100", "50"), SELL, "100", "55");
            Position coveredShort = fill(fill(flat, SELL, "50", "54"), BUY, "50", "52");

            assertThat(soldLong.realized()).isEqualTo(Money.of("500"));
            assertThat(coveredShort.realized()).isEqualTo(Money.of("100"));
            assertThat(soldLong.isFlat()).isTrue();
            assertThat(soldLong.averagePx()).isNull();
        }
    }

    @Test
    void crossingZeroClosesTheOldPositionAndOpensTheRestAtTheFillPrice() {
        for (CostMethod method : CostMethod.values()) {
            Position flipped = fill(fill(Position.flat(method), BUY, "10", "100"), SELL, "15", "110");

            assertThat(flipped.realized()).isEqualTo(Money.of("100"));
            assertThat(flipped.qty()).isEqualTo(Qty.of("-5"));
            assertThat(flipped.cost()).isEqualTo(Money.of("-550"));
            assertThat(flipped.averagePx()).isEqualTo(Price.of("110"));
            assertThat(flipped.unrealized(Price.of("108"))).isEqualTo(Money.of("10"));
        }
    }

    @Test
    void roundingOfAnAverageNeverLosesMoney() {
        Position position = fill(fill(Position.flat(CostMethod.AVERAGE), BUY, "1", "0.1"), BUY, "2", "0.2");
        position = fill(fill(position, SELL, "1", "0.3"), SELL, "1", "0.3");

        assertThat(position.realized().minus(position.cost())).isEqualTo(Money.of("0.1"));
        assertThat(fill(position, SELL, "1", "0.3").realized()).isEqualTo(Money.of("0.4"));
    }

    @Test
    void feesStayApartFromCostAndProfit() {
        Position position = Position.flat(CostMethod.AVERAGE)
                .filled(BUY, Qty.of("2"), Price.of("10"), Money.of("0.5"))
                .filled(SELL, Qty.of("2"), Price.of("11"), Money.of("0.7"));

        assertThat(position.realized()).isEqualTo(Money.of("2"));
        assertThat(position.fees()).isEqualTo(Money.of("1.2"));
    }

    @Test
    void fifoLotsAtOnePriceShareOneEntry() {
        Position position = fill(fill(Position.flat(CostMethod.FIFO), SELL, "1", "10"), SELL, "2", "10.0");

        assertThat(position.lots()).containsExactly(new Lot(Qty.of("-3"), Price.of("10")));
    }

    @Test
    void fifoLotsAreBoundedAndMoneyIsConservedBeyondTheBound() {
        Position position = Position.flat(CostMethod.FIFO);
        Money paid = Money.ZERO;
        for (int i = 0; i < Position.MAX_LOTS + 500; i++) {
            Price px = new Price(BigDecimal.valueOf(100 + i % 7));
            position = position.filled(BUY, Qty.of("3"), px, Money.ZERO);
            paid = paid.plus(px.times(Qty.of("3")));
        }
        Qty all = position.qty();

        assertThat(position.lots()).hasSize(Position.MAX_LOTS);
        Position part = position.filled(SELL, all.minus(Qty.of("1")), Price.of("104"), Money.ZERO);
        Position closed = part.filled(SELL, Qty.of("1"), Price.of("104"), Money.ZERO);
        assertThat(closed.realized()).isEqualTo(Price.of("104").times(all).minus(paid));
        assertThat(closed.cost()).isEqualTo(Money.ZERO);
    }

    @Test
    void aFillOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fill(Position.flat(CostMethod.AVERAGE), BUY, "0", "1"))
                .withMessageContaining("above zero");
    }

    private static Position fill(Position position, Side side, String qty, String px) {
        return position.filled(side, Qty.of(qty), Price.of(px), Money.ZERO);
    }

    private static Position withBasisPoint(Position position, Side side, String qty, String px) {
        Money fee = Price.of(px).times(Qty.of(qty)).scaledBy(new BigDecimal("0.0001"));
        return position.filled(side, Qty.of(qty), Price.of(px), fee);
    }

    private static BigDecimal net(Position position) {
        return eightDecimals(position.realized().minus(position.fees()));
    }

    private static BigDecimal eightDecimals(Money money) {
        return money.value().setScale(8, RoundingMode.HALF_EVEN);
    }
}
