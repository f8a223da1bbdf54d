package papertape.common.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import papertape.common.message.NewOrder;

/** The message reference in docs is that of the code. {@code -Dupdate.docs} writes it again. */
class MessageDocsTest {
    private final Path project = project();

    @Test
    void referenceIsUpToDate() throws IOException {
        Map<String, String> wanted = new MessageDocs(project).all();
        Path docs = project.resolve("docs");
        if (System.getProperty("update.docs") != null) {
            write(wanted, docs);
        }

        for (Map.Entry<String, String> each : wanted.entrySet()) {
            Path file = docs.resolve(each.getKey());
            assertThat(file)
                    .as("run the tests of common with -Dupdate.docs")
                    .exists()
                    .hasContent(each.getValue());
        }
        try (Stream<Path> files = Files.list(docs.resolve("schemas"))) {
            Set<String> found =
                    files.map(file -> "schemas/" + file.getFileName()).collect(Collectors.toSet());
            assertThat(wanted.keySet()).as("files of messages that are no more").containsAll(found);
        }
    }

    /** The patterns of names were once missing because they were made after the codecs that show them. */
    @Test
    void each_field_of_a_schema_has_a_type_or_its_words() throws IOException {
        for (Map.Entry<String, String> each : new MessageDocs(project).all().entrySet()) {
            assertThat(each.getValue()).as(each.getKey()).doesNotContain(": null", ":null");
        }
        assertThat(MessageCodec.schemaOf(NewOrder.class)).contains("\"account\":{\"type\":\"string\",\"pattern\":");
    }

    private static void write(Map<String, String> wanted, Path docs) throws IOException {
        Files.createDirectories(docs.resolve("schemas"));
        for (Map.Entry<String, String> each : wanted.entrySet()) {
            Files.writeString(docs.resolve(each.getKey()), each.getValue());
        }
    }

    private static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("common/src/main/java"))) {
            folder = Objects.requireNonNull(folder.getParent(), "the tests run inside the project");
        }
        return folder;
    }
}
