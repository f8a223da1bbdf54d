package papertape.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import papertape.common.runtime.Source.Item;
import papertape.common.runtime.Source.Received;
import papertape.common.runtime.Source.Time;
import papertape.common.runtime.Source.Turn;
import papertape.common.value.Instrument;

class TurnsTest {
    private static final Instrument A = Instrument.of("SIM:A");
    private static final Instrument B = Instrument.of("SIM:B");

    private final RecordedTimes times =
            new RecordedTimes(List.of("A\t1000000", "B\t1001000", "A\t1002000", "B\t1300000"));

    private Turns turns(Integer... partitions) {
        Turns turns = new Turns("SIM", times, new Schedule(times, product -> product.equals("A") ? 0 : 1, 2, 25_000));
        turns.own(Set.of(partitions), List.of(A, B));
        return turns;
    }

    private static Received message(Instrument instrument, int position) {
        return new Received("SIM", instrument, "match", 9, instrument.symbol() + position, Integer.toString(position));
    }

    private static List<String> texts(Turn turn, int partition) {
        List<Item> items = turn.items().getOrDefault(partition, List.of());
        return items.stream()
                .map(item -> switch (item) {
                    case Received received -> received.payload() + " at " + received.received();
                    case Time time -> "clock " + time.received() + " heard " + time.confirmed();
                })
                .toList();
    }

    @Test
    void messagesAreGivenOutAtTheirRecordedTimesWhateverTheOrderOfTheirArrival() {
        Turns turns = turns(0, 1);
        turns.add(List.of(message(A, 2), message(B, 1), message(A, 1), message(B, 2)));

        Turn first = turns.take(new long[] {0, 0}, true);
        assertThat(first.isWhole()).isFalse();
        assertThat(texts(first, 0)).containsExactly("A1 at 1000000", "A2 at 1002000");
        assertThat(texts(first, 1)).containsExactly("B1 at 1001000");

        assertThat(turns.take(new long[] {2, 1}, false)).as("not handled yet").isEqualTo(new Turn(Map.of(), true));
        Turn clock = turns.take(new long[] {2, 1}, true);
        assertThat(texts(clock, 0)).containsExactly("clock 1250000 heard 1002000");
    }

    @Test
    void aMessageThatHasNotArrivedHoldsTheOnesAfterIt() {
        Turns turns = turns(0);
        turns.add(List.of(message(A, 2)));
        assertThat(texts(turns.take(new long[] {0, 0}, true), 0)).isEmpty();
        turns.add(List.of(message(A, 1)));
        assertThat(texts(turns.take(new long[] {0, 0}, false), 0)).containsExactly("A1 at 1000000", "A2 at 1002000");
    }

    @Test
    void aWorkerThatTakesAPartitionOverGoesOnWithinTheTurn() {
        Turns turns = turns(0, 1);
        turns.add(List.of(message(A, 2), message(B, 1)));

        Turn rest = turns.take(new long[] {1, 0}, true);
        assertThat(texts(rest, 0)).containsExactly("A2 at 1002000");
        assertThat(texts(rest, 1)).containsExactly("B1 at 1001000");
        assertThat(turns.take(new long[] {3, 2}, false).isWhole())
                .as("another worker has gone on to the clock, so the turn was handled")
                .isTrue();
    }

    @Test
    void atTheEndThereIsNothingMore() {
        Turns turns = turns(0, 1);
        turns.add(List.of(message(A, 1), message(A, 2), message(B, 1), message(B, 2)));
        assertThat(texts(turns.take(new long[] {3, 2}, true), 1)).containsExactly("B2 at 1300000");
        assertThat(texts(turns.take(new long[] {3, 3}, true), 1)).containsExactly("clock 1500000 heard 1300000");
        assertThat(turns.take(new long[] {4, 4}, true)).isEqualTo(new Turn(Map.of(), true));
    }
}
