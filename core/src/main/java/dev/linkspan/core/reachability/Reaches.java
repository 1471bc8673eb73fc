package dev.linkspan.core.reachability;

import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
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
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
                .map(exit -> new ReachAcrossBorders.Reply(border(exit, Direction.OUTBOUND), chosenFor(exit)))
                .toList();
        return crossing(reaches, new ReachAcrossBorders(border(nic, Direction.INBOUND), replies));
    }

    /** Whom it sends to from its own address, through whichever NIC the machine chooses, by that one's table and groups. */
    List<Reach> out() {
        Set<Reach> all = new LinkedHashSet<>();
        ReachAcrossBorders.Reply reply = new ReachAcrossBorders.Reply(border(nic, Direction.INBOUND), EVERYWHERE);
        for (Nic exit : exits()) {
            Set<Reach> reaches = new LinkedHashSet<>();
            collect(Direction.OUTBOUND, exit, (range, target) -> through(exit, range, target), reaches);
            all.addAll(crossing(reaches, new ReachAcrossBorders(border(exit, Direction.OUTBOUND), List.of(reply))));
        }
        return List.copyOf(all);
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
        for (NetPeering peering : net.peerings()) {
            if (peering.isActive()) {
                PeeringSide peer = peering.peerOf(own);
                CidrSet led = ways.to(peer.range(), new RouteTarget.Peering(peering.id()));
                rules(direction, filtered, new Place.InNet(peer.net(), Optional.of(peering.id())), led, reaches);
            }
        }
        netExits().internetService().filter(_ -> isSeenOutside()).ifPresent(service -> {
            CidrSet led = ways.to(Cidr.ALL, new RouteTarget.InternetService(service.id()));
            rules(direction, filtered, new Place.Outside(service.id()), outside(led), reaches);
        });
    }

    private NetExits netExits() {
        return net.view().exits();
    }

    private boolean isSeenOutside() {
        return nic.addresses().stream()
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

    private static CidrSet addresses(AddressRange range) {
        return switch (range) {
            case Cidr cidr -> CidrSet.of(List.of(cidr));
            case Ipv6Range _ -> CidrSet.EMPTY;
        };
    }

    private void rules(Direction direction, Nic filtered, Place place, CidrSet led, Set<Reach> reaches) {
        if (led.isEmpty()) {
            return;
        }
        for (SecurityGroup group : net.groupsOf(filtered)) {
            group.rules(direction)
                    .map(rule -> switch (rule.counterpart()) {
                        case Counterpart.Range(AddressRange range) ->
                            new Reach(place, led.intersection(addresses(range)), Optional.empty(), rule.traffic());
                        case Counterpart.Group(SecurityGroupId id, AccountId _) ->
                            new Reach(
                                    place,
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
                && (wide.group().isEmpty() || wide.group().equals(narrow.group()))
                && wide.traffic().covers(narrow.traffic())
                && wide.except().stream().allMatch(narrow::leavesOut)
                && narrow.addresses().minus(wide.addresses()).isEmpty();
    }
}
