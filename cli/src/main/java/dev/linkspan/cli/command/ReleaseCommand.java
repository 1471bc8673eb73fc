package dev.linkspan.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stands for the release in the list of commands; the launcher does it. */
@Command(
        name = "release",
        header = "Make what others install: an archive and a Debian package, with a Java of their own.",
        description =
                "For Linux on x86-64: the archive is unpacked anywhere and has bin/linkspan; the package has a service. Equal"
                        + " sources give equal bytes. Beside them lie the bills of materials (CycloneDX) and SHA256SUMS.",
        footer = {"  ./linkspan release", "  ./linkspan release --out /srv/releases"})
@SuppressWarnings("UnusedVariable") // only the help page shows it
final class ReleaseCommand implements Callable<Integer> {

    @Option(names = "--out", paramLabel = "DIR", description = "Where to put it (default: target/release).")
    private String out = "";

    @Override
    public Integer call() {
        throw new CommandFailure("a release needs the sources: run it as ./linkspan release");
    }
}
