package dev.linkspan.server.network.ovn;

import dev.linkspan.server.network.ovsdb.Certificates;
import dev.linkspan.server.network.ovsdb.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * Where OVN is, and whose the network in it is.
 *
 * @param network what tells the network of this server from those of others in the same OVN: the same after each restart, and for all
 *     servers that share a database
 * @param northbound the members of the database that is written
 * @param southbound the members of the one that tells what is in force
 * @param certificates for members that are reached by {@code ssl:}
 */
public record OvnAccess(
        String network, List<Endpoint> northbound, List<Endpoint> southbound, Optional<Certificates> certificates) {

    public OvnAccess {
        northbound = List.copyOf(northbound);
        southbound = List.copyOf(southbound);
    }

    /** Without certificates. */
    public static OvnAccess of(String network, List<Endpoint> northbound, List<Endpoint> southbound) {
        return new OvnAccess(network, northbound, southbound, Optional.empty());
    }
}
