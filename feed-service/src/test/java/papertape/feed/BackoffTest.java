package papertape.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    @Test
    void doublesUpToTheCapAndStartsSmallAgainAfterAReset() {
        Backoff backoff = new Backoff(100, 1_000, () -> 0.5);

        assertThat(Stream.generate(backoff::nextMs).limit(6)).containsExactly(50L, 100L, 200L, 400L, 500L, 500L);
        backoff.reset();
        assertThat(backoff.nextMs()).isEqualTo(50);
    }

    @Test
    void waitsAnyPartOfTheWholeTime() {
        assertThat(new Backoff(100, 1_000, () -> 0.0).nextMs()).isZero();
        assertThat(new Backoff(100, 1_000, () -> 0.999).nextMs()).isEqualTo(99);
    }
}
