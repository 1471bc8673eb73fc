package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.routing.RouteLookup;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Flow;
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

    /** Who gets in, and is answered. */
    List<Reach> in() {
        return reaches(Flow.INBOUND);
    }

    /** Whom it sends to, through this NIC. */
    List<Reach> out() {
        return reaches(Flow.OUTBOUND);
    }

    private List<Reach> reaches(Flow flow) {
        if (!up()) {
            return List.of();
        }
        NetId own = net.net().id();
        Set<Reach> reaches = new LinkedHashSet<>();
        CidrSet local = led(flow, net.net().range(), new RouteTarget.Local());
        rules(flow, own, Optional.empty(), local, reaches);
        for (NetPeering peering : net.peerings()) {
            if (peering.isActive()) {
                PeeringSide peer = peering.peerOf(own);
                CidrSet led = led(flow, peer.range(), new RouteTarget.Peering(peering.id()));
                rules(flow, peer.net(), Optional.of(peering.id()), led, reaches);
            }
        }
        return List.copyOf(reaches);
    }

    private boolean up() {
        Optional<Vm> vm = nic.link().flatMap(link -> net.vm(link.vm()));
        Subnet subnet = net.subnet(nic.subnet());
        return vm.filter(it -> it.state() == VmState.RUNNING).isPresent() && !region.failed(subnet.subregion());
    }

    /** What leaves through the NIC goes by its Subnet's table; a reply, by that of the NIC which the machine chooses. */
    private CidrSet led(Flow flow, Cidr range, RouteTarget target) {
        if (flow == Flow.OUTBOUND) {
            return RouteLookup.led(net.tableOf(Optional.of(nic.subnet())), range, target);
        }
        List<Nic> exits = net.nicsOf(nic.link().orElseThrow().vm());
        CidrSet led = CidrSet.EMPTY;
        for (Nic exit : exits) {
            boolean passes = exit.id().equals(nic.id()) || !exit.sourceDestChecked();
            if (passes) {
                CidrSet byTable = RouteLookup.led(net.tableOf(Optional.of(exit.subnet())), range, target);
                led = led.union(byTable.intersection(chosenFor(exit, exits)));
            }
        }
        return led;
    }

    /** The addresses to which the machine sends through this NIC: as it looks for the first one that fits. */
    private CidrSet chosenFor(Nic exit, List<Nic> exits) {
        CidrSet open = EVERYWHERE;
        CidrSet chosen = CidrSet.EMPTY;
        for (Nic nic : exits) {
            Cidr subnet = net.subnet(nic.subnet()).range();
            if (nic.equals(exit)) {
                chosen = open.intersection(CidrSet.of(List.of(subnet)));
            }
            open = open.minus(subnet);
        }
        return exit.equals(exits.getFirst()) ? chosen.union(open) : chosen;
    }

    private void rules(
            Flow flow, NetId other, Optional<NetPeeringId> through, CidrSet led, Set<Reach> reaches) {
        if (led.isEmpty()) {
            return;
        }
        for (SecurityGroup group : net.groupsOf(nic)) {
            group.rules(flow)
                    .map(rule -> switch (rule.counterpart()) {
                        case Counterpart.Range(Cidr cidr) ->
                            new Reach(
                                    other,
                                    through,
                                    led.intersection(CidrSet.of(List.of(cidr))),
                                    Optional.empty(),
                                    rule.traffic());
                        case Counterpart.Group(SecurityGroupId id, AccountId _) ->
                            new Reach(other, through, led, Optional.of(id), rule.traffic());
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
        return wide.net().equals(narrow.net())
                && wide.through().equals(narrow.through())
                && (wide.group().isEmpty() || wide.group().equals(narrow.group()))
                && wide.traffic().covers(narrow.traffic())
                && narrow.addresses().minus(wide.addresses()).isEmpty();
    }
}
