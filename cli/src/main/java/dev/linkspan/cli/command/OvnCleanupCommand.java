package dev.linkspan.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stands for cleaning up OVN in the list of commands; the launcher runs it as a program of its own. */
@Command(
        name = "ovn-cleanup",
        header = "Remove from OVN what servers left there.",
        description = "The launcher runs it: ./linkspan ovn-cleanup --help shows its options.",
        footer = {"  ./linkspan ovn-cleanup --config linkspan.yaml"})
final class OvnCleanupCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandFailure("ovn-cleanup is a program of its own: run it as ./linkspan ovn-cleanup");
    }
}
