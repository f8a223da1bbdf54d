package papertape.cli.command;

import picocli.CommandLine.Command;

/** The root command: lists the others. */
@Command(
        name = "papertape",
        mixinStandardHelpOptions = true,
        version = "papertape 0.1.0",
        description = "Paper trading over Redis pub/sub: market data in, simulated fills, positions and P&L out.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            ScaleCommand.class,
            TailCommand.class,
            DeadLetterCommand.class,
            AccountCommand.class,
            HaltCommand.class,
            ResumeCommand.class,
            OrderCommand.class,
            CancelCommand.class,
            ReplaceCommand.class,
            OrdersCommand.class,
            PositionsCommand.class,
            ExplainCommand.class,
            ReportCommand.class,
            AuditCommand.class,
            ReplayCommand.class,
            RecordCommand.class,
            ChaosCommand.class,
            EnvCommand.class,
        },
        footer = {
            "",
            "papertape test runs the whole test suite.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration."
        })
public final class Papertape {}
