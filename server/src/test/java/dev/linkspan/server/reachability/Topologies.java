package dev.linkspan.server.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.server.reachability.Draft.DraftNet;
import dev.linkspan.server.reachability.Draft.DraftPeering;
import dev.linkspan.server.reachability.Draft.DraftSubnet;
import dev.linkspan.server.reachability.Draft.DraftVm;
import dev.linkspan.server.reachability.Draft.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Draws what a network is made of, so that much of it works and every way of being cut off comes up often. */
final class Topologies {

    private static final List<String> OWNERS = List.of("ann", "bob", "cyd");

    /** Some overlap, so that tenants do, and the peers of one. */
    private static final List<Cidr> RANGES =
            List.of("10.0.0.0/16", "10.1.0.0/16", "10.1.0.0/16", "10.2.0.0/16", "10.1.0.0/20", "10.3.4.0/24").stream()
                    .map(Cidr::parse)
                    .toList();

    private static final List<Cidr> WIDE = List.of(Cidr.parse("10.0.0.0/8"), Cidr.ALL, Cidr.parse("10.0.0.0/14"));
    private static final int SUBNET_PREFIX = 24;
    private static final int SMALL_SUBNET_PREFIX = 26;
    private static final int FEWEST_VMS = 9;

    private final Draft draft;

    private Topologies(Draft draft) {
        this.draft = draft;
    }

    static void draw(Draft draft) {
        Topologies drawing = new Topologies(draft);
        drawing.nets();
        drawing.vms();
        drawing.peerings();
        draft.nets.forEach(drawing::transitRoutes);
        new Exits(draft).draw();
        draft.nets.forEach(drawing::rules);
        draft.nets.forEach(new Borders(draft)::draw);
        drawing.end();
        drawing.accidents();
    }

    private void nets() {
        int count = 3 + draft.random.nextInt(draft.percent(25) ? 4 : 3);
        for (int i = 0; i < count; i++) {
            Cidr range = i < 2 ? RANGES.get(i) : draft.any(RANGES);
            DraftNet net = new DraftNet("n" + i, range, draft.any(OWNERS));
            draft.nets.add(net);
            draft.add(new Step.CreateNet(net.name, range.toString(), net.owner));
            net.tables.add(net.name + ".main");
            net.acls.add(net.name + ".acl");
            net.groups.add(net.name + ".default");
            for (int g = 0; g < 2; g++) {
                String group = net.name + ".g" + g;
                net.groups.add(group);
                draft.add(new Step.CreateGroup(group, net.name));
            }
            subnets(net);
        }
    }

    private void subnets(DraftNet net) {
        int prefix = net.range.length() < SUBNET_PREFIX ? SUBNET_PREFIX : SMALL_SUBNET_PREFIX;
        int size = 1 << (32 - prefix);
        int count = 1 + draft.random.nextInt(3);
        for (int i = 0; i < count; i++) {
            Cidr range = Cidr.parse(net.range.network().plus(size * (i + 1)) + "/" + prefix);
            DraftSubnet subnet = new DraftSubnet(net.name + ".s" + i, range, draft.any(Tenants.SUBREGIONS));
            net.subnets.add(subnet);
            draft.add(new Step.CreateSubnet(subnet.name(), net.name, range.toString(), subnet.in()));
            if (draft.percent(35)) {
                String table = net.name + ".t" + i;
                net.tables.add(table);
                draft.add(new Step.CreateTable(table, net.name));
                draft.add(new Step.LinkTable(table, subnet.name()));
            }
        }
    }

    private void vms() {
        int count = FEWEST_VMS + draft.random.nextInt(5);
        for (int i = 0; i < count; i++) {
            vm("v" + i, i < draft.nets.size() ? draft.nets.get(i) : draft.any(draft.nets));
        }
        draft.vms().forEach(this::peculiarity);
        if (draft.percent(15)) {
            unlinkedNic(draft.any(draft.nets));
        }
    }

    private void vm(String name, DraftNet net) {
        DraftVm vm = new DraftVm(name, net);
        DraftSubnet subnet = draft.any(net.subnets);
        vm.addresses.addAll(freeAddresses(net, subnet, draft.percent(15) ? 2 : 1));
        net.vms.add(vm);
        draft.add(new Step.CreateVm(name, subnet.name(), texts(vm.addresses), someGroups(net)));
        List<DraftSubnet> beside = net.subnets.stream()
                .filter(it -> !it.equals(subnet) && it.in().equals(subnet.in()))
                .toList();
        if (!beside.isEmpty() && draft.percent(40)) {
            DraftSubnet second = draft.any(beside);
            List<Ipv4> addresses = freeAddresses(net, second, 1);
            String nic = name + ".1";
            vm.nics.add(nic);
            vm.addresses.addAll(addresses);
            draft.add(new Step.AddNic(nic, name, second.name(), texts(addresses), someGroups(net)));
        }
    }

    private static List<Ipv4> freeAddresses(DraftNet net, DraftSubnet subnet, int count) {
        Ipv4 first = subnet.range().network().plus(4);
        return IntStream.range(0, 30)
                .mapToObj(first::plus)
                .filter(address -> net.vms.stream().noneMatch(vm -> vm.addresses.contains(address)))
                .limit(count)
                .toList();
    }

    private static List<String> texts(List<Ipv4> addresses) {
        return addresses.stream().map(Ipv4::toString).toList();
    }

    /** Mostly the default one. */
    private List<String> someGroups(DraftNet net) {
        List<String> others = net.groups.subList(1, net.groups.size());
        return switch (draft.random.nextInt(6)) {
            case 0 -> List.of(draft.any(others));
            case 1 -> others;
            case 2 -> List.of(net.groups.getFirst(), draft.any(others));
            default -> List.of(net.groups.getFirst());
        };
    }

    /** With two NICs, what is checked at the first one matters most: much leaves through it that is not its own. */
    private void peculiarity(DraftVm vm) {
        if (vm.nics.size() > 1 && draft.percent(45)) {
            draft.add(new Step.SetSourceDestCheck(vm.name, false));
        } else if (draft.percent(15)) {
            draft.add(new Step.SetSourceDestCheck(draft.any(vm.nics), false));
        }
    }

    private void unlinkedNic(DraftNet net) {
        DraftSubnet subnet = draft.any(net.subnets);
        List<Ipv4> addresses = freeAddresses(net, subnet, 1);
        net.unlinked.addAll(addresses);
        draft.add(new Step.CreateNic(net.name + ".nic", subnet.name(), texts(addresses), List.of()));
    }

    /** Those that are to expire come first, since time goes by for all. */
    private void peerings() {
        List<DraftPeering> expiring = new ArrayList<>();
        for (DraftNet source : draft.nets) {
            for (DraftNet accepter : draft.nets) {
                if (source != accepter && !source.range.overlaps(accepter.range) && draft.percent(4)) {
                    expiring.add(draft.newPeering(source, accepter, Fate.EXPIRED));
                }
            }
        }
        expiring.forEach(this::deadRoutes);
        if (!expiring.isEmpty()) {
            draft.add(new Step.Wait(7));
        }
        for (int i = 0; i < draft.nets.size(); i++) {
            for (int j = 0; j < i; j++) {
                boolean asks = draft.random.nextBoolean();
                DraftNet source = draft.nets.get(asks ? i : j);
                DraftNet accepter = draft.nets.get(asks ? j : i);
                if (draft.percent(source.range.overlaps(accepter.range) ? 10 : 75)) {
                    peering(source, accepter);
                }
            }
        }
    }

    private void peering(DraftNet source, DraftNet accepter) {
        boolean dead = draft.percent(20);
        if (dead) {
            deadRoutes(
                    draft.newPeering(source, accepter, draft.any(List.of(Fate.REJECTED, Fate.WITHDRAWN, Fate.ENDED))));
        }
        if (!dead || draft.percent(70)) {
            DraftPeering peering = draft.newPeering(source, accepter, draft.percent(88) ? Fate.ACTIVE : Fate.PENDING);
            if (peering.fate == Fate.ACTIVE) {
                draft.add(new Step.AcceptPeering(peering.name));
            }
            routes(source, peering);
            routes(accepter, peering);
        }
    }

    /** Routes that outlive their peering, and rules that go stale with it, before it ends. */
    private void deadRoutes(DraftPeering peering) {
        if (peering.fate == Fate.ENDED) {
            draft.add(new Step.AcceptPeering(peering.name));
            references(peering.source, peering.accepter);
            references(peering.accepter, peering.source);
        }
        for (DraftNet net : List.of(peering.source, peering.accepter)) {
            for (String table : net.tables) {
                DraftNet peer = peering.peerOf(net);
                if (draft.percent(40)) {
                    draft.newRoute(
                            table, draft.percent(60) ? draft.any(peer.subnets).range() : peer.range, peering);
                }
            }
        }
        switch (peering.fate) {
            case REJECTED -> draft.add(new Step.RejectPeering(peering.name));
            case WITHDRAWN, ENDED -> draft.add(new Step.DeletePeering(peering.name));
            case ACTIVE, PENDING, EXPIRED -> {}
        }
    }

    private void routes(DraftNet net, DraftPeering peering) {
        DraftNet peer = peering.peerOf(net);
        for (String table : net.tables) {
            int choice = draft.random.nextInt(100);
            if (choice < 68) {
                draft.newRoute(table, peer.range, peering);
            } else if (choice < 80) {
                draft.newRoute(table, draft.any(peer.subnets).range(), peering);
            } else if (choice < 90) {
                draft.newRoute(table, draft.any(WIDE), peering);
            }
        }
    }

    /** To what is behind a peer, which must not work (P11). */
    private void transitRoutes(DraftNet net) {
        List<DraftPeering> own = draft.peerings(it -> it.fate == Fate.ACTIVE && it.connects(net));
        if (!own.isEmpty() && draft.percent(50)) {
            DraftPeering through = draft.any(own);
            DraftNet beyond = draft.any(draft.nets);
            if (beyond != net) {
                draft.newRoute(
                        draft.any(net.tables),
                        draft.percent(50)
                                ? beyond.range
                                : draft.any(beyond.subnets).range(),
                        through);
            }
        }
    }

    private void rules(DraftNet net) {
        Rules rules = new Rules(draft);
        for (String group : net.groups) {
            if (draft.percent(group.endsWith(".default") ? 55 : 20)) {
                draft.newRule(new Step.Allow(group, Direction.INBOUND, "-1", 0, 0, Cidr.ALL.toString()));
            }
            if (draft.percent(15)) {
                draft.add(new Step.Revoke(group, Direction.OUTBOUND, "-1", 0, 0, Cidr.ALL.toString()));
                rules.add(net, group, Direction.OUTBOUND, 2);
            }
            rules.add(net, group, Direction.INBOUND, draft.random.nextInt(4));
        }
        draft.peersOf(net).forEach(peer -> references(net, peer));
    }

    /** Rules about groups of a peer, which its peering must be active for when they are made (S5). */
    private void references(DraftNet net, DraftNet peer) {
        if (draft.percent(50)) {
            new Rules(draft).addReference(net, draft.any(net.groups), draft.any(peer.groups));
        }
    }

    private void end() {
        for (DraftPeering peering : draft.peerings(it -> it.fate == Fate.ACTIVE)) {
            if (draft.percent(8)) {
                peering.fate = Fate.ENDED;
                draft.add(new Step.DeletePeering(peering.name));
            }
        }
    }

    private void accidents() {
        for (DraftVm vm : draft.vms()) {
            if (draft.percent(6)) {
                draft.add(new Step.StopVm(vm.name));
            }
        }
        if (draft.percent(7)) {
            draft.add(new Step.FailSubregion(draft.any(Tenants.SUBREGIONS)));
        }
    }

    static Ipv4 gatewayOf(DraftSubnet subnet) {
        return Subnet.gatewayOf(subnet.range());
    }
}
