package dev.linkspan.cli.command;

import dev.linkspan.cli.network.VmAccess;
import dev.linkspan.cli.network.VmId;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Works inside machines. */
@Command(
        name = "vm",
        header = "Run a command inside a machine.",
        synopsisSubcommandLabel = "exec",
        subcommands = VmCommand.Exec.class,
        footer = {"  ./linkspan vm exec i-1234abcd -- ping -c 3 10.0.2.4"})
final class VmCommand {

    /** Runs a command in a machine's network, on the machine where the server runs. */
    @Command(
            name = "exec",
            exitCodeOnExecutionException = ExitCode.NOT_RUN,
            header = "Run a command inside a machine.",
            description = {
                "The command sees this computer's files and the machine's network. Its exit code is passed on; 125 means that"
                        + " it did not run."
            },
            footer = {
                "  ./linkspan vm exec i-1234abcd -- ip address",
                "  ./linkspan vm exec i-1234abcd -- ping -c 3 10.0.2.4",
                "  ./linkspan vm exec i-1234abcd -- bash"
            })
    static final class Exec implements Callable<Integer> {

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Parameters(index = "0", paramLabel = "VM", description = "The VM's id.")
        private String vm = "";

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "-- CMD...", description = "The command to run.")
        private List<String> command = List.of();

        @Override
        public Integer call() throws IOException, InterruptedException {
            return VmAccess.process(commandLine()).inheritIO().start().waitFor();
        }

        private List<String> commandLine() {
            if (!VmId.isOne(vm)) {
                throw new CommandFailure("'%s' is not the id of a VM, such as i-1234abcd".formatted(vm));
            }
            VmAccess access = server.vmAccess();
            access.obstacle(vm).ifPresent(obstacle -> {
                throw new CommandFailure(obstacle);
            });
            return access.enter(vm, command);
        }
    }
}
