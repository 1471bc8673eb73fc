package dev.linkspan.cli.command;

import dev.linkspan.cli.network.VmAccess;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Works outside all Nets: on what stands for the internet. */
@Command(
        name = "outside",
        header = "Run a command outside all Nets.",
        synopsisSubcommandLabel = "exec",
        subcommands = OutsideCommand.Exec.class,
        footer = {"  ./linkspan outside exec -- ping -c 3 203.0.113.10"})
final class OutsideCommand {

    /** Runs a command in the network outside all Nets, on the machine where the server runs. */
    @Command(
            name = "exec",
            exitCodeOnExecutionException = ExitCode.NOT_RUN,
            header = "Run a command outside all Nets.",
            description = {
                "Outside is what stands for the internet: a network with the first public address, 203.0.113.1 unless serve"
                        + " --public-ips says otherwise, and whatever you add to it. Machines with a public address reach it by"
                        + " their Net's internet service, and are reached from there. It exists once a Net has had one. The"
                        + " command sees this computer's files. Its exit code is passed on; 125 means that it did not run."
            },
            footer = {
                "  ./linkspan outside exec -- python3 -m http.server --bind 203.0.113.1 80",
                "  ./linkspan outside exec -- ping -c 3 203.0.113.10",
                "  ./linkspan outside exec -- ip address add 198.51.100.7/32 dev lo"
            })
    static final class Exec implements Callable<Integer> {

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Parameters(index = "0..*", arity = "1..*", paramLabel = "-- CMD...", description = "The command to run.")
        private List<String> command = List.of();

        @Override
        public Integer call() throws IOException, InterruptedException {
            return VmAccess.process(commandLine()).inheritIO().start().waitFor();
        }

        private List<String> commandLine() {
            VmAccess access = server.vmAccess();
            access.obstacleOutside().ifPresent(obstacle -> {
                throw new CommandFailure(obstacle);
            });
            return access.enterOutside(command);
        }
    }
}
