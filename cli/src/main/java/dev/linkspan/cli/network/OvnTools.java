package dev.linkspan.cli.network;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The Nets in OVN. Its machines are on hosts, and what servers leave is in OVN's database, on no machine in particular: {@code linkspan
 * ovn-cleanup} removes it.
 */
final class OvnTools implements NetworkTools {

    @Override
    public String name() {
        return "ovn";
    }

    @Override
    public boolean carriesPackets() {
        return true;
    }

    @Override
    public Optional<VmAccess> vmAccess(JsonNode network) {
        return Optional.empty();
    }

    @Override
    public Optional<String> whereabouts(JsonNode network) {
        String version = network.path("OvnVersion").asString("");
        String hosts =
                network.path("Chassis").valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
        return Optional.of("OVN %s at %s, hosts: %s"
                .formatted(
                        version.isEmpty() ? "of an unknown version" : version,
                        network.path("Northbound").asString(""),
                        hosts.isEmpty() ? "none" : hosts));
    }

    @Override
    public List<Leftover> leftovers() {
        return List.of();
    }
}
