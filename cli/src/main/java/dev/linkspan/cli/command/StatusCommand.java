package dev.linkspan.cli.command;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.network.NetworkTools;
import dev.linkspan.cli.network.Networks;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Shows what a server holds and whether its network has caught up. */
@Command(
        name = "status",
        header = "Show what a server holds, and whether its network has caught up.",
        footer = {"  ./linkspan status", "  ./linkspan status --json --url http://127.0.0.1:7780"})
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Answer status = server.operator().ask("ReadStatus");
        output.print(status.body(), out -> {
            showServer(status, out);
            showNetwork(status.at("Network"), out);
            status.list("Regions").forEach(region -> showRegion(region, out));
        });
        return ExitCode.DONE;
    }

    private static void showServer(Answer status, PrintWriter out) {
        Duration uptime = Duration.ofSeconds(status.at("UptimeSeconds").asLong());
        out.println("Linkspan %s, up for %d h %d min"
                .formatted(status.text("Version"), uptime.toHours(), uptime.toMinutesPart()));
        out.println("Clock    %s (%s)".formatted(status.text("Clock", "Now"), status.text("Clock", "Kind")));
    }

    private static void showNetwork(JsonNode network, PrintWriter out) {
        out.println("Network  %s, %s".formatted(network.path("Driver").asString(), progress(network)));
        tools(network).flatMap(tools -> tools.whereabouts(network)).ifPresent(it -> out.println("         " + it));
        showFlows(network.path("Flows"), out);
        for (JsonNode failing : network.path("Failing")) {
            out.println("         %s cannot be made as planned: %s"
                    .formatted(
                            failing.path("NetId").asString(),
                            failing.path("Reason").asString()));
        }
    }

    private static Optional<NetworkTools> tools(JsonNode network) {
        return Networks.named(network.path("Driver").asString());
    }

    private static void showFlows(JsonNode flows, PrintWriter out) {
        if (flows.isMissingNode()) {
            return;
        }
        out.println("         %d flows; the most are in %s: %d of %d"
                .formatted(
                        flows.path("Total").asLong(),
                        flows.path("FullestNetId").asString(),
                        flows.path("Fullest").asLong(),
                        flows.path("Most").asLong()));
        for (JsonNode limited : flows.path("Limited")) {
            String whose = Stream.concat(
                            limited.path("NicIds").valueStream(),
                            limited.path("NetPeeringIds").valueStream())
                    .map(JsonNode::asString)
                    .collect(Collectors.joining(", "));
            out.println("         %s drops new flows of %s: as many are open as may be"
                    .formatted(
                            limited.path("NetId").asString(),
                            limited.path("TableFull").asBoolean() ? "everybody" : whose));
        }
    }

    private static String progress(JsonNode network) {
        long last = network.path("LastSequence").asLong();
        long behind = last - network.path("AppliedSequence").asLong();
        if (!tools(network).map(NetworkTools::carriesPackets).orElse(true)) {
            return "no packets";
        }
        if (network.path("StandingBy").asBoolean()) {
            return "standing by: another server carries the packets";
        }
        JsonNode round = network.path("FirstRound");
        if (!round.isMissingNode()) {
            return "after the start %d of %d Nets are on the wire"
                    .formatted(
                            round.path("NetsDone").asLong(), round.path("Nets").asLong());
        }
        return behind <= 0
                ? "everything up to event %d is on the wire".formatted(last)
                : "%d of %d events are not on the wire yet, the oldest since %.1f s"
                        .formatted(behind, last, network.path("LagSeconds").asDouble());
    }

    private static void showRegion(JsonNode region, PrintWriter out) {
        out.println();
        out.println("Region %s".formatted(region.path("RegionName").asString()));
        for (JsonNode subregion : region.path("Subregions")) {
            out.println("  %s  %s"
                    .formatted(
                            subregion.path("SubregionName").asString(),
                            subregion.path("State").asString()));
        }
        out.println("  Nets          %d".formatted(region.path("Nets").asLong()));
        out.println("  VMs           " + counts(region.path("Vms")));
        out.println("  Net peerings  " + counts(region.path("NetPeerings")));
    }

    private static String counts(JsonNode byState) {
        return byState.isEmpty()
                ? "0"
                : byState.properties().stream()
                        .map(count -> count.getValue().asString() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }
}
