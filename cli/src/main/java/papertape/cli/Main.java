package papertape.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import papertape.cli.command.Failure;
import papertape.cli.command.Papertape;
import papertape.cli.command.Terminal;
import papertape.cli.command.Words;
import papertape.common.bus.Redis;
import papertape.common.config.ConfigException;
import picocli.CommandLine;

/** {@code papertape}: exit codes 0 done, 1 failed, 2 wrong usage or configuration. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line with its error handling, for tests as well. */
    public static CommandLine commandLine() {
        return Words.teach(new CommandLine(new Papertape()))
                .setOut(new Terminal(new OutputStreamWriter(System.out, System.out.charset())))
                .setErr(new Terminal(new OutputStreamWriter(System.err, System.err.charset())))
                // its bold letters would be shown as the control characters that they are
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setSubcommandsCaseInsensitive(true)
                .setOptionsCaseInsensitive(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler((e, command, parsed) -> exitCode(e, command));
    }

    /** As picocli does it, but an unknown command is answered with those that there are. */
    private static int wrongUsage(CommandLine.ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !command.getSubcommands().isEmpty()) {
            err.println("unknown command: " + unmatched.getUnmatched().getFirst() + " (accepted: "
                    + String.join(", ", command.getSubcommands().keySet()) + ")");
            return CommandLine.ExitCode.USAGE;
        }
        err.println(e.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
            command.usage(err);
        }
        return CommandLine.ExitCode.USAGE;
    }

    private static int exitCode(Exception e, CommandLine command) {
        if (e instanceof ConfigException || e instanceof IllegalArgumentException) {
            command.getErr().println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        if (e instanceof NoSuchFileException missing) {
            command.getErr().println("no such file: " + missing.getFile());
            return CommandLine.ExitCode.USAGE;
        }
        if (e instanceof Failure
                || e instanceof Redis.Unavailable
                || e instanceof Redis.Refused
                || e instanceof java.io.IOException) {
            command.getErr().println(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        e.printStackTrace(command.getErr());
        return CommandLine.ExitCode.SOFTWARE;
    }
}
