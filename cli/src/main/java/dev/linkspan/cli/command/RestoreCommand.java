package dev.linkspan.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stands for restoring in the list of commands; the launcher runs it as a program of its own. */
@Command(
        name = "restore",
        header = "Fill an empty data folder or database from a backup.",
        description = "The launcher runs it: ./linkspan restore --help shows its options.",
        footer = {
            "  ./linkspan restore linkspan.backup --data /var/lib/linkspan",
            "  ./linkspan restore linkspan.backup --data DIR --store jdbc:postgresql://localhost/linkspan"
        })
final class RestoreCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandFailure("restore is a program of its own: run it as ./linkspan restore");
    }
}
