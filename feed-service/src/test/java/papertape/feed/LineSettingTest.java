package papertape.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import papertape.common.config.Config;
import papertape.common.config.ConfigException;
import papertape.common.config.ConfigReader;
import papertape.common.value.FeedLine;

class LineSettingTest {
    private static final Config ONE_LINE = ConfigReader.defaults(Map.of());
    private static final Config TWO_LINES = ConfigReader.defaults(Map.of("PAPERTAPE_FEED_REDUNDANT", "true"));

    @Test
    void aWorkerIsOfLineAUnlessItIsToldOtherwise() {
        assertThat(LineSetting.of(Map.of())).isEqualTo(FeedLine.A);
        assertThat(LineSetting.of(Map.of("PAPERTAPE_LINE", "a"))).isEqualTo(FeedLine.A);
        assertThat(LineSetting.of(Map.of("PAPERTAPE_LINE", "b"))).isEqualTo(FeedLine.B);
        assertThatCode(() -> LineSetting.check(Map.of("PAPERTAPE_LINE", "b"), TWO_LINES))
                .doesNotThrowAnyException();
        assertThatCode(() -> LineSetting.check(Map.of(), ONE_LINE)).doesNotThrowAnyException();
    }

    @Test
    void aLineThatDoesNotExistOrHasNoArbiterIsRefused() {
        assertThatThrownBy(() -> LineSetting.check(Map.of("PAPERTAPE_LINE", "c"), TWO_LINES))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("PAPERTAPE_LINE: \"c\" (accepted: a, b)");
        assertThatThrownBy(() -> LineSetting.check(Map.of("PAPERTAPE_LINE", "b"), ONE_LINE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("needs feed.redundant: true");
    }
}
