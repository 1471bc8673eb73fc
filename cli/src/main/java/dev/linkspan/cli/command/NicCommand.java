package dev.linkspan.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stands for attaching NICs in the list of commands; the launcher runs it as a program of its own. */
@Command(
        name = "nic",
        header = "Connect a NIC with a virtual machine or container on its host.",
        description = "The launcher runs it: ./linkspan nic --help shows its options.",
        footer = {"  ./linkspan nic attach eni-1234abcd --interface tap0"})
final class NicCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandFailure("nic is a program of its own: run it as ./linkspan nic");
    }
}
