package papertape.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import papertape.cli.stack.FolderLock;
import papertape.cli.stack.Home;
import papertape.cli.stack.Leftovers;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the stack of the folder, and whatever a supervisor that was killed has left behind. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops the running stack; nothing is left running.")
final class DownCommand implements Callable<Integer> {
    private static final long SUPERVISOR_MS = 10_000;

    @Mixin
    Target target = new Target();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Home home = target.home();
        if (!Files.exists(home.folder())) {
            say("no stack runs here");
            return CommandLine.ExitCode.OK;
        }
        Optional<ProcessHandle> holder = FolderLock.find(home).flatMap(FolderLock.Holder::alive);
        boolean isThere = holder.isPresent() || Files.exists(home.stackFile());
        holder.ifPresent(each -> end(each, SUPERVISOR_MS));
        try (FolderLock lock = FolderLock.take(home, "papertape down")) {
            isThere |= Leftovers.end(lock, this::say);
        }
        say(isThere ? "stopped" : "no stack runs here");
        return CommandLine.ExitCode.OK;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private static void end(ProcessHandle process, long ms) {
        process.destroy();
        try {
            process.onExit().get(ms, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
