package dev.linkspan.server.network.ovn;

import dev.linkspan.server.network.ovsdb.Certificates;
import dev.linkspan.server.network.ovsdb.Endpoint;
import dev.linkspan.server.network.ovsdb.OvsdbSettings.Limits;
import java.time.Duration;
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
 * @param inForce how long it may take until every host forwards as was written
 */
public record OvnSettings(
        String network,
        List<Endpoint> northbound,
        List<Endpoint> southbound,
        Optional<Certificates> certificates,
        Limits limits,
        Duration inForce) {

    private static final Duration IN_FORCE = Duration.ofSeconds(10);

    public OvnSettings {
        northbound = List.copyOf(northbound);
        southbound = List.copyOf(southbound);
    }

    /** With the standard limits, and without certificates. */
    public static OvnSettings of(String network, List<Endpoint> northbound, List<Endpoint> southbound) {
        return new OvnSettings(network, northbound, southbound, Optional.empty(), Limits.STANDARD, IN_FORCE);
    }

    /** The same with another patience for hosts. */
    public OvnSettings withInForce(Duration patience) {
        return new OvnSettings(network, northbound, southbound, certificates, limits, patience);
    }
}
