package dev.linkspan.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stands for the tests in the list of commands; the launcher runs them with the build. */
@Command(
        name = "test",
        header = "Build everything and run every test.",
        description = "The launcher runs it, in a checkout of the sources.",
        footer = {"  ./linkspan test", "  ./linkspan test --long"})
final class TestCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandFailure("test needs the sources: run it as ./linkspan test");
    }
}
