package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteLookup;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The smallest call against each reason: it allows what was asked about, and nothing besides that can be helped. */
final class Remedies {

    private Remedies() {}

    /** A rule in the NIC's first group, for this kind of packet and the Subnet at the far end. */
    static Remedy rule(ResolvedEndpoint seat, Nic nic, Direction direction, Traffic packet, ResolvedEndpoint other) {
        return new Remedy.CreateRule(
                seat.owner(), nic.groups().getFirst(), direction, kindOf(packet), other.neighbourhood());
    }

    /** What a rule should say for such a packet: an ICMP type is meant with all its codes. */
    static Traffic kindOf(Traffic packet) {
        return packet instanceof Traffic.Icmp icmp ? new Traffic.Icmp(icmp.type(), Traffic.ANY) : packet;
    }

    /**
     * An entry before the one that stops it, or behind all, for such packets and the Subnet at the far end.
     *
     * @param proposed what is called for already, which takes numbers too
     */
    static Optional<Remedy> aclEntry(
            ResolvedEndpoint seat,
            NetworkAcl acl,
            Direction direction,
            Traffic packet,
            BorderJudgement judgement,
            ResolvedEndpoint other,
            Stream<Remedy> proposed) {
        Set<Integer> taken = proposed.flatMap(remedy -> remedy instanceof Remedy.CreateAclEntry entry
                                && entry.acl().equals(acl.id())
                                && entry.direction() == direction
                        ? Stream.of(entry.number())
                        : Stream.empty())
                .collect(Collectors.toSet());
        int end = judgement.decision().map(AclEntry::number).orElse(AclEntry.LAST);
        return IntStream.iterate(end - 1, number -> number > 0, number -> number - 1)
                .filter(number ->
                        !taken.contains(number) && acl.entry(direction, number).isEmpty())
                .limit(1)
                .<Remedy>mapToObj(number -> new Remedy.CreateAclEntry(
                        seat.owner(), acl.id(), number, direction, kindOf(packet), other.neighbourhood()))
                .findFirst();
    }

    /** The request, where there is none, and the consent. */
    static List<Remedy> peering(ResolvedEndpoint from, ResolvedEndpoint to, Optional<NetPeering> peering) {
        return peering.<List<Remedy>>map(pending ->
                        List.of(new Remedy.AcceptPeering(pending.accepter().owner(), Optional.of(pending.id()))))
                .orElseGet(() -> List.of(
                        new Remedy.CreatePeering(from.owner(), from.netId(), to.netId(), to.owner()),
                        new Remedy.AcceptPeering(to.owner(), Optional.empty())));
    }

    /**
     * A route to the peer's whole range where none is that narrow. What hides it, because it is narrower, is led to the
     * peering, or removed where that is enough; if it serves another peer, it is left alone but for the address.
     *
     * @param other who has the address
     * @param peering the one that connects the two Nets; empty where it is yet to be made
     */
    static Remedy route(
            RegionView region,
            ResolvedEndpoint seat,
            RouteTable table,
            ResolvedEndpoint other,
            Optional<NetPeeringId> peering) {
        Ipv4 address = other.address();
        Cidr range = other.range();
        AccountId owner = seat.owner();
        Optional<Route> winner = RouteLookup.winner(table, address);
        if (winner.isEmpty() || !range.contains(winner.get().destination())) {
            return new Remedy.CreateRoute(owner, table.id(), range, peering);
        }
        Cidr destination = winner.get().destination();
        if (serves(region, seat, winner.get(), other)
                && destination.length() < Cidr.of(address).length()) {
            return new Remedy.CreateRoute(owner, table.id(), Cidr.of(address), peering);
        }
        Optional<RouteTarget> behind =
                RouteLookup.winner(table.withoutRoute(destination), address).map(Route::target);
        boolean behindIsRight = peering.map(RouteTarget.Peering::new)
                .filter(it -> behind.filter(it::equals).isPresent())
                .isPresent();
        return behindIsRight
                ? new Remedy.DeleteRoute(owner, table.id(), destination)
                : new Remedy.UpdateRoute(owner, table.id(), destination, peering);
    }

    /** Whether the route leads somebody elsewhere: to another live peer that has addresses in its destination. */
    private static boolean serves(RegionView region, ResolvedEndpoint seat, Route route, ResolvedEndpoint other) {
        return route.target()
                .peering()
                .flatMap(region::peering)
                .filter(it -> it.stateAt(region.now()) instanceof PeeringState.Live)
                .map(it -> it.peerOf(seat.netId()))
                .filter(peer -> !peer.net().equals(other.netId()))
                .filter(peer -> peer.range().overlaps(route.destination()))
                .isPresent();
    }
}
