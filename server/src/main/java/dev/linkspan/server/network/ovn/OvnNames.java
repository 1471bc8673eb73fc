package dev.linkspan.server.network.ovn;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.securitygroup.Direction;

/** What things are called in OVN. Everything follows from ids, so that a server that starts again finds what it made. */
final class OvnNames {

    /** The addresses of links between routers; never those of cloud services (169.254.169.254). */
    private static final Cidr LINKS = Cidr.parse("169.254.0.0/17");

    private static final int LINK_LENGTH = 30;
    private static final int LINK_COUNT = 1 << (LINK_LENGTH - LINKS.length());

    private OvnNames() {}

    /** The port of a NIC, as hosts know it too ({@code external_ids:iface-id}). */
    static String port(NicId nic) {
        return nic.value();
    }

    /** The Net's side of the link between its router and a Subnet. */
    static String gateway(SubnetId subnet) {
        return subnet.value() + "-gateway";
    }

    /** The Subnet's side of it. */
    static String gatewayPort(SubnetId subnet) {
        return subnet.value() + "-router";
    }

    /** A Net's end of a peering. */
    static String link(NetPeeringId peering, NetId net) {
        return peering.value() + "-" + net.value();
    }

    /**
     * The address of a Net's end of a peering, with the length of the link's range. There are fewer ranges than ids: where two of a
     * router's links have the same one, each route names its link.
     */
    static Ipv4 linkAddress(NetPeeringId peering, NetId whose, NetId other) {
        int number = (int) (digits(peering) % LINK_COUNT);
        boolean first = whose.value().compareTo(other.value()) < 0;
        return LINKS.network().plus((number << (32 - LINK_LENGTH)) + (first ? 1 : 2));
    }

    private static long digits(NetPeeringId peering) {
        String digits = peering.value().substring(NetPeeringId.KIND.prefix().length());
        return Long.parseUnsignedLong(digits.substring(digits.length() - 8), 16);
    }

    static String linkRange(Ipv4 address) {
        return address + "/" + LINK_LENGTH;
    }

    /** A MAC that no other end of a link of the same router has. */
    static MacAddress linkMac(Ipv4 address) {
        return new MacAddress(0x02L << 40 | address.unsigned());
    }

    /** The group of all ports of a Net. */
    static String everyPort(NetId net) {
        return identifier(net) + "_ports";
    }

    /** The ports of a Net that are in a security group. */
    static String group(SecurityGroupId group) {
        return identifier(group);
    }

    /** Whom a rule lets speak with its group. */
    static String counterparts(SecurityGroupId group, Direction direction, String traffic) {
        return "%s_%s_%s".formatted(identifier(group), direction == Direction.INBOUND ? "in" : "out", traffic);
    }

    /** The addresses that may come through a peering to a Net. */
    static String peerSide(NetPeeringId peering, NetId net) {
        return "%s_%s_peer".formatted(identifier(peering), identifier(net));
    }

    /** The addresses of a Net that may be reached through a peering. */
    static String ownSide(NetPeeringId peering, NetId net) {
        return "%s_%s_own".formatted(identifier(peering), identifier(net));
    }

    /** What changes with each transaction that changes something of the Net. */
    static String revision(NetId net) {
        return identifier(net) + "_revision";
    }

    /** In a match, names have letters, digits, dots and underscores. */
    private static String identifier(ResourceId id) {
        return id.value().replace('-', '_');
    }
}
