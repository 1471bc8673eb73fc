package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.PublicIp;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The smallest call against each reason: it allows what was asked about, and nothing besides that can be helped. */
final class Remedies {

    private Remedies() {}

    /** A rule in the NIC's first group, for this kind of packet and the Subnet at the far end, or the address outside. */
    static Remedy rule(ResolvedEndpoint seat, Nic nic, Direction direction, Traffic packet, Cidr range) {
        return new Remedy.CreateRule(seat.owner(), nic.groups().getFirst(), direction, kindOf(packet), range);
    }

    /** What a rule should say for such a packet: an ICMP type is meant with all its codes. */
    static Traffic kindOf(Traffic packet) {
        return packet instanceof Traffic.Icmp icmp ? new Traffic.Icmp(icmp.type(), Traffic.ANY) : packet;
    }

    /**
     * An entry before the one that stops it, or behind all, for such packets.
     *
     * @param range the Subnet at the far end, or the address outside
     * @param proposed what is called for already, which takes numbers too
     */
    static Optional<Remedy> aclEntry(
            ResolvedEndpoint seat,
            NetworkAcl acl,
            Direction direction,
            Traffic packet,
            BorderJudgement judgement,
            Cidr range,
            List<Remedy> proposed) {
        Set<Integer> taken = proposed.stream()
                .flatMap(remedy -> remedy instanceof Remedy.CreateAclEntry entry
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
                .<Remedy>mapToObj(number ->
                        new Remedy.CreateAclEntry(seat.owner(), acl.id(), number, direction, kindOf(packet), range))
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
        Remedy.Target target = new Remedy.Target.Peering(peering);
        Optional<Route> winner = RouteLookup.winner(table, address);
        if (winner.isEmpty() || !range.contains(winner.get().destination())) {
            return new Remedy.CreateRoute(owner, table.id(), range, target);
        }
        Cidr destination = winner.get().destination();
        if (serves(region, seat, winner.get(), Optional.of(other.netId()))
                && destination.length() < Cidr.of(address).length()) {
            return new Remedy.CreateRoute(owner, table.id(), Cidr.of(address), target);
        }
        Optional<RouteTarget> behind =
                RouteLookup.winner(table.withoutRoute(destination), address).map(Route::target);
        boolean behindIsRight = peering.map(RouteTarget.Peering::new)
                .filter(it -> behind.filter(it::equals).isPresent())
                .isPresent();
        return behindIsRight
                ? new Remedy.DeleteRoute(owner, table.id(), destination)
                : new Remedy.UpdateRoute(owner, table.id(), destination, target);
    }

    /**
     * A route to everywhere by the Net's internet service, which is made, or linked, where the Net has none; a narrower one of the
     * address where that serves a peer, or is served by a NAT service. What hides it is led there, or removed where that is enough.
     */
    static List<Remedy> routeOutside(Decisions decisions, ResolvedEndpoint seat, RouteTable table, Ipv4 address) {
        RegionView region = decisions.region();
        Door door = Door.of(decisions, seat);
        List<Remedy> remedies = new ArrayList<>(door.opening());
        Optional<Route> winner = RouteLookup.winner(table, address);
        if (winner.filter(door::isLedTo).isEmpty()) {
            remedies.add(lead(region, seat, table, address, winner, door));
        }
        return remedies;
    }

    private static Remedy lead(
            RegionView region,
            ResolvedEndpoint seat,
            RouteTable table,
            Ipv4 address,
            Optional<Route> winner,
            Door door) {
        AccountId owner = seat.owner();
        if (winner.isEmpty()) {
            return new Remedy.CreateRoute(owner, table.id(), Cidr.ALL, door.target());
        }
        Cidr destination = winner.get().destination();
        if (serves(region, seat, winner.get(), Optional.empty())
                && destination.length() < Cidr.of(address).length()) {
            return new Remedy.CreateRoute(owner, table.id(), Cidr.of(address), door.target());
        }
        boolean behindIsRight = RouteLookup.winner(table.withoutRoute(destination), address)
                .filter(door::isLedTo)
                .isPresent();
        return behindIsRight
                ? new Remedy.DeleteRoute(owner, table.id(), destination)
                : new Remedy.UpdateRoute(owner, table.id(), destination, door.target());
    }

    /**
     * A NAT service by which the packet would get outside: its Subnet has another table than the sender's, whose route leads
     * there, and a public address stands for it.
     *
     * @param table the sender's
     */
    static Optional<ResolvedEndpoint> natServiceOut(
            RegionView region, ResolvedEndpoint from, RouteTable table, Ipv4 address) {
        NetIndex net = from.net();
        return from.exits().natServices().stream()
                .flatMap(service -> net.nic(service.nic()).stream())
                .filter(nic -> !region.failed(net.subnet(nic.subnet()).subregion()))
                .filter(nic ->
                        from.exits().publicAddressOf(nic.primaryAddress()).isPresent())
                .filter(nic -> {
                    RouteTable own = net.tableOf(Optional.of(nic.subnet()));
                    return !own.id().equals(table.id())
                            && RouteLookup.winner(own, address)
                                    .flatMap(route -> route.target().internetService())
                                    .filter(from.exits()::isOpen)
                                    .isPresent();
                })
                .findFirst()
                .map(nic -> ResolvedEndpoint.of(net, nic));
    }

    /** A route to a NAT service: to everywhere, where none is; where one serves others, of the address alone. */
    static Remedy routeTo(ResolvedEndpoint service, ResolvedEndpoint seat, RouteTable table, Ipv4 address) {
        NatServiceId id = service.nic().flatMap(Nic::natService).orElseThrow();
        Remedy.Target target = new Remedy.Target.NatService(id);
        Optional<Route> winner = RouteLookup.winner(table, address);
        if (winner.isEmpty()) {
            return new Remedy.CreateRoute(seat.owner(), table.id(), Cidr.ALL, target);
        }
        Cidr alone = Cidr.of(address);
        Cidr destination = winner.get().destination();
        boolean lets = winner.get().target().internetService().isPresent() && isSomebodySeenBy(table, seat.net());
        return lets && destination.length() < alone.length()
                ? new Remedy.CreateRoute(seat.owner(), table.id(), alone, target)
                : new Remedy.UpdateRoute(seat.owner(), table.id(), destination, target);
    }

    /** Whether a public address stands for somebody whose Subnet has this table. */
    private static boolean isSomebodySeenBy(RouteTable table, NetIndex net) {
        return net.view().nics().stream()
                .filter(nic -> net.tableOf(Optional.of(nic.subnet())).id().equals(table.id()))
                .flatMap(nic -> nic.addresses().stream())
                .anyMatch(address -> net.view().exits().publicAddressOf(address).isPresent());
    }

    /**
     * An address by which a machine is seen outside: one that its owner has to spare, else a new one. For an address that no
     * machine's NIC has there is none.
     *
     * @param other the far end, which must go on to mean what it means
     */
    static List<Remedy> publicAddress(Decisions decisions, ResolvedEndpoint seat, Ipv4 other) {
        return seat.nic()
                .filter(nic -> nic.natService().isEmpty())
                .map(nic -> {
                    Optional<PublicIpId> spare = spare(decisions, seat, nic, other);
                    Remedy link = new Remedy.LinkPublicIp(seat.owner(), spare, nic.id(), seat.address());
                    return spare.isPresent() ? List.of(link) : List.of(new Remedy.CreatePublicIp(seat.owner()), link);
                })
                .orElse(List.of());
    }

    private static Optional<PublicIpId> spare(Decisions decisions, ResolvedEndpoint seat, Nic nic, Ipv4 other) {
        Set<PublicIpId> taken = decisions.proposed().stream()
                .flatMap(remedy -> remedy instanceof Remedy.LinkPublicIp link
                                && !(link.nic().equals(nic.id())
                                        && link.privateAddress().equals(seat.address()))
                        ? link.publicIp().stream()
                        : Stream.empty())
                .collect(Collectors.toSet());
        return decisions.region().freePublicIps(seat).stream()
                .filter(ip -> !ip.address().equals(other))
                .map(PublicIp::id)
                .filter(id -> !taken.contains(id))
                .findFirst();
    }

    /**
     * What has to be there for packets from outside to get in.
     *
     * @param known the public address, where there is one
     * @param source where they come from
     */
    static List<Remedy> wayIn(Decisions decisions, ResolvedEndpoint seat, Optional<Ipv4> known, Ipv4 source) {
        List<Remedy> address = known.isPresent() ? List.of() : publicAddress(decisions, seat, source);
        if (known.isEmpty() && address.isEmpty()) {
            return List.of();
        }
        return Stream.concat(Door.of(decisions, seat).opening().stream(), address.stream())
                .toList();
    }

    /**
     * The internet service by which a Net's packets should leave.
     *
     * @param id empty where it is yet to be made
     * @param opening what makes and links it, where it is not
     */
    private record Door(Optional<InternetServiceId> id, List<Remedy> opening) {

        /**
         * The linked one, else one of the owner's to which routes of the Net lead already, unless another Net is to get it, else
         * a new one.
         */
        static Door of(Decisions decisions, ResolvedEndpoint seat) {
            Optional<InternetServiceId> linked = seat.exits().internetService().map(InternetService::id);
            if (linked.isPresent()) {
                return new Door(linked, List.of());
            }
            AccountId owner = seat.owner();
            Optional<InternetServiceId> free = seat.net().view().routeTables().stream()
                    .flatMap(table -> table.routes().stream())
                    .flatMap(route -> route.target().internetService().stream())
                    .flatMap(id -> decisions.region().internetService(id).stream())
                    .filter(it -> it.owner().equals(owner) && it.net().isEmpty())
                    .map(InternetService::id)
                    .filter(id -> !isForAnother(decisions, id, seat.netId()))
                    .findFirst();
            Remedy link = new Remedy.LinkInternetService(owner, free, seat.netId());
            return new Door(
                    free,
                    free.isPresent()
                            ? List.of(link)
                            : List.of(new Remedy.CreateInternetService(owner, seat.netId()), link));
        }

        private static boolean isForAnother(Decisions decisions, InternetServiceId id, NetId net) {
            return decisions.proposed().stream()
                    .anyMatch(remedy -> remedy instanceof Remedy.LinkInternetService link
                            && link.service().equals(Optional.of(id))
                            && !link.net().equals(net));
        }

        Remedy.Target target() {
            return new Remedy.Target.InternetService(id);
        }

        boolean isLedTo(Route route) {
            return id.isPresent() && route.target().internetService().equals(id);
        }
    }

    /**
     * Whether the route leads somebody elsewhere: to a NAT service, or to another live peer that has addresses in its destination.
     *
     * @param other the one that it need not serve
     */
    private static boolean serves(RegionView region, ResolvedEndpoint seat, Route route, Optional<NetId> other) {
        if (route.target().natService().flatMap(seat.exits()::natService).isPresent()) {
            return true;
        }
        return route.target()
                .peering()
                .flatMap(region::peering)
                .filter(it -> it.stateAt(region.now()) instanceof PeeringState.Live)
                .map(it -> it.peerOf(seat.netId()))
                .filter(peer -> other.filter(peer.net()::equals).isEmpty())
                .filter(peer -> peer.range().overlaps(route.destination()))
                .isPresent();
    }
}
