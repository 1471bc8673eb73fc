package dev.linkspan.core.reachability;

import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a machine talks to, as far as its own side decides: every packet of this kind, to or from every one of these
 * addresses.
 *
 * @param place where the addresses are
 * @param by the NAT service that sends the machine's packets on to there, with its own address
 * @param addresses those that routes lead to, or that replies find their way to, and that the rule speaks of
 * @param except protocols, by number, of which nothing is said here though the traffic is every protocol
 * @param group where the rule names a group: only the members among them
 */
public record Reach(
        Place place,
        Optional<NatServiceId> by,
        CidrSet addresses,
        Optional<SecurityGroupId> group,
        Traffic traffic,
        Set<Integer> except) {

    public Reach {
        except = Set.copyOf(except);
    }

    /** Where somebody is. */
    public sealed interface Place {

        /** @param through the peering that leads there; empty for the machine's own Net */
        record InNet(NetId net, Optional<NetPeeringId> through) implements Place {}

        /** Outside all Nets, or in one, but spoken to by a public address. */
        record Outside(InternetServiceId by) implements Place {}
    }

    /** Of every protocol that the traffic means. */
    Reach(Place place, Optional<NatServiceId> by, CidrSet addresses, Optional<SecurityGroupId> group, Traffic traffic) {
        this(place, by, addresses, group, traffic, Set.of());
    }

    /** The same of a part of it. */
    Reach part(Traffic narrower, CidrSet fewer, Set<Integer> excepted) {
        return new Reach(place, by, addresses.intersection(fewer), group, narrower, excepted);
    }

    /** Whether it says nothing of this protocol. */
    boolean leavesOut(int protocol) {
        return traffic.protocolNumber().stream().noneMatch(own -> own == protocol)
                && (traffic.protocolNumber().isPresent() || except.contains(protocol));
    }

    /** Whether it says that a packet passes. */
    public boolean speaksOf(Traffic packet) {
        return traffic.covers(packet) && packet.protocolNumber().stream().noneMatch(except::contains);
    }

    /** @param memberships the groups that the far end is in */
    boolean covers(NetId other, Ipv4 address, Set<SecurityGroupId> memberships, Traffic packet) {
        return place instanceof Place.InNet(NetId net, var _)
                && net.equals(other)
                && addresses.contains(address)
                && group.map(memberships::contains).orElse(true)
                && speaksOf(packet);
    }

    /** The same of an address outside. */
    boolean coversOutside(Ipv4 address, Traffic packet) {
        return place instanceof Place.Outside && addresses.contains(address) && speaksOf(packet);
    }
}
