package papertape.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import papertape.common.json.CodecException;
import papertape.common.json.StateCodec;
import papertape.look.Supervisor;

/**
 * What runs, as the commands find it in the stack's folder; readable by its owner alone, since it holds
 * passwords.
 *
 * @param supervisor process id of the one that started the others
 * @param stackId whose data Redis and the database hold
 * @param dashboardUrl with the token that a browser shows; empty where there is no dashboard
 * @param supervisorStart when that process began, milliseconds since the epoch: an id alone may be another's by now
 */
public record StackFile(
        long supervisor,
        long supervisorStart,
        String stackId,
        String feed,
        String redisUrl,
        String redisTrustStore,
        String redisTrustStorePassword,
        String databaseUrl,
        String databasePgUrl,
        String databaseUser,
        String databasePassword,
        String venueUrl,
        String configFiles,
        String dashboardUrl,
        List<Entry> processes) {
    /** A process of the stack. */
    public record Entry(String name, long pid, long start) {
        static Entry of(String name, long pid) {
            return new Entry(name, pid, startOf(pid));
        }

        /** The process, if it is still the same one. */
        public Optional<ProcessHandle> alive() {
            return handle(pid, start);
        }
    }

    private static final StateCodec<StackFile> CODEC = new StateCodec<>(StackFile.class);

    static long startOf(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .map(Instant::toEpochMilli)
                .orElse(0L);
    }

    static Optional<ProcessHandle> handle(long pid, long start) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(handle -> startOf(pid) == start);
    }

    public Optional<ProcessHandle> supervisorHandle() {
        return handle(supervisor, supervisorStart);
    }

    /** The supervisor, for who looks for problems. */
    public Supervisor watcher() {
        return new Supervisor(supervisor, supervisorHandle().isPresent());
    }

    public static Optional<StackFile> read(Home home) throws IOException {
        Path file = home.stackFile();
        try {
            return Files.exists(file) ? Optional.of(CODEC.decode(Files.readAllBytes(file))) : Optional.empty();
        } catch (CodecException e) {
            throw new IOException(
                    file + " cannot be read, another version may have written it: " + e.getMessage()
                            + " (papertape up or papertape down removes it)",
                    e);
        }
    }

    /** The processes that it names; none where there is no file, or one of another version. */
    static List<Entry> entries(Home home) {
        try {
            return read(home).map(StackFile::processes).orElse(List.of());
        } catch (IOException e) {
            return List.of();
        }
    }

    void write(Home home) throws IOException {
        OwnFiles.write(home.stackFile(), CODEC.encode(this));
    }
}
