package papertape.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import papertape.common.config.DatabaseSettings;
import papertape.common.config.Secret;

class QuestDbServerTest {
    private final Locale before = Locale.getDefault();

    @TempDir
    Path folder;

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "ar-EG", "fa-IR", "ne-NP", "tr-TR"})
    void theServersPortsAreInDigitsThatItReadsWhateverTheLocale(String tag) throws Exception {
        Locale.setDefault(Locale.forLanguageTag(tag));

        QuestDbServer.prepare(
                folder, 19_000, 18_812, new DatabaseSettings("", "", "papertape", new Secret("secret")), "mark");

        byte[] conf = Files.readAllBytes(folder.resolve("conf/server.conf"));
        assertThat(new String(conf, StandardCharsets.UTF_8)).contains("127.0.0.1:19000\n", "127.0.0.1:18812\n");
        for (byte each : conf) {
            assertThat(each).as("ASCII only").isNotNegative();
        }
    }
}
