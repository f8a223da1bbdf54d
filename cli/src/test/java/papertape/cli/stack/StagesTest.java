package papertape.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import papertape.look.Pipeline;

final class StagesTest {
    @Test
    void the_pipeline_that_is_shown_is_the_one_that_is_started() {
        assertThat(Arrays.stream(Stages.values()).map(Stages::text)).containsExactlyElementsOf(Pipeline.STAGES);
    }
}
