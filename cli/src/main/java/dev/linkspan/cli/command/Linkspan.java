package dev.linkspan.cli.command;

import dev.linkspan.cli.client.BrokenOff;
import dev.linkspan.cli.client.CallRefused;
import dev.linkspan.cli.client.NoAdminToken;
import dev.linkspan.cli.client.ServerUnreachable;
import dev.linkspan.cli.process.ServerDidNotStart;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command {@code linkspan}, which only holds the others. */
@Command(
        name = "linkspan",
        header = "Private Nets for tenants, and peerings between them that really carry packets.",
        synopsisSubcommandLabel = "COMMAND",
        descriptionHeading = "%n",
        description = "Run @|bold linkspan COMMAND --help|@ for what a command does, with examples.",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nFirst steps:%n",
        footer = {
            "  ./linkspan demo                          watch two tenants peer their Nets",
            "  ./linkspan serve                         start a server on 127.0.0.1:7780",
            "  ./linkspan account create --json         make an account and its access key"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused, or failed on the way; the message says why",
            "2:wrong usage",
            "3:no server answers"
        },
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            AccountCommand.class,
            KeyCommand.class,
            VmCommand.class,
            ExplainCommand.class,
            StatusCommand.class,
            EventsCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            SubregionCommand.class,
            ClockCommand.class,
            QuotaCommand.class,
            CleanupCommand.class,
            TestCommand.class,
            BenchCommand.class,
            VersionCommand.class
        })
public final class Linkspan implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    private Linkspan() {}

    /** The command line, ready to execute arguments. */
    public static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new Linkspan());
        commands.setExecutionExceptionHandler(Linkspan::report);
        commands.setUsageHelpAutoWidth(true);
        commands.setUsageHelpLongOptionsMaxWidth(28);
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.getSubcommands().values().forEach(Linkspan::showExamples);
        return commands;
    }

    /** Every help page ends with examples under the same heading. */
    private static void showExamples(CommandLine command) {
        command.getCommandSpec().usageMessage().footerHeading("%nExamples:%n");
        command.getCommandSpec().usageMessage().optionListHeading("%nOptions:%n");
        command.getCommandSpec().usageMessage().descriptionHeading("%n");
        command.getSubcommands().values().forEach(Linkspan::showExamples);
    }

    /** Without a command, the help is what was wanted. */
    @Override
    public Integer call() {
        CommandLine.usage(this, System.out);
        return ExitCode.WRONG_USAGE;
    }

    private static int report(Exception failure, CommandLine command, ParseResult result) {
        command.getErr().println(command.getColorScheme().errorText("linkspan: " + failure.getMessage()));
        int code = command.getCommandSpec().exitCodeOnExecutionException();
        return switch (failure) {
            case ServerUnreachable _ when code == ExitCode.FAILED -> ExitCode.NO_SERVER;
            case ServerUnreachable _,
                    CallRefused _,
                    BrokenOff _,
                    CommandFailure _,
                    NoAdminToken _,
                    ServerDidNotStart _ -> code;
            default -> {
                failure.printStackTrace(command.getErr());
                yield code;
            }
        };
    }
}
