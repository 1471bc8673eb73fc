package dev.linkspan.cli.network;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the command line does on this machine with one of the networks that {@code serve --network} can name. How a server
 * opens it, the server's {@code NetworkKind} of the same name says.
 */
public interface NetworkTools {

    /** As {@code serve --network} takes it, and {@code ReadStatus} tells it. */
    String name();

    /** False for a control plane alone. */
    boolean carriesPackets();

    /**
     * The way into the VMs of a server; empty where it carries no packets.
     *
     * @param network what {@code ReadStatus} tells of it
     */
    Optional<VmAccess> vmAccess(JsonNode network);

    /** Where a server keeps it, in a line for people. */
    Optional<String> whereabouts(JsonNode network);

    /** What servers keep on this machine as far as it can be seen from here, also those that have ended. */
    List<Leftover> leftovers();
}
