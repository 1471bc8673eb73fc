package dev.linkspan.cli.command;

import dev.linkspan.cli.client.Answer;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a server's clock, and moves it where it is a manual one. */
@Command(
        name = "clock",
        header = "Show the server's clock, or move a manual one.",
        synopsisSubcommandLabel = "[show|advance]",
        subcommands = {ClockCommand.Show.class, ClockCommand.Advance.class},
        footer = {
            "  ./linkspan clock show",
            "  ./linkspan clock advance P7D       seven days pass (serve --clock manual)",
            "  ./linkspan clock advance PT1H30M   an hour and a half"
        })
final class ClockCommand {

    /** Shows the time that all rules go by. */
    @Command(
            name = "show",
            header = "Show the time by the server's clock.",
            footer = {"  ./linkspan clock show --json"})
    static final class Show implements Callable<Integer> {

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() {
            Answer answer = server.operator().ask("ReadClock");
            output.print(answer.at("Clock"), out -> out.println(told(answer)));
            return ExitCode.DONE;
        }
    }

    /** Lets time pass on a manual clock. */
    @Command(
            name = "advance",
            header = "Move a manual clock forward.",
            description = "Refused by a server that goes by the system's clock.",
            footer = {"  ./linkspan clock advance P7D", "  ./linkspan clock advance PT1H"})
    static final class Advance implements Callable<Integer> {

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Mixin
        private Output output = new Output();

        @Parameters(paramLabel = "DURATION", description = "How far, in ISO 8601: P7D, PT1H, PT90S.")
        private Duration duration = Duration.ZERO;

        @Override
        public Integer call() {
            Answer answer = server.operator().ask("AdvanceClock", "Duration", duration.toString());
            output.print(answer.at("Clock"), out -> out.println(told(answer)));
            return ExitCode.DONE;
        }
    }

    private static String told(Answer answer) {
        return "%s  (%s clock)".formatted(answer.text("Clock", "Now"), answer.text("Clock", "Kind"));
    }
}
