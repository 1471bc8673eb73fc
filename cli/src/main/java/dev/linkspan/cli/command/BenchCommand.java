package dev.linkspan.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stands for the benchmarks in the list of commands; the launcher runs them as a program of their own. */
@Command(
        name = "bench",
        header = "Measure start-up, calls, and the way from a call to the wire.",
        description = "The launcher runs it: ./linkspan bench --help shows its options.",
        footer = {"  ./linkspan bench"})
final class BenchCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandFailure("bench is a program of its own: run it as ./linkspan bench");
    }
}
