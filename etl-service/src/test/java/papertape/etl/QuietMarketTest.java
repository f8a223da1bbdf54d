package papertape.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.etl.Feeding.COINBASE;

import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.config.EtlSettings;

/** Time goes on when the market is quiet. */
class QuietMarketTest {
    private final Feeding feed = new Feeding(new EtlSettings(List.of("1s"), 100, 0, 0));

    @Test
    void theFeedsTimeGoesOnToTheStagesThatFollow() {
        assertThat(feed.clock(0, 0)).containsExactly("clock 0 COINBASE confirmed 0");
        assertThat(feed.clock(0.1, 0.1)).as("two lines tell it twice").isEmpty();
        assertThat(feed.clock(0.25, 0.2)).containsExactly("clock 0.25 COINBASE confirmed 0.2");
        feed.restart();
        assertThat(feed.clock(0.3, 0.3)).isEmpty();
        assertThat(feed.clock(0.5, 0.3)).containsExactly("clock 0.5 COINBASE confirmed 0.3");
    }

    @Test
    void theClockIsAsFarBehindTheFeedAsTheSlowestInstrument() {
        feed.at(1).snapshot(Feeding.level("99", "1"), Feeding.level("101", "1"));
        feed.at(2).lagging(0.3).update("buy", "99", "2");
        assertThat(feed.clock(2.5, 2.4)).containsExactly("clock 2.2 COINBASE confirmed 2.1");
        feed.restart();
        assertThat(feed.clock(2.75, 2.4)).containsExactly("clock 2.45 COINBASE confirmed 2.1");
    }

    @Test
    void aBarEndsWithoutAnotherTrade() {
        feed.at(0.5).match(1, "100", "1");
        assertThat(feed.clock(0.9, 0.9)).containsExactly("clock 0.9 COINBASE confirmed 0.9");
        assertThat(feed.clock(1.1, 1.1))
                .startsWith("bar 1s 0 100 100 100 100 volume 1 vwap 100 trades 1")
                .hasSize(2);
    }

    @Test
    void anUnchangedPriceIsConfirmedOnceASecondWhileTheConnectionLives() {
        feed.at(0).snapshot(Feeding.level("99", "1"), Feeding.level("101", "1"));
        assertThat(feed.clock(0.5, 0.5)).noneMatch(text -> text.startsWith("mark"));
        assertThat(feed.clock(1.1, 1.05)).contains("mark 100 mid");
        assertThat(feed.lastMark().since()).isEqualTo(Feeding.micros(0));
        assertThat(feed.lastMark().confirmed()).isEqualTo(Feeding.micros(1.05));
        assertThat(feed.clock(2.2, 1.05)).as("no sign of life since").noneMatch(text -> text.startsWith("mark"));
        feed.restart();
        assertThat(feed.clock(3.2, 3.1)).contains("mark 100 mid");
    }

    @Test
    void updatesFarFromTheTopConfirmTheMarkToo() {
        feed.at(0).snapshot(Feeding.level("99", "1"), Feeding.level("101", "1"));
        feed.at(0.6).update("buy", "0.01", "1");
        assertThat(feed.lastMark().confirmed()).isEqualTo(Feeding.micros(0));
        feed.at(1.2).update("buy", "0.01", "2");
        assertThat(feed.lastMark().since()).isEqualTo(Feeding.micros(0));
        assertThat(feed.lastMark().confirmed()).isEqualTo(Feeding.micros(1.2));
    }

    @Test
    void aStaleOrBrokenInstrumentIsNotConfirmed() {
        feed.at(0).snapshot(Feeding.level("99", "1"), Feeding.level("101", "1"));
        feed.at(0.2).notice(COINBASE, "stale", "silent");
        assertThat(feed.clock(1.5, 1.5)).containsExactly("clock 1.5 COINBASE confirmed 1.5");
        feed.at(2).snapshot(Feeding.level("99", "1"), Feeding.level("101", "1"));
        assertThat(feed.clock(4, 4)).contains("mark 100 mid");
    }

    @Test
    void theClockOfOneVenueSaysNothingOfAnother() {
        feed.at(0).snapshot(Feeding.level("99", "1"), Feeding.level("101", "1"));
        assertThat(feed.clockOf("BINANCE", 5, 5)).containsExactly("clock 5 BINANCE confirmed 5");
        assertThat(COINBASE.venue()).isEqualTo("COINBASE");
    }
}
