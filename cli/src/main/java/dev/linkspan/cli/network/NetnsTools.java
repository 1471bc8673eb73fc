package dev.linkspan.cli.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Network namespaces on one machine: every VM is one, in the run folder of its server. */
final class NetnsTools implements NetworkTools {

    @Override
    public String name() {
        return "netns";
    }

    @Override
    public boolean carriesPackets() {
        return true;
    }

    @Override
    public Optional<VmAccess> vmAccess(JsonNode network) {
        return runFolder(network).map(folder -> new Namespaces(folder, server(network)));
    }

    @Override
    public Optional<String> whereabouts(JsonNode network) {
        return runFolder(network)
                .map(folder -> "namespaces in %s, made by process %d".formatted(folder, server(network)));
    }

    @Override
    public List<Leftover> leftovers() {
        return RunFolder.all();
    }

    /** A server that stands by has none. */
    private static Optional<Path> runFolder(JsonNode network) {
        return Optional.of(network.path("RunFolder").asString(""))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
    }

    private static long server(JsonNode network) {
        return network.path("Pid").asLong();
    }
}
