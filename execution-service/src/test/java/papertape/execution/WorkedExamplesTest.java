package papertape.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.execution.Venue.brief;
import static papertape.execution.Venue.levels;

import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.message.Execution;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** Section 4 of the rule book, to the digit. */
class WorkedExamplesTest {
    private final Venue venue = new Venue();

    private void walkBook() {
        venue.snapshot(0, levels("1@99"), levels("10000@101", "20000@102", "30000@103"));
    }

    private List<Execution> later(long millis) {
        return venue.update(millis, levels("7@50"), List.of());
    }

    @Test
    void walkTwentyThousandAveragesOneHundredAndOneAndAHalf() {
        walkBook();
        venue.buy("o", "20000").at(0);
        assertThat(later(60).getLast().avgPx()).hasToString("101.5");
    }

    @Test
    void walkSeventyThousandIocFillsSixtyThousandAndCancelsTheRest() {
        walkBook();
        venue.buy("o", "70000").tif(TimeInForce.IOC).at(0);
        Execution last = later(60).getLast();
        assertThat(brief(last)).isEqualTo("o canceled");
        assertThat(last.cumQty()).isEqualTo(Qty.of("60000"));
        assertThat(last.avgPx()).hasToString("102.3333333333333");
        assertThat(last.text()).isEqualTo("rule=11 ioc canceled=10000");
    }

    @Test
    void walkSeventyThousandFokFillsNothing() {
        walkBook();
        venue.buy("o", "70000").tif(TimeInForce.FOK).at(0);
        assertThat(brief(later(60))).containsExactly("o new", "o canceled");
    }

    @Test
    void queueOfFiftyATradeOfEightyFillsThirtyAndATradeOfFiftyNothing() {
        for (String[] example : new String[][] {{"80", "o trade 30@100"}, {"50"}}) {
            Venue fresh = new Venue();
            fresh.snapshot(0, levels("50@100"), levels("5@101"));
            fresh.buy("o", "100").limit("100").at(0);
            fresh.update(60, levels("7@50"), List.of());
            List<Execution> sent = fresh.trade(70, Side.SELL, example[0] + "@100");
            assertThat(brief(sent)).containsExactlyElementsOf(List.of(example).subList(1, example.length));
        }
    }

    @Test
    void usEquityFees() {
        assertThat(stockFees("50000@150", "1000")).containsExactly("5");
        assertThat(stockFees("50000@150", "1")).containsExactly("1");
    }

    @Test
    void usEquityFeesAreAnOrdersNotAFillsAndAtMostHalfAPercent() {
        // 1 share pays the minimum, which is enough for the first 200 shares
        assertThat(stockFees("1@150", "300", "150@150.01", "149@150.02")).containsExactly("1", "0", "0.5");
        assertThat(stockFees("50000@0.5", "1000")).containsExactly("2.5");
    }

    private static List<String> stockFees(String firstAsk, String qty, String... moreAsks) {
        Venue fresh = new Venue();
        fresh.instrument = Venue.STOCK;
        fresh.snapshot(0, levels("1@0.1"), levels(firstAsk));
        fresh.update(0, List.of(), levels(moreAsks));
        fresh.buy("o", qty).at(0);
        List<Execution> sent = fresh.update(60, levels("7@0.01"), List.of());
        return sent.stream()
                .filter(e -> e.lastPx() != null)
                .map(e -> e.commission().toString())
                .toList();
    }
}
