package dev.linkspan.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stands for the benchmarks in the list of commands; the launcher builds and runs them as a program of their own. */
@Command(
        name = "bench",
        header = "Measure start-up, calls, and the way from a call to the wire.",
        description =
                "Measures a throw-away server on this machine, for minutes; how to read the figures is in bench/README.md."
                        + " LINKSPAN_NETWORK=none leaves out what needs packets.",
        footer = {"  ./linkspan bench", "  ./linkspan bench --quick ready pairs"})
@SuppressWarnings("UnusedVariable") // only the help page shows them
final class BenchCommand implements Callable<Integer> {

    @Option(names = "--quick", description = "Seconds instead of minutes, to see that it works; too short to believe.")
    private boolean quick;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--store",
            paramLabel = "URL",
            description =
                    "Have pairs measure this empty PostgreSQL database too: jdbc:postgresql://HOST/DATABASE?user=NAME")
    private String store = "";

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description =
                    "Only these benchmarks: ready, wire, throughput, flows, pairs, million, ec2, traces, neighbour, apply.")
    private List<String> names = List.of();

    @Override
    public Integer call() {
        throw new CommandFailure("bench is a program of its own: run it as ./linkspan bench");
    }
}
