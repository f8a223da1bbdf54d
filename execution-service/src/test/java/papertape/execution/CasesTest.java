package papertape.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.execution.Venue.brief;
import static papertape.execution.Venue.levels;

import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.message.Execution;
import papertape.common.value.ExecType;
import papertape.common.value.FeedState;
import papertape.common.value.Money;
import papertape.common.value.Side;

/** Cases of public reports that concern more than one rule; case 31 and 33 are in {@link ConsumedDisplayTest}. */
class CasesTest {
    private final Venue venue = new Venue();

    private Execution fill(long millis, Side side, String qty, String bid, String ask) {
        venue.snapshot(millis, levels("50@" + bid), levels("50@" + ask));
        venue.order("o" + millis, side, qty).at(millis);
        Execution last = venue.update(millis + 60, levels("1@1"), List.of()).getLast();
        assertThat(last.execType()).isEqualTo(ExecType.TRADE);
        return last;
    }

    @Test
    void case34_a_flip_from_short_to_long_and_back_pays_its_fees_to_the_last_digit() {
        List<Execution> fills = List.of(
                fill(0, Side.SELL, "1.1", "100", "101"),
                fill(1_000, Side.BUY, "3", "90", "90.1"),
                fill(2_000, Side.SELL, "0.9", "90", "90.1"));
        assertThat(brief(fills)).containsExactly("o0 trade 1.1@100", "o1000 trade 3@90.1", "o2000 trade 0.9@90");
        Money fees = Money.ZERO;
        for (Execution one : fills) {
            fees = fees.plus(one.commission());
        }
        assertThat(fees).as("80 basis points").hasToString("3.6904");
    }

    @Test
    void case34_a_quantity_of_dust_fills_to_the_last_lot() {
        venue.instrument = Venue.DUST;
        Execution bought = fill(0, Side.BUY, "0.12345678", "100", "101");
        Execution sold = fill(1_000, Side.SELL, "0.12345677", "100", "101");
        assertThat(bought.lastQty().minus(sold.lastQty())).hasToString("0.00000001");
    }

    @Test
    void case36_a_market_order_without_an_opposite_side_is_rejected_and_a_limit_order_in_an_empty_book_waits() {
        venue.snapshot(0, levels("5@99"), List.of());
        venue.buy("market", "1").at(0);
        List<Execution> sent = venue.update(60, levels("6@99"), List.of());
        assertThat(brief(sent)).containsExactly("market rejected");
        assertThat(sent.getFirst().text()).isEqualTo("rule=2 no opposite side");

        venue.snapshot(100, List.of(), List.of());
        venue.buy("limit", "1").limit("100").at(100);
        assertThat(brief(venue.snapshot(160, List.of(), List.of()))).containsExactly("limit new");
        assertThat(brief(venue.update(170, List.of(), levels("5@100")))).containsExactly("limit trade 1@100");
    }

    @Test
    void case36_a_subscription_that_failed_makes_the_instrument_stale_and_orders_say_so() {
        venue.feed(0, FeedState.STALE);
        assertThat(venue.buy("o", "1").at(10).getFirst().text()).isEqualTo("rule=15 feed=stale");
    }
}
