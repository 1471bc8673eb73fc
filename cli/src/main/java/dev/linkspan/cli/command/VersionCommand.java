package dev.linkspan.cli.command;

import dev.linkspan.cli.client.Json;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says which Linkspan this is, and which Java it runs on. */
@Command(
        name = "version",
        header = "Show the version.",
        footer = {"  ./linkspan version --json"})
final class VersionCommand implements Callable<Integer> {

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        String version = Objects.requireNonNullElse(
                VersionCommand.class.getPackage().getImplementationVersion(), "of this working copy");
        String java = Runtime.version().toString();
        output.print(
                Json.object("Version", version, "Java", java),
                out -> out.println("Linkspan %s (Java %s)".formatted(version, java)));
        return ExitCode.DONE;
    }
}
