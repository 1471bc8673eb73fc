package dev.linkspan.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stands for the tests in the list of commands; the launcher runs them with the build. */
@Command(
        name = "test",
        header = "Check formats, compile with every check, run every test, and say how many passed.",
        description = {
            "It takes a quarter of an hour on two cores, and says how far it is; all that is printed on the way is in"
                    + " target/test.log. Ctrl-C ends it and everything that it started. With arguments for Maven the tests of"
                    + " Cockpit, which npm runs, are left out.",
            "As root on Debian or Ubuntu it installs the clients that tests speak with, and says so before;"
                    + " with LINKSPAN_INSTALL=off those tests are skipped."
        },
        footer = {
            "  ./linkspan test",
            "  ./linkspan test --quick                 while something is being changed",
            "  ./linkspan test --long",
            "  ./linkspan test -Dlinkspan.seed=42      the same choices again, by the seed that a test printed"
        })
@SuppressWarnings("UnusedVariable") // only the help page shows them
final class TestCommand implements Callable<Integer> {

    @Option(
            names = "--quick",
            description =
                    "In a minute or two: formats, compilation, the tests that are not slow, a few packets among them.")
    private boolean less;

    @Option(
            names = "--long",
            description =
                    "Ten times as many kills, random calls and clients where tests try their luck; takes far longer.")
    private boolean more;

    @Parameters(paramLabel = "MAVEN_ARGUMENT", arity = "0..*", description = "Passed on to Maven.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw new CommandFailure("test needs the sources: run it as ./linkspan test");
    }
}
