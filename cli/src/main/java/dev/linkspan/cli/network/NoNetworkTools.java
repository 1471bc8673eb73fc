package dev.linkspan.cli.network;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A control plane alone: it has no VMs to enter, and leaves nothing. */
final class NoNetworkTools implements NetworkTools {

    @Override
    public String name() {
        return "none";
    }

    @Override
    public boolean carriesPackets() {
        return false;
    }

    @Override
    public Optional<VmAccess> vmAccess(JsonNode network) {
        return Optional.empty();
    }

    @Override
    public Optional<String> whereabouts(JsonNode network) {
        return Optional.empty();
    }

    @Override
    public List<Leftover> leftovers() {
        return List.of();
    }
}
