package dev.linkspan.cli.command;

import dev.linkspan.cli.client.BrokenOff;
import dev.linkspan.cli.client.CallRefused;
import dev.linkspan.cli.client.NoAdminToken;
import dev.linkspan.cli.client.ServerUnreachable;
import dev.linkspan.cli.client.StrangeServer;
import dev.linkspan.cli.process.ServerDidNotStart;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code linkspan}, which only holds the others. */
@Command(
        name = "linkspan",
        header = "Private Nets for tenants, and peerings between them that really carry packets.",
        synopsisSubcommandLabel = "COMMAND",
        descriptionHeading = "%n",
        description =
                "Run @|bold ./linkspan help COMMAND|@ for what a command does, with examples. Whatever prints data has --json.",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nFirst steps:%n",
        footer = {
            "  ./linkspan demo                          watch two tenants peer their Nets",
            "  ./linkspan serve                         start a server on 127.0.0.1:7780",
            "  ./linkspan account create --json         make an account and its access key",
            "  ./linkspan explain i-... 10.1.1.4        say why a packet does not arrive",
            "",
            "Environment:",
            "  LINKSPAN_URL=URL          the server that commands ask",
            "  LINKSPAN_DATA=DIR         its data folder",
            "  LINKSPAN_NETWORK=none     no packets: neither root nor user namespaces are needed",
            "  LINKSPAN_COCKPIT=off      do not build Cockpit, the web console, which takes npm",
            "  LINKSPAN_INSTALL=off      never install packages",
            "  LINKSPAN_AOT=off          neither make nor use a start-up cache",
            "  LINKSPAN_JAVA_OPTS=FLAGS  more flags for the JVM"
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
            AgentCommand.class,
            NicCommand.class,
            AccountCommand.class,
            KeyCommand.class,
            VmCommand.class,
            OutsideCommand.class,
            ExplainCommand.class,
            StatusCommand.class,
            EventsCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            SubregionCommand.class,
            HostCommand.class,
            ClockCommand.class,
            QuotaCommand.class,
            CleanupCommand.class,
            OvnCleanupCommand.class,
            BuildCommand.class,
            TestCommand.class,
            BenchCommand.class,
            ReleaseCommand.class,
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
        commands.setParameterExceptionHandler(Linkspan::wrongUsage);
        PlainValues.teach(commands);
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

    /** The reason stands last, where it is seen; of the usage only the line that it is about. */
    private static int wrongUsage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName(" ");
        err.print("Usage: " + command.getHelp().synopsis("Usage: ".length()));
        err.println("       ./%s --help tells more".formatted(name));
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println(command.getColorScheme().errorText("linkspan: " + reason(wrong)));
        return ExitCode.WRONG_USAGE;
    }

    private static String reason(ParameterException wrong) {
        boolean noCommand = wrong instanceof UnmatchedArgumentException
                && wrong.getCommandLine().getParent() == null;
        return noCommand
                ? "'%s' is no command"
                        .formatted(((UnmatchedArgumentException) wrong)
                                .getUnmatched()
                                .getFirst())
                : String.valueOf(wrong.getMessage());
    }

    private static int report(Exception failure, CommandLine command, ParseResult result) {
        int code = command.getCommandSpec().exitCodeOnExecutionException();
        if (!isTold(failure)) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().println(command.getColorScheme().errorText("linkspan: " + message(failure)));
        return failure instanceof ServerUnreachable && code == ExitCode.FAILED ? ExitCode.NO_SERVER : code;
    }

    /** Whether the message alone says what a user has to know. */
    private static boolean isTold(Exception failure) {
        return switch (failure) {
            case ServerUnreachable _,
                    StrangeServer _,
                    CallRefused _,
                    BrokenOff _,
                    CommandFailure _,
                    NoAdminToken _,
                    ServerDidNotStart _ -> true;
            default -> false;
        };
    }

    private static String message(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof CallRefused ? Wording.ofCommandLine(message) : message;
    }
}
