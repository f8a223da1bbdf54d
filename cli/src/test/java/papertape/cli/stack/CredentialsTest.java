package papertape.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialsTest {
    @TempDir
    Path folder;

    @Test
    void the_first_start_makes_passwords_and_later_starts_read_the_same() throws IOException {
        Home home = new Home(folder.resolve("home"));
        Credentials first = Credentials.of(home);
        Credentials second = Credentials.of(home);
        Credentials other = Credentials.of(new Home(folder.resolve("other")));

        for (String user : List.of(Credentials.OPERATOR, Credentials.SUPERVISOR, Credentials.DATABASE, "feed", "pnl")) {
            assertThat(first.password(user).value()).matches("[0-9a-f]{48}");
            assertThat(second.password(user)).isEqualTo(first.password(user));
            assertThat(other.password(user)).isNotEqualTo(first.password(user));
        }
        assertThat(first.password("feed")).isNotEqualTo(first.password("etl"));
        assertThat(first.password("feed").toString()).isEqualTo("***");
    }

    @Test
    void a_home_that_is_named_from_the_working_folder_has_its_file_inside() throws IOException {
        Path relative =
                Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath().resolve("home"));
        assertThat(relative).isRelative();
        Credentials made = Credentials.of(new Home(relative));
        assertThat(folder.resolve("home/credentials")).isRegularFile();
        assertThat(made.password("feed"))
                .isEqualTo(Credentials.of(new Home(folder.resolve("home"))).password("feed"));
    }

    @Test
    void only_the_owner_can_read_the_file_and_the_folders() throws IOException {
        Home home = new Home(folder.resolve("home"));
        Credentials.of(home);
        assertThat(permissions(home.credentialsFile())).isEqualTo("rw-------");
        Files.setPosixFilePermissions(home.credentialsFile(), PosixFilePermissions.fromString("rw-r--r--"));
        Credentials.of(home);
        assertThat(permissions(home.credentialsFile())).isEqualTo("rw-------");

        Files.createDirectories(home.folder().resolve("redis"));
        for (Path each : List.of(home.folder(), home.redis(), home.questdb(), home.logs(), home.spool())) {
            assertThat(permissions(each)).as(each.toString()).isEqualTo("rwx------");
        }
    }

    @Test
    void the_permissions_of_a_home_that_is_there_already_are_left_alone() throws IOException {
        Path shared = Files.createDirectory(
                folder.resolve("shared"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        new Home(shared).redis();
        assertThat(permissions(shared)).isEqualTo("rwxr-xr-x");
        assertThat(permissions(shared.resolve("redis"))).isEqualTo("rwx------");
    }

    @Test
    void a_user_that_is_missing_gets_a_password_and_the_others_keep_theirs() throws IOException {
        Home home = new Home(folder);
        Credentials first = Credentials.of(home);
        List<String> lines = Files.readAllLines(home.credentialsFile());
        Files.write(
                home.credentialsFile(),
                lines.stream().filter(line -> !line.startsWith("etl=")).toList());

        Credentials second = Credentials.of(home);

        assertThat(second.password("etl")).isNotEqualTo(first.password("etl"));
        assertThat(second.password("feed")).isEqualTo(first.password("feed"));
        assertThat(Credentials.of(home).password("etl")).isEqualTo(second.password("etl"));
    }

    @Test
    void a_file_that_is_not_of_passwords_is_refused_without_being_shown() throws IOException {
        Home home = new Home(folder);
        for (String wrong :
                List.of("feed hunter2", "feed=", "=hunter2hunter2hunter2", "feed=short", "feed=a b c d e f g h i j")) {
            Files.writeString(home.credentialsFile(), wrong + "\n");
            assertThatThrownBy(() -> Credentials.of(home))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(home.credentialsFile().toString())
                    .hasMessageContaining("user=password")
                    .hasMessageNotContaining("hunter2");
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
