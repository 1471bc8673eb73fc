package dev.linkspan.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stands for the build in the list of commands; the launcher does it. */
@Command(
        name = "build",
        header = "Build what changed, and say what stands in the way.",
        description =
                "The other commands build what they need by themselves. This builds all of it: the program, Cockpit (also one"
                        + " that could not be built before) and what the JVM starts faster with.",
        footer = {"  ./linkspan build", "  LINKSPAN_COCKPIT=off ./linkspan build"})
final class BuildCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandFailure("build needs the sources: run it as ./linkspan build");
    }
}
