package dev.linkspan.core.networkacl;

import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.Comparator;

/**
 * One rule of a network ACL: of those that speak of a packet, the one with the lowest number decides (N2).
 *
 * @param number 1 to 32766, one of each direction in an ACL
 * @param direction into the Subnet, or out of it
 * @param traffic by destination port, or ICMP type
 * @param range where the packet comes from, or goes to, outside the Subnet
 * @param allows whether such a packet passes
 */
public record AclEntry(int number, Direction direction, Traffic traffic, AddressRange range, boolean allows) {

    /** The number of the entry that every ACL ends with in each direction, which nobody can change: it lets nothing pass. */
    public static final int LAST = 32_767;

    static final Comparator<AclEntry> ORDER =
            Comparator.comparing(AclEntry::direction).thenComparingInt(AclEntry::number);

    /** Whether it decides about the whole of this traffic with that address. */
    public boolean speaksOf(Traffic packet, Ipv4 other) {
        return traffic.covers(packet) && range.contains(other);
    }

    /** In a few words, such as {@code 100 inbound allow tcp 22-22 10.0.0.0/8}. */
    public String line() {
        String ports = traffic.firstShown() == Traffic.NO_PORT
                ? ""
                : " %d-%d".formatted(traffic.firstShown(), traffic.lastShown());
        return "%d %s %s %s%s %s"
                .formatted(
                        number,
                        direction == Direction.INBOUND ? "inbound" : "outbound",
                        allows ? "allow" : "deny",
                        traffic.protocolName(),
                        ports,
                        range);
    }
}
