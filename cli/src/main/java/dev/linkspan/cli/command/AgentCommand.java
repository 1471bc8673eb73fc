package dev.linkspan.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stands for a host's agent in the list of commands; the launcher runs it as a program of its own. */
@Command(
        name = "agent",
        header = "Make this host one of a server's, whose packets OVN carries.",
        description = "The launcher runs it: ./linkspan agent --help shows its options.",
        footer = {"  ./linkspan agent --server https://linkspan.example.com --token-file FILE --capacity 50"})
final class AgentCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandFailure("agent is a program of its own: run it as ./linkspan agent");
    }
}
