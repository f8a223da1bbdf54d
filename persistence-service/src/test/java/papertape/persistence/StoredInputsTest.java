package papertape.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import papertape.common.config.PersistenceSettings;
import papertape.common.message.Book;
import papertape.common.message.Channel;
import papertape.common.runtime.Input;

class StoredInputsTest {
    @Test
    void readsEveryJournaledChannelWhole() {
        var journaled = Arrays.stream(Channel.values())
                .filter(Channel::isJournaled)
                .map(Input::all)
                .toList();
        assertThat(StoredInputs.of(new PersistenceSettings(true, true))).isEqualTo(journaled);
    }

    @Test
    void doesNotReadWhatTheSettingsLeaveOut() {
        var inputs = StoredInputs.of(new PersistenceSettings(false, false));
        assertThat(inputs)
                .extracting(Input::channel)
                .doesNotContain(Channel.RAW)
                .contains(Channel.TICKS);
        assertThat(inputs)
                .noneMatch(input -> input.types().contains(Book.class)
                        || (input.channel() == Channel.TICKS && input.types().isEmpty()));
    }
}
