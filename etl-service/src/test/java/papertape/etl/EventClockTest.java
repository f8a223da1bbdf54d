package papertape.etl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventClockTest {
    private static final long NOW = Feeding.START;
    private final EventClock clock = new EventClock(0, 0, 0);

    @Test
    void timeNeverGoesBack() {
        assertThat(clock.onReceived(NOW + 500)).isEqualTo(NOW + 500);
        assertThat(clock.onVenueNow(NOW + 300, NOW + 300)).isEqualTo(NOW + 500);
        assertThat(clock.onPast(NOW - 10_000)).isEqualTo(NOW + 500);
        assertThat(clock.onVenueNow(NOW + 600, NOW + 600)).isEqualTo(NOW + 600);
        assertThat(clock.onReceived(NOW + 550)).isEqualTo(NOW + 600);
    }

    @Test
    void aRecordingPlayedLaterTakesItsOwnTimes() {
        long recorded = NOW - 365L * 86_400_000_000L;
        assertThat(clock.onReceived(NOW)).isEqualTo(NOW);
        assertThat(clock.onVenueNow(recorded, NOW)).as("back once").isEqualTo(recorded);
        assertThat(clock.onReceived(NOW + 1)).as("not again to today").isEqualTo(recorded);
        assertThat(clock.onVenueNow(recorded + 5, NOW + 5)).isEqualTo(recorded + 5);
    }

    @Test
    void anOldTradeSaysNothingOfTheVenuesNow() {
        assertThat(clock.onReceived(NOW)).isEqualTo(NOW);
        assertThat(clock.onPast(NOW - 86_400_000_000L)).isEqualTo(NOW);
        assertThat(clock.onReceived(NOW + 7)).isEqualTo(NOW + 7);
    }

    @Test
    void aVenueWhoseClockIsBehindOursIsNotStoppedByAReceiveTime() {
        long behind = 3_000_000;
        assertThat(clock.onVenueNow(NOW - behind, NOW)).isEqualTo(NOW - behind);
        assertThat(clock.onReceived(NOW + 40)).as("our own word in between").isEqualTo(NOW - behind + 40);
        assertThat(clock.onVenueNow(NOW - behind + 100, NOW + 100)).isEqualTo(NOW - behind + 100);
    }

    @Test
    void aVenueWhoseClockIsAheadTakesReceiveTimesAlong() {
        assertThat(clock.onVenueNow(NOW + 500, NOW)).isEqualTo(NOW + 500);
        assertThat(clock.onReceived(NOW + 40)).isEqualTo(NOW + 540);
    }
}
