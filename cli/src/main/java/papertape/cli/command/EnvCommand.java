package papertape.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import papertape.cli.stack.StackFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Gives a shell the addresses and the credentials of the folder's stack. */
@Command(
        name = "env",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what redis-cli, psql and scripts need to reach the stack, for a shell to take in:",
            "eval \"$(./papertape env)\"",
            "It prints passwords: do not let others see it."
        })
final class EnvCommand implements Callable<Integer> {
    @Mixin
    Target target = new Target();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        StackFile stack = target.stackFile()
                .orElseThrow(() -> new Failure("no stack runs here ("
                        + target.home().stackFile().toAbsolutePath().normalize()
                        + " is missing); start one with papertape up"));
        PrintWriter out = spec.commandLine().getOut();
        out.print(ShellSettings.of(stack));
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
