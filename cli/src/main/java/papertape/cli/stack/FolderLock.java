package papertape.cli.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import papertape.common.json.CodecException;
import papertape.common.json.StateCodec;

/**
 * A stack's folder in one process's hands, from before anything in it is changed until that process ends: the system gives
 * the lock back however the process ends.
 */
public final class FolderLock implements AutoCloseable {
    private static final StateCodec<Holder> CODEC = new StateCodec<>(Holder.class);
    /** The system's locks are a process's: within one they would not keep two apart, and any close gives them back. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    /**
     * Who has the folder.
     *
     * @param start when the process began, milliseconds since the epoch
     * @param command such as {@code papertape up}
     */
    public record Holder(long pid, long start, String command) {
        /** The process, if it is still the same one. */
        public Optional<ProcessHandle> alive() {
            return StackFile.handle(pid, start);
        }

        @Override
        public String toString() {
            return "process " + pid + " (" + command + ")";
        }
    }

    /** Another process works in the folder. */
    public static final class Taken extends IOException {
        private final transient Optional<Holder> holder;

        Taken(Path folder, Optional<Holder> holder) {
            super("the folder " + folder + " is in use by "
                    + holder.map(Holder::toString).orElse("another process")
                    + ": one stack at a time runs in a folder (papertape down --home " + folder
                    + " stops it, --home DIR uses another folder)");
            this.holder = holder;
        }

        public Optional<Holder> holder() {
            return holder;
        }
    }

    private final Home home;
    private final Path key;
    private final FileChannel channel;

    private FolderLock(Home home, Path key, FileChannel channel) {
        this.home = home;
        this.key = key;
        this.channel = channel;
    }

    /**
     * Takes the folder, which is made where it is missing.
     *
     * @param command for those who find it taken
     * @throws Taken when another process, or another stack of this process, has it
     */
    public static FolderLock take(Home home, String command) throws IOException {
        home.make();
        Path key = home.folder().toRealPath();
        if (!HELD_HERE.add(key)) {
            throw new Taken(key, holder(home));
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    key.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
            if (channel.tryLock() == null) {
                throw new Taken(key, holder(home));
            }
            long self = ProcessHandle.current().pid();
            OwnFiles.write(
                    key.resolve("lock.holder"), CODEC.encode(new Holder(self, StackFile.startOf(self), command)));
            return new FolderLock(home, key, channel);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            HELD_HERE.remove(key);
            throw e;
        }
    }

    /** Who has the folder at the moment; empty when nobody has it. */
    public static Optional<Holder> find(Home home) throws IOException {
        if (!Files.exists(home.folder())) {
            return Optional.empty();
        }
        try {
            take(home, "papertape").close();
            return Optional.empty();
        } catch (Taken e) {
            return e.holder();
        }
    }

    private static Optional<Holder> holder(Home home) throws IOException {
        Path file = home.folder().resolve("lock.holder");
        try {
            return Files.exists(file)
                    ? Optional.of(CODEC.decode(Files.readAllBytes(file)))
                            .filter(each -> each.alive().isPresent())
                    : Optional.empty();
        } catch (CodecException e) {
            return Optional.empty();
        }
    }

    Home home() {
        return home;
    }

    @Override
    public void close() throws IOException {
        if (HELD_HERE.contains(key) && channel.isOpen()) {
            channel.close();
            HELD_HERE.remove(key);
        }
    }
}
