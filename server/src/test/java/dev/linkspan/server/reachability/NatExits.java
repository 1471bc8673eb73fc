package dev.linkspan.server.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.server.network.Testbed;
import dev.linkspan.server.reachability.Draft.DraftNet;
import dev.linkspan.server.reachability.Draft.DraftPeering;
import dev.linkspan.server.reachability.Draft.DraftSubnet;
import dev.linkspan.server.reachability.Draft.DraftVm;
import dev.linkspan.server.reachability.Draft.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Draws NAT services (X4): public and private ones, in Subnets with and without a way on, and what is sent through them and to
 * them. It has chance of its own, so that what else a seed draws is the same with them and without.
 */
final class NatExits {

    private static final Ipv4 FIRST = Ipv4.parse("203.0.113.100");

    /** In its Subnet, where no machine is. */
    private static final int OFFSET = 50;

    private static final List<Cidr> OUTSIDE = List.of(
            Cidr.ALL, Cidr.ALL, Cidr.parse("192.0.0.0/2"), Cidr.parse("192.0.0.0/2"), Cidr.parse("203.0.113.0/25"));

    private final Draft draft;
    private final RandomGenerator random;
    private final List<Nat> nats = new ArrayList<>();
    private final List<Step.RouteByNat> routes = new ArrayList<>();

    /** The Subregion that fails with one, until the next change. */
    private Optional<String> failed = Optional.empty();

    /** The public addresses of machines beside NAT services. */
    private final List<Ipv4> neighbours = new ArrayList<>();

    /**
     * A NAT service.
     *
     * @param table the one of its own Subnet, where it has one of its own
     */
    private record Nat(
            String name,
            DraftNet net,
            DraftSubnet subnet,
            Optional<String> table,
            Ipv4 address,
            Optional<Ipv4> seenAs) {

        Step.CreateNatService creation() {
            return new Step.CreateNatService(
                    name, subnet.name(), seenAs.map(Ipv4::toString).orElse(""), address.toString());
        }
    }

    NatExits(Draft draft, RandomGenerator random) {
        this.draft = draft;
        this.random = random;
    }

    private boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    private <T> T any(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    void draw() {
        if (percent(15)) {
            return;
        }
        draft.nets.stream().filter(net -> percent(net.exit ? 95 : 50)).forEach(net -> {
            nat(net, percent(75) ? ownSubnet(net) : any(net.subnets));
            if (percent(15)) {
                nat(net, any(net.subnets));
            }
        });
        nats.forEach(this::onward);
        nats.forEach(this::led);
        nats.forEach(this::known);
        nats.forEach(this::neighbour);
        nats.stream().filter(_ -> percent(8)).forEach(nat -> draft.add(new Step.DeleteNatService(nat.name())));
    }

    /** The first of its size, which no other Subnet has. */
    private DraftSubnet ownSubnet(DraftNet net) {
        Cidr range =
                new Cidr(net.range.network(), net.subnets.getFirst().range().length());
        String in = Tenants.SUBREGIONS.stream()
                .filter(it -> !it.equals(net.subnets.getFirst().in()))
                .findFirst()
                .filter(_ -> percent(70))
                .orElseGet(() -> net.subnets.getFirst().in());
        DraftSubnet subnet = new DraftSubnet(net.name + ".sn", range, in);
        draft.add(new Step.CreateSubnet(subnet.name(), net.name, range.toString(), subnet.in()));
        draft.add(new Step.CreateTable(tableOf(net), net.name));
        draft.add(new Step.LinkTable(tableOf(net), subnet.name()));
        if (percent(60)) {
            border(net, subnet);
        }
        return subnet;
    }

    private static String tableOf(DraftNet net) {
        return net.name + ".tn";
    }

    /** It lets everything pass but for a little, of which some is what goes on, and some is what answers. */
    private void border(DraftNet net, DraftSubnet subnet) {
        String acl = net.name + ".acln";
        draft.add(new Step.CreateAcl(acl, net.name));
        for (Direction direction : Direction.values()) {
            draft.add(new Step.AddEntry(acl, 201, direction, "-1", 0, 0, Cidr.ALL.toString(), true));
            for (int number = 1; number < 4 && percent(45); number++) {
                List<String> whats = List.of("tcp", "udp", "icmp", "-1", "-1", "-1");
                String what = any(whats);
                int last = what.equals("tcp") || what.equals("udp") ? 65_535 : what.equals("icmp") ? -1 : 0;
                int first = last == 65_535 ? 1024 * random.nextInt(2) : last;
                draft.add(new Step.AddEntry(
                        acl, number, direction, what, first, last, whom(net).toString(), false));
            }
        }
        draft.add(new Step.AssociateAcl(subnet.name(), acl));
    }

    private Cidr whom(DraftNet net) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> Cidr.of(any(Exits.ADDRESSES_OUTSIDE));
            case 2 -> any(net.subnets).range();
            case 3 -> Cidr.of(any(draft.vms()).addresses.getFirst());
            default -> any(draft.nets).range;
        };
    }

    private void nat(DraftNet net, DraftSubnet subnet) {
        boolean own = !net.subnets.contains(subnet);
        boolean leadsOut = net.exit && !draft.steps.contains(new Step.UnlinkInternetService(Exits.serviceOf(net)));
        Nat nat = new Nat(
                "nat" + nats.size(),
                net,
                subnet,
                Optional.of(tableOf(net)).filter(_ -> own),
                subnet.range().network().plus(OFFSET + nats.size()),
                Optional.of(FIRST.plus(nats.size())).filter(_ -> leadsOut && percent(80)));
        nats.add(nat);
        draft.add(nat.creation());
    }

    /** Where the routes of its own Subnet lead. */
    private void onward(Nat nat) {
        nat.table().ifPresent(table -> {
            if (nat.net().exit && percent(85)) {
                draft.add(new Step.RouteOutside(table, Cidr.ALL.toString(), Exits.serviceOf(nat.net())));
            } else if (percent(30)) {
                draft.add(new Step.RouteByNat(
                        table, Cidr.ALL.toString(), any(nats).name()));
            }
            peerings(nat.net()).stream()
                    .filter(_ -> percent(70))
                    .forEach(peering -> draft.add(new Step.CreateRoute(
                            table, peering.peerOf(nat.net()).range.toString(), peering.name)));
        });
    }

    private List<DraftPeering> peerings(DraftNet net) {
        return draft.peerings(it -> it.fate == Fate.ACTIVE && it.connects(net));
    }

    /** What other Subnets' routes lead to it. */
    private void led(Nat nat) {
        for (String table : nat.net().tables) {
            if (percent(65)) {
                route(table, any(OUTSIDE), nat);
            }
            peerings(nat.net()).stream().filter(_ -> percent(35)).forEach(peering -> {
                DraftNet peer = peering.peerOf(nat.net());
                route(table, percent(60) ? any(peer.subnets).range() : peer.range, nat);
            });
        }
    }

    private void route(String table, Cidr destination, Nat nat) {
        Step.RouteByNat route = new Step.RouteByNat(table, destination.toString(), nat.name());
        boolean taken = routes.stream()
                .anyMatch(it -> it.table().equals(table) && it.destination().equals(route.destination()));
        if (!taken && !draft.isRouted(table, destination) && !nat.net().range.contains(destination)) {
            routes.add(route);
            draft.add(route);
        }
    }

    /** A machine beside it, which is seen outside as well, and is not asked for anything by the other draws. */
    private void neighbour(Nat nat) {
        if (nat.table().isPresent() && nat.seenAs().isPresent() && percent(60)) {
            String name = "vn" + neighbours.size();
            String address = nat.subnet().range().network().plus(20).toString();
            Ipv4 seen = FIRST.plus(50 + neighbours.size());
            neighbours.add(seen);
            draft.add(new Step.CreateVm(name, nat.subnet().name(), List.of(address), List.of(any(nat.net().groups))));
            draft.add(new Step.LinkPublicIp(seen.toString(), name, address));
            letIn(nat.net(), nat.seenAs().get());
        }
    }

    /** Peers lead its address back, and others let in what comes from it. */
    private void known(Nat nat) {
        for (DraftPeering peering : peerings(nat.net())) {
            DraftNet peer = peering.peerOf(nat.net());
            for (String table : peer.tables) {
                Cidr alone = percent(50) ? Cidr.of(nat.address()) : nat.subnet().range();
                if (percent(30) && !draft.isRouted(table, alone)) {
                    Step.CreateRoute route = new Step.CreateRoute(table, alone.toString(), peering.name);
                    draft.routes.add(route);
                    draft.add(route);
                }
            }
            if (percent(50)) {
                letIn(peer, nat.address());
            }
        }
        nat.seenAs().filter(_ -> percent(70)).ifPresent(seen -> letIn(percent(50) ? nat.net() : any(draft.nets), seen));
    }

    private void letIn(DraftNet net, Ipv4 address) {
        draft.newRule(new Step.Allow(
                any(net.groups), Direction.INBOUND, "-1", 0, 0, Cidr.of(address).toString()));
    }

    /** Those of the Net, by name. */
    List<String> of(DraftNet net) {
        return nats.stream().filter(nat -> nat.net() == net).map(Nat::name).toList();
    }

    /** What is sent through them, and to them. */
    void send(int count, Packets packets) {
        for (int i = 0; i < count && !nats.isEmpty(); i++) {
            Nat nat = any(nats);
            if (percent(80) || nat.seenAs().isEmpty()) {
                DraftVm from = any(percent(85) ? nat.net().vms : draft.vms());
                Ipv4 to = percent(80) ? beyond(nat) : itsOwn(nat);
                if (!isItself(from, to)) {
                    packets.send(random, from, to);
                }
            } else {
                draft.add(new Step.Send(
                        Testbed.OUTSIDE,
                        any(Exits.ADDRESSES_OUTSIDE).toString(),
                        nat.seenAs().get().toString(),
                        any(List.of("udp", "tcp")),
                        any(List.of(22, 80, 5000))));
            }
        }
    }

    /** Whether the machine would speak with itself. */
    boolean isItself(DraftVm vm, Ipv4 address) {
        return vm.addresses.contains(address)
                || draft.publicIps.stream()
                        .anyMatch(link -> vm.nics.contains(link.nic())
                                && link.publicAddress().equals(address.toString()));
    }

    private Ipv4 itsOwn(Nat nat) {
        return nat.seenAs().filter(_ -> percent(40)).orElse(nat.address());
    }

    private Ipv4 beyond(Nat nat) {
        List<Ipv4> ofPeers = draft.peersOf(nat.net()).stream()
                .flatMap(peer -> peer.vms.stream())
                .flatMap(vm -> vm.addresses.stream())
                .toList();
        List<Ipv4> seen = draft.publicIps.stream()
                .map(link -> Ipv4.parse(link.publicAddress()))
                .toList();
        List<List<Ipv4>> all = Stream.of(ofPeers, seen, neighbours, Exits.ADDRESSES_OUTSIDE)
                .filter(addresses -> !addresses.isEmpty())
                .toList();
        return any(any(all));
    }

    /** Connections by public addresses, from machines that are seen outside and others, which changes may cut. */
    void connect(int count) {
        for (int i = 0; i < count && !draft.publicIps.isEmpty(); i++) {
            Ipv4 to = Ipv4.parse(any(draft.publicIps).publicAddress());
            DraftVm from = any(draft.vms());
            if (!isItself(from, to)) {
                draft.add(new Step.Connect(from.name, to.toString(), any(List.of(22, 80))));
            }
        }
    }

    /** One goes, or a route to one does, or comes back; or its Subregion fails for a while. */
    void change() {
        failed.ifPresent(subregion -> draft.add(new Step.HealSubregion(subregion)));
        failed = Optional.empty();
        if (nats.isEmpty() || percent(40)) {
            return;
        }
        Nat nat = any(nats);
        switch (random.nextInt(6)) {
            case 4, 5 -> {
                failed = Optional.of(nat.subnet().in());
                draft.add(new Step.FailSubregion(nat.subnet().in()));
            }
            case 0 -> draft.add(new Step.DeleteNatService(nat.name()));
            case 1 -> {
                draft.add(new Step.DeleteNatService(nat.name()));
                draft.add(nat.creation());
                routes.stream().filter(route -> route.nat().equals(nat.name())).forEach(route -> {
                    draft.add(new Step.DeleteRoute(route.table(), route.destination()));
                    draft.add(route);
                });
            }
            default -> {
                if (!routes.isEmpty()) {
                    Step.RouteByNat route = any(routes);
                    draft.add(
                            percent(50)
                                    ? new Step.DeleteRoute(route.table(), route.destination())
                                    : new Step.RouteByNat(
                                            route.table(),
                                            route.destination(),
                                            any(nats).name()));
                }
            }
        }
    }
}
