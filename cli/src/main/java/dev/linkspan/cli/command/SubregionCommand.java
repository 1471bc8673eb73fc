package dev.linkspan.cli.command;

import dev.linkspan.cli.client.Answer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Fails and heals Subregions. */
@Command(
        name = "subregion",
        header = "Fail a Subregion, or heal it.",
        synopsisSubcommandLabel = "fail|heal",
        subcommands = {SubregionCommand.Fail.class, SubregionCommand.Heal.class},
        footer = {"  ./linkspan subregion fail eu-west-2a", "  ./linkspan subregion heal eu-west-2a"})
final class SubregionCommand {

    /** Silences the machines of a Subregion. */
    @Command(
            name = "fail",
            header = "Fail a Subregion: its machines fall silent, the rest of their Nets go on.",
            footer = {"  ./linkspan subregion fail eu-west-2a"})
    static final class Fail implements Callable<Integer> {

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Mixin
        private Output output = new Output();

        @Parameters(paramLabel = "NAME", description = "The Subregion, such as eu-west-2a.")
        private String name = "";

        @Override
        public Integer call() {
            Answer answer = server.operator().ask("FailSubregion", "SubregionName", name);
            output.print(answer.body(), out -> out.println(name + " has failed: its machines are silent now"));
            return ExitCode.DONE;
        }
    }

    /** Lets the machines of a failed Subregion speak again. */
    @Command(
            name = "heal",
            header = "Heal a failed Subregion.",
            footer = {"  ./linkspan subregion heal eu-west-2a"})
    static final class Heal implements Callable<Integer> {

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Mixin
        private Output output = new Output();

        @Parameters(paramLabel = "NAME", description = "The Subregion, such as eu-west-2a.")
        private String name = "";

        @Override
        public Integer call() {
            Answer answer = server.operator().ask("HealSubregion", "SubregionName", name);
            output.print(answer.body(), out -> out.println(name + " is available again"));
            return ExitCode.DONE;
        }
    }
}
