package dev.linkspan.cli.command;

import dev.linkspan.cli.demo.Demo;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays the demo. */
@Command(
        name = "demo",
        header = "Watch two tenants peer their Nets, and real packets prove it.",
        description = {
            "Starts a throw-away server, walks through the story of a peering, and judges each step by packets that are really"
                    + " sent. Nothing is left behind. Exits with 0 if every step was true, else with 1."
        },
        footer = {
            "  ./linkspan demo",
            "  ./linkspan demo --keep        leave it running to look around",
            "  ./linkspan demo --json"
        })
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--keep", description = "Leave the server running, and say how to look around.")
    private boolean keep;

    @Option(names = "--json", description = "Print each step as one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        CommandLine line = spec.commandLine();
        Demo demo = json ? Demo.forPrograms(line.getOut(), line.getErr()) : Demo.forPeople(line.getOut());
        boolean held = keep ? demo.playAndStay() : demo.play();
        return held ? ExitCode.DONE : ExitCode.FAILED;
    }
}
