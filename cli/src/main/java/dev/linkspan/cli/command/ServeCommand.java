package dev.linkspan.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stands for the server in the list of commands; the launcher runs it as a program of its own. */
@Command(
        name = "serve",
        header = "Start a server.",
        description = "The launcher runs it: ./linkspan serve --help shows its options.",
        footer = {"  ./linkspan serve", "  ./linkspan serve --listen 127.0.0.1:0 --network none --clock manual"})
final class ServeCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandFailure("serve is a program of its own: run it as ./linkspan serve");
    }
}
