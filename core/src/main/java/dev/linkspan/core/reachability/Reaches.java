package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.NetExits;
import dev.linkspan.core.internet.Outside;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.reachability.Reach.Place;
import dev.linkspan.core.routing.RouteLookup;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The whole answer for one NIC, as sets of addresses: its Subnets' tables and its groups' rules are intersected, and no
 * address or port is looked at singly. The far end's side is left out, which decides for itself.
 */
final class Reaches {

    private static final CidrSet EVERYWHERE = CidrSet.of(List.of(Cidr.ALL));

    private final RegionView region;
    private final NetIndex net;
    private final Nic nic;

    Reaches(RegionView region, NetIndex net, Nic nic) {
        this.region = region;
        this.net = net;
        this.nic = nic;
    }

    /** Who gets in, and is answered: the reply leaves through the NIC that the machine chooses, by that one's table. */
    List<Reach> in() {
        Set<Reach> reaches = new LinkedHashSet<>();
        collect(Direction.INBOUND, nic, this::answered, reaches);
        List<ReachAcrossBorders.Reply> replies = exits().stream()
                .map(exit -> new ReachAcrossBorders.Reply(List.of(border(exit, Direction.OUTBOUND)), chosenFor(exit)))
                .toList();
        return crossing(reaches, new ReachAcrossBorders(List.of(border(nic, Direction.INBOUND)), replies));
    }

    /** Whom it sends to from its own address, through whichever NIC the machine chooses, by that one's table and groups. */
    List<Reach> out() {
        Set<Reach> all = new LinkedHashSet<>();
        ReachAcrossBorders.Reply reply =
                new ReachAcrossBorders.Reply(List.of(border(nic, Direction.INBOUND)), EVERYWHERE);
        for (Nic exit : exits()) {
            Set<Reach> reaches = new LinkedHashSet<>();
            collect(Direction.OUTBOUND, exit, (range, target) -> through(exit, range, target), reaches);
            all.addAll(crossing(
                    reaches, new ReachAcrossBorders(List.of(border(exit, Direction.OUTBOUND)), List.of(reply))));
            if (up()) {
                netExits()
                        .natServices()
                        .forEach(service ->
                                net.nic(service.nic()).ifPresent(its -> all.addAll(byNatService(exit, service, its))));
            }
        }
        return List.copyOf(all);
    }

    /** Whom it gets to through a NAT service, as far as the Net's own side decides: no group of anybody's means that (X4). */
    private List<Reach> byNatService(Nic exit, NatService service, Nic its) {
        if (region.failed(net.subnet(service.subnet()).subregion())) {
            return List.of();
        }
        CidrSet there = through(exit, Cidr.ALL, new RouteTarget.NatService(service.id()));
        RouteTable table = net.tableOf(Optional.of(service.subnet()));
        Set<Reach> reaches = new LinkedHashSet<>();
        outer(
                its.addresses(),
                (range, target) -> RouteLookup.led(table, range, target).intersection(there),
                (place, led) -> translated(exit, place, service.id(), led, reaches));
        return crossing(
                reaches,
                new ReachAcrossBorders(
                        requestBorders(exit, its),
                        List.of(new ReachAcrossBorders.Reply(replyBorders(its), EVERYWHERE))));
    }

    private void translated(Nic exit, Place place, NatServiceId by, CidrSet led, Set<Reach> reaches) {
        net.groupsOf(exit).stream()
                .flatMap(group -> group.rules(Direction.OUTBOUND))
                .forEach(rule -> {
                    if (rule.counterpart() instanceof Counterpart.Range(Cidr cidr)) {
                        CidrSet meant = led.intersection(CidrSet.of(List.of(cidr)));
                        translatable(rule.traffic())
                                .map(traffic -> new Reach(place, Optional.of(by), meant, Optional.empty(), traffic))
                                .filter(reach -> !reach.addresses().isEmpty())
                                .forEach(reaches::add);
                    }
                });
    }

    /** What a NAT service passes on of it. */
    private static Stream<Traffic> translatable(Traffic traffic) {
        return switch (traffic) {
            case Traffic.All _ ->
                Stream.of(
                        new Traffic.Ports(Traffic.TCP, 0, Traffic.Ports.LAST),
                        new Traffic.Ports(Traffic.UDP, 0, Traffic.Ports.LAST),
                        new Traffic.Icmp(Traffic.ANY, Traffic.ANY));
            case Traffic.Ports _, Traffic.Icmp _ -> Stream.of(traffic);
            case Traffic.Other _ -> Stream.empty();
        };
    }

    private List<BorderSets> requestBorders(Nic exit, Nic its) {
        List<BorderSets> borders = new ArrayList<>();
        if (!exit.subnet().equals(its.subnet())) {
            borders.add(border(exit, Direction.OUTBOUND));
            borders.add(borderToNatService(its, Direction.INBOUND));
        }
        borders.add(border(its, Direction.OUTBOUND));
        return borders;
    }

    private List<BorderSets> replyBorders(Nic its) {
        List<BorderSets> borders = new ArrayList<>();
        borders.add(border(its, Direction.INBOUND));
        if (!nic.subnet().equals(its.subnet())) {
            borders.add(borderToNatService(its, Direction.OUTBOUND));
            borders.add(border(nic, Direction.INBOUND));
        }
        return borders;
    }

    /** Crossed between the machine and the NAT service. */
    private BorderSets borderToNatService(Nic its, Direction direction) {
        BorderSets border = border(its, direction);
        return new BorderSets(border.acl(), direction, border.inside(), Optional.of(nic.primaryAddress()));
    }

    private BorderSets border(Nic at, Direction direction) {
        Subnet subnet = net.subnet(at.subnet());
        return new BorderSets(net.view().acls().of(subnet.id()), direction, subnet.range());
    }

    private static List<Reach> crossing(Set<Reach> reaches, ReachAcrossBorders crossing) {
        return reaches.stream()
                .flatMap(reach -> crossing.of(reach).stream())
                .distinct()
                .toList();
    }

    /** The addresses of a range that a way to a target leads to. */
    @FunctionalInterface
    private interface Ways {
        CidrSet to(Cidr range, RouteTarget target);
    }

    private void collect(Direction direction, Nic filtered, Ways ways, Set<Reach> reaches) {
        if (!up()) {
            return;
        }
        NetId own = net.net().id();
        CidrSet local = ways.to(net.net().range(), new RouteTarget.Local());
        rules(direction, filtered, new Place.InNet(own, Optional.empty()), local, reaches);
        outer(nic.addresses(), ways, (place, led) -> rules(direction, filtered, place, led, reaches));
    }

    /** What of a way leads where. */
    @FunctionalInterface
    private interface Led {
        void to(Place place, CidrSet addresses);
    }

    /** Into each peering, and outside for whom one of these addresses is seen there. */
    private void outer(Collection<Ipv4> senders, Ways ways, Led led) {
        for (NetPeering peering : net.peerings()) {
            if (peering.isActive()) {
                PeeringSide peer = peering.peerOf(net.net().id());
                led.to(
                        new Place.InNet(peer.net(), Optional.of(peering.id())),
                        ways.to(peer.range(), new RouteTarget.Peering(peering.id())));
            }
        }
        netExits()
                .internetService()
                .filter(_ -> isSeenOutside(senders))
                .ifPresent(service -> led.to(
                        new Place.Outside(service.id()),
                        outside(ways.to(Cidr.ALL, new RouteTarget.InternetService(service.id())))));
    }

    private NetExits netExits() {
        return net.view().exits();
    }

    private boolean isSeenOutside(Collection<Ipv4> addresses) {
        return addresses.stream()
                .anyMatch(address -> netExits().publicAddressOf(address).isPresent());
    }

    /** Where an address is in a peer's range, the peer is meant by it. */
    private CidrSet outside(CidrSet led) {
        CidrSet left = led.intersection(Outside.ADDRESSES);
        for (NetPeering peering : net.peerings()) {
            left = left.minus(peering.peerOf(net.net().id()).range());
        }
        return left;
    }

    private boolean up() {
        Optional<Vm> vm = nic.link().flatMap(link -> net.vm(link.vm()));
        Subnet subnet = net.subnet(nic.subnet());
        return vm.filter(it -> it.state() == VmState.RUNNING).isPresent() && !region.failed(subnet.subregion());
    }

    private CidrSet answered(Cidr range, RouteTarget target) {
        CidrSet led = CidrSet.EMPTY;
        for (Nic exit : exits()) {
            led = led.union(through(exit, range, target));
        }
        return led;
    }

    /** What gets to a target from this NIC's address, where the machine sends it through that NIC. */
    private CidrSet through(Nic exit, Cidr range, RouteTarget target) {
        if (!exit.id().equals(nic.id()) && exit.sourceDestChecked()) {
            return CidrSet.EMPTY;
        }
        return RouteLookup.led(net.tableOf(Optional.of(exit.subnet())), range, target)
                .intersection(chosenFor(exit));
    }

    private List<Nic> exits() {
        return nic.link().map(link -> net.nicsOf(link.vm())).orElse(List.of());
    }

    /** The addresses to which the machine sends through this NIC: as it looks for the first one that fits. */
    private CidrSet chosenFor(Nic exit) {
        CidrSet open = EVERYWHERE;
        CidrSet chosen = CidrSet.EMPTY;
        for (Nic candidate : exits()) {
            Cidr subnet = net.subnet(candidate.subnet()).range();
            if (candidate.equals(exit)) {
                chosen = open.intersection(CidrSet.of(List.of(subnet)));
            }
            open = open.minus(subnet);
        }
        return exit.equals(exits().getFirst()) ? chosen.union(open) : chosen;
    }

    private void rules(Direction direction, Nic filtered, Place place, CidrSet led, Set<Reach> reaches) {
        if (led.isEmpty()) {
            return;
        }
        for (SecurityGroup group : net.groupsOf(filtered)) {
            group.rules(direction)
                    .map(rule -> switch (rule.counterpart()) {
                        case Counterpart.Range(Cidr cidr) ->
                            new Reach(
                                    place,
                                    Optional.empty(),
                                    led.intersection(CidrSet.of(List.of(cidr))),
                                    Optional.empty(),
                                    rule.traffic());
                        case Counterpart.Group(SecurityGroupId id, AccountId _) ->
                            new Reach(
                                    place,
                                    Optional.empty(),
                                    place instanceof Place.Outside ? CidrSet.EMPTY : led,
                                    Optional.of(id),
                                    rule.traffic());
                    })
                    .filter(reach -> !reach.addresses().isEmpty())
                    .forEach(reaches::add);
        }
    }

    /** Without those that another one includes. */
    static List<Reach> largest(List<Reach> reaches) {
        List<Reach> kept = new ArrayList<>();
        for (Reach reach : reaches) {
            boolean covered = reaches.stream().anyMatch(other -> !other.equals(reach) && includes(other, reach));
            if (!covered) {
                kept.add(reach);
            }
        }
        return kept;
    }

    private static boolean includes(Reach wide, Reach narrow) {
        return wide.place().equals(narrow.place())
                && wide.by().equals(narrow.by())
                && (wide.group().isEmpty() || wide.group().equals(narrow.group()))
                && wide.traffic().covers(narrow.traffic())
                && wide.except().stream().allMatch(narrow::leavesOut)
                && narrow.addresses().minus(wide.addresses()).isEmpty();
    }
}
