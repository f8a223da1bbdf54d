package papertape.dashboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import papertape.common.config.ConfigReader;
import papertape.common.message.Bar;
import papertape.common.message.Book;
import papertape.common.message.FeedStatus;
import papertape.common.message.Header;
import papertape.common.message.Trade;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.MessageId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TradeId;

final class MarketTest {
    private static final Instrument BTC = Instrument.of("SIM:BTC-USD");
    private static final long NOW = 1_700_000_000_000_000L;

    private final Model model = new Model(ConfigReader.defaults(Map.of()));
    private int sent;

    private Header header(long ts) {
        return new Header(MessageId.of("etl.0-" + ++sent), ts, null, ts);
    }

    private static Level level(String px, String qty) {
        return new Level(Price.of(px), Qty.of(qty));
    }

    private void book(boolean isSnapshot, List<Level> bids, List<Level> asks) {
        model.accept(new Book(header(NOW), BTC, isSnapshot, bids, asks, 0));
    }

    private void trade(int n) {
        model.accept(new Trade(header(NOW + n), BTC, Price.of("100"), Qty.of("1"), Side.BUY, TradeId.of("t" + n), 0));
    }

    private Model.News<Model.MarketView> since(Model.MarketPlace place) {
        return model.market(BTC, place);
    }

    @Test
    void a_book_without_a_snapshot_is_shown_as_partial_and_a_snapshot_replaces_it() {
        book(false, List.of(level("99", "1")), List.of(level("101", "2")));
        assertThat(since(Model.MarketPlace.START).view().isWhole()).isFalse();
        book(true, List.of(level("98", "3"), level("97", "1")), List.of(level("102", "4")));
        book(false, List.of(level("98", "0"), level("98.5", "5")), List.of());
        Model.MarketView view = since(Model.MarketPlace.START).view();
        assertThat(view.isWhole()).isTrue();
        assertThat(view.bids()).containsExactly(level("98.5", "5"), level("97", "1"));
        assertThat(view.asks()).containsExactly(level("102", "4"));
    }

    @Test
    void a_browser_gets_each_trade_once_and_is_told_how_many_it_did_not_get() {
        trade(1);
        trade(2);
        Model.News<Model.MarketView> first = since(Model.MarketPlace.START);
        assertThat(first.view().trades()).extracting(Market.TradeRow::n).containsExactly(1L, 2L);
        assertThat(since(first.place()).view()).as("nothing is new").isNull();
        for (int i = 3; i <= 102; i++) {
            trade(i);
        }
        Model.News<Model.MarketView> second = since(first.place());
        assertThat(second.view().trades()).hasSize(40);
        assertThat(second.view().trades().getLast().n()).isEqualTo(102);
        assertThat(second.view().leftOut()).isEqualTo(60);
    }

    @Test
    void a_bar_that_runs_is_replaced_and_the_number_of_bars_stays_bounded() {
        for (int i = 0; i < 2 * Market.MAX_BARS; i++) {
            bar(NOW + i * 1_000_000L, "100", false);
            bar(NOW + i * 1_000_000L, "101", true);
        }
        List<Market.BarRow> bars = model.bars(BTC, "1s");
        assertThat(bars).hasSize(Market.MAX_BARS);
        assertThat(bars).allMatch(bar -> bar.closed() && bar.close().equals(Price.of("101")));
        assertThat(model.bars(BTC, "7m")).isEmpty();
    }

    private void bar(long ts, String close, boolean isClosed) {
        Price open = Price.of("100");
        model.accept(new Bar(
                header(ts), BTC, "1s", open, Price.of("102"), open, Price.of(close), Qty.of("1"), open, 1, isClosed));
    }

    @Test
    void a_model_that_is_cleared_is_empty_and_every_browser_is_told_again() {
        trade(1);
        long before = model.ordersVersion();
        model.clear();
        assertThat(model.instruments()).isEmpty();
        assertThat(since(Model.MarketPlace.START).view()).isNull();
        assertThat(model.ordersVersion()).isNotEqualTo(before);
        assertThat(model.accountsVersion()).isNotZero();
    }

    @Test
    void a_stream_that_is_not_to_be_believed_is_among_the_broken_ones_until_it_lives_again() {
        for (FeedState state : FeedState.values()) {
            model.accept(new FeedStatus(header(NOW), BTC, state, "because"));
            assertThat(model.brokenStreams().isEmpty()).as(state.name()).isEqualTo(state.isLive());
        }
    }
}
