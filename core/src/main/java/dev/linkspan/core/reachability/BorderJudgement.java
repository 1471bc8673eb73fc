package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.Optional;

/**
 * What a network ACL says of a packet, or of all the packets that a reply may be: it goes to the port that the request came
 * from, and each of the ports that machines choose from must be let pass.
 *
 * @param decision the entry that stops it, or that lets the last of it pass; empty where no entry speaks of some of it
 */
record BorderJudgement(Optional<AclEntry> decision, boolean passes) {

    /** The ports that Linux chooses a connection's own one from (ip(7), ip_local_port_range). */
    private static final int FIRST_OWN_PORT = 32_768;

    private static final int LAST_OWN_PORT = 60_999;

    /** What answers a packet. */
    static Traffic reply(Traffic packet) {
        return switch (packet) {
            case Traffic.Ports(int protocol, int _, int _) ->
                new Traffic.Ports(protocol, FIRST_OWN_PORT, LAST_OWN_PORT);
            case Traffic.Icmp(int type, int _) -> new Traffic.Icmp(replyTo(type), 0);
            case Traffic.All _, Traffic.Other _ -> packet;
        };
    }

    /** RFC 792, RFC 950. */
    private static int replyTo(int type) {
        return switch (type) {
            case 8 -> 0;
            case 13, 15, 17 -> type + 1;
            default -> type;
        };
    }

    static BorderJudgement of(NetworkAcl acl, Direction direction, Traffic packet, Ipv4 other) {
        return packet instanceof Traffic.Ports(int protocol, int first, int last)
                ? ofPorts(acl, direction, protocol, PortSet.of(first, last), other)
                : acl.decision(direction, packet, other)
                        .map(entry -> new BorderJudgement(Optional.of(entry), entry.allows()))
                        .orElseGet(() -> new BorderJudgement(Optional.empty(), false));
    }

    private static BorderJudgement ofPorts(
            NetworkAcl acl, Direction direction, int protocol, PortSet whole, Ipv4 other) {
        PortSet open = whole;
        for (AclEntry entry : acl.entries(direction).toList()) {
            if (entry.range().contains(other)) {
                PortSet left = open.minus(ports(entry, protocol));
                if (!left.equals(open) && !entry.allows()) {
                    return new BorderJudgement(Optional.of(entry), false);
                }
                if (left.isEmpty()) {
                    return new BorderJudgement(Optional.of(entry), true);
                }
                open = left;
            }
        }
        return new BorderJudgement(Optional.empty(), false);
    }

    /** Of which ports an entry speaks. */
    static PortSet ports(AclEntry entry, int protocol) {
        return switch (entry.traffic()) {
            case Traffic.All _ -> PortSet.ALL;
            case Traffic.Ports(int of, int first, int last) when of == protocol -> PortSet.of(first, last);
            case Traffic.Ports _, Traffic.Icmp _, Traffic.Other _ -> PortSet.NONE;
        };
    }
}
