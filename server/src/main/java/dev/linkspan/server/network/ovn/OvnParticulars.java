package dev.linkspan.server.network.ovn;

import dev.linkspan.server.network.ovsdb.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What operators are told of OVN, for {@code ReadStatus}.
 *
 * @param northbound the members of the database that is written, as {@code --ovn-nb} takes them
 * @param southbound those of the other one
 * @param ovnVersion as its northd tells; empty before it was heard of
 * @param chassis the names of the hosts that forward packets
 */
record OvnParticulars(String northbound, String southbound, Optional<String> ovnVersion, List<String> chassis) {

    static OvnParticulars unconnected(OvnAccess access) {
        return of(access, Optional.empty(), List.of());
    }

    static OvnParticulars of(OvnAccess access, Optional<OvnVersion> version, List<String> chassis) {
        return new OvnParticulars(
                text(access.northbound()), text(access.southbound()), version.map(OvnVersion::text), chassis);
    }

    private static String text(List<Endpoint> members) {
        return members.stream().map(Endpoint::toString).collect(Collectors.joining(","));
    }
}
