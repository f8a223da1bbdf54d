package papertape.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.execution.Venue.brief;
import static papertape.execution.Venue.levels;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import papertape.common.message.Book;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.message.FeedStatus;
import papertape.common.message.Message;
import papertape.common.message.Trade;
import papertape.common.stage.Skipped;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.common.value.Side;
import papertape.common.value.TradeId;

/** A tick that became a dead letter, or that the journal lost, breaks the book of its instrument (rule 15). */
class LostTicksTest {
    private final Venue venue = new Venue();

    private List<Sent> lose(@Nullable Message message, @Nullable Instrument instrument) {
        return venue.tester.skip(new Skipped(Channel.TICKS, message, instrument, null, "no decimal number: 1e"));
    }

    private static List<FeedStatus> requests(List<Sent> sent) {
        return sent.stream()
                .filter(one -> one.channel() == Channel.CONTROL)
                .map(one -> (FeedStatus) one.message())
                .toList();
    }

    @Test
    void a_book_that_lost_a_change_fills_nothing_until_a_whole_snapshot() {
        venue.snapshot(0, levels("5@99"), levels("5@101"));
        venue.buy("resting", "1").limit("98").at(0);
        venue.update(100, levels("6@99"), List.of());
        venue.sell("under-way", "1").at(90);

        List<Sent> sent = lose(null, Venue.BTC);
        assertThat(requests(sent)).singleElement().satisfies(request -> {
            assertThat(request.instrument()).isEqualTo(Venue.BTC);
            assertThat(request.status()).isEqualTo(FeedState.RESYNC);
            assertThat(request.detail()).isEqualTo("execution: no decimal number: 1e");
        });
        assertThat(brief(venue.update(200, List.of(), levels("1@97")))).containsExactly("under-way rejected");
        assertThat(venue.buy("refused", "1").at(210).getFirst().text()).isEqualTo("rule=15 feed=gap");
        assertThat(venue.explain("resting")).startsWith("instrument gap: nothing fills; ");
        assertThat(venue.feed(220, FeedState.LIVE)).isEmpty();
        venue.tester.restart();
        assertThat(venue.trade(230, Side.SELL, "9@90")).isEmpty();

        assertThat(brief(venue.snapshot(300, levels("5@97"), levels("5@98")))).containsExactly("resting trade 1@98");
    }

    @Test
    void an_order_under_way_is_rejected_and_a_cancel_under_way_takes_effect() {
        venue.snapshot(0, levels("5@99"), levels("5@101"));
        venue.buy("resting", "1").limit("98").at(0);
        venue.update(100, levels("6@99"), List.of());
        venue.sell("under-way", "1").at(40);
        venue.cancel(90, "resting");
        List<Sent> sent = lose(null, null);
        assertThat(brief(sent.stream()
                        .map(Sent::message)
                        .filter(Execution.class::isInstance)
                        .map(Execution.class::cast)
                        .toList()))
                .containsExactly("resting canceled", "under-way rejected");
    }

    @Test
    void what_cannot_be_told_breaks_every_book_of_the_partition_and_a_named_instrument_only_its_own() {
        assertThat(requests(lose(null, null)))
                .extracting(FeedStatus::instrument)
                .containsExactly(Venue.BTC, Venue.DUST, Venue.BROKEN, Venue.STOCK);
        assertThat(requests(lose(null, Instrument.of("COINBASE:BTC-US"))))
                .as("a name that is not known here may be a garbled one")
                .hasSize(4);
        assertThat(requests(lose(null, Venue.STOCK)))
                .extracting(FeedStatus::instrument)
                .containsExactly(Venue.STOCK);
        Book other =
                new Book(venue.tester.header(1), Instrument.of("COINBASE:ETH-USD"), false, List.of(), List.of(), 0);
        assertThat(requests(lose(other, other.instrument()))).isEmpty();
    }

    @Test
    void a_snapshot_is_asked_for_again_after_five_seconds_of_event_time() {
        venue.snapshot(0, levels("5@99"), levels("5@101"));
        lose(null, Venue.BTC);
        assertThat(requests(venue.tester.send(trade(4_999)))).isEmpty();
        assertThat(requests(venue.tester.send(trade(5_000)))).hasSize(1);
        assertThat(requests(venue.tester.send(trade(5_001)))).isEmpty();
        venue.snapshot(6_000, levels("5@99"), levels("5@101"));
        assertThat(requests(venue.tester.send(trade(60_000)))).isEmpty();
    }

    private Trade trade(long millis) {
        return new Trade(
                venue.tester.header(Venue.at(millis)),
                Venue.BTC,
                levels("1@100").getFirst().px(),
                levels("1@100").getFirst().qty(),
                null,
                TradeId.of("x" + millis),
                0);
    }

    @Test
    void a_quote_is_whole_by_itself_and_so_is_a_trade_where_only_trades_are_known() {
        venue.quote(0, "5@99", "5@101");
        lose(null, Venue.BTC);
        venue.buy("o", "1").at(0);
        assertThat(venue.quote(100, "5@99", "5@101")).isEmpty();
        venue.buy("p", "1").at(100);
        assertThat(brief(venue.quote(200, "5@99", "5@101"))).containsExactly("p new", "p trade 1@101");

        venue.instrument = Venue.STOCK;
        venue.trade(0, null, "100@50");
        lose(null, Venue.STOCK);
        venue.trade(10, null, "100@50");
        venue.buy("s", "1").at(10);
        assertThat(brief(venue.trade(70, null, "100@50"))).containsExactly("s new", "s trade 1@50.03");
    }

    @Test
    void a_halt_outlasts_the_snapshot_that_heals_a_book() {
        venue.snapshot(0, levels("5@99"), levels("5@101"));
        venue.feed(10, FeedState.HALTED);
        lose(null, Venue.BTC);
        venue.snapshot(20, levels("5@99"), levels("5@101"));
        assertThat(venue.buy("o", "1").at(30).getFirst().text()).isEqualTo("rule=15 feed=halted");
    }
}
