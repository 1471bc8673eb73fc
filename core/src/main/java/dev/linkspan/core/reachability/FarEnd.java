package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.SecurityGroupId;
import java.util.Optional;
import java.util.Set;

/**
 * Who is at the other end of a packet's way, as rules and entries may mean it.
 *
 * @param memberships the groups by which rules may mean it
 * @param neighbourhood what a rule or an entry that helps should speak of; empty where nobody can be meant
 */
record FarEnd(Ipv4 address, Set<SecurityGroupId> memberships, Optional<Cidr> neighbourhood) {

    /** An address outside, which is in nobody's group, whatever it stands for. */
    static FarEnd outside(Ipv4 address) {
        return new FarEnd(address, Set.of(), Optional.of(Cidr.of(address)));
    }

    /** An address in a Net, for an entry of a network ACL, which names no groups. */
    static FarEnd at(Ipv4 address, Optional<ResolvedEndpoint> seat) {
        return new FarEnd(address, Set.of(), seat.map(ResolvedEndpoint::neighbourhood));
    }
}
