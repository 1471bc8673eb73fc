package dev.linkspan.cli.command;

import dev.linkspan.cli.demo.Demo;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
            "  ./linkspan demo --hosts 3     the machines spread over three hosts, one of which fails",
            "  ./linkspan demo --keep        leave it running to look around",
            "  ./linkspan demo --json"
        })
final class DemoCommand implements Callable<Integer> {

    /** Of two hosts, the one that fails would be the only one of its Subregion, which would fail with it. */
    private static final int LEAST_HOSTS = 3;

    private static final int MOST_HOSTS = 5;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--keep", description = "Leave the server running, and say how to look around.")
    private boolean keep;

    @Option(names = "--json", description = "Print each step as one line of JSON.")
    private boolean json;

    @Option(
            names = "--hosts",
            paramLabel = "NUMBER",
            description =
                    "Spread the machines over so many hosts (3 to 5), connected by OVN; each is a network namespace on"
                            + " this computer. One of them fails on the way, and so does OVN's database.")
    private int hosts;

    @Override
    public Integer call() {
        CommandLine line = spec.commandLine();
        boolean onHosts = line.getParseResult().hasMatchedOption("--hosts");
        if (onHosts && (hosts < LEAST_HOSTS || hosts > MOST_HOSTS)) {
            throw new ParameterException(
                    line, "--hosts takes a number from %d to %d".formatted(LEAST_HOSTS, MOST_HOSTS));
        }
        if (onHosts && keep) {
            throw new ParameterException(line, "--keep is for a demo without --hosts");
        }
        Demo demo = json ? Demo.forPrograms(line.getOut(), line.getErr()) : Demo.forPeople(line.getOut());
        return play(demo, onHosts) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private boolean play(Demo demo, boolean onHosts) {
        if (!onHosts) {
            return keep ? demo.playAndStay() : demo.play();
        }
        Demo.obstacleToHosts().ifPresent(obstacle -> {
            throw new CommandFailure(obstacle);
        });
        return demo.playOnHosts(hosts);
    }
}
