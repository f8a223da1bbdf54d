package papertape.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import papertape.cli.stack.StackFile;
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
    @Mixin
    Target target = new Target();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Optional<StackFile> found = target.stackFile();
        if (found.isEmpty()) {
            spec.commandLine().getOut().println("no stack runs here");
            return CommandLine.ExitCode.OK;
        }
        StackFile stack = found.get();
        stack.supervisorHandle().ifPresent(supervisor -> end(supervisor, 10_000));
        for (StackFile.Entry each : stack.processes().reversed()) {
            each.alive().ifPresent(process -> end(process, 3_000));
        }
        Files.deleteIfExists(target.home().stackFile());
        spec.commandLine().getOut().println("stopped");
        return CommandLine.ExitCode.OK;
    }

    private static void end(ProcessHandle process, long ms) {
        process.destroy();
        try {
            process.onExit().get(ms, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
