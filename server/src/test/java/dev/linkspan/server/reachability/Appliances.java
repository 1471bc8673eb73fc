package dev.linkspan.server.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.securitygroup.Direction;
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
 * Draws appliances (X6): machines to which routes lead, of which most pass on what they are handed, and what is sent by way of
 * them. It has chance of its own, so that what else a seed draws is the same with them and without.
 */
final class Appliances {

    /** In its Subnet, where no other machine is. */
    private static final int OFFSET = 30;

    /** Which /24 of a Net is an appliance's own. */
    private static final int OWN = 6;

    private static final List<Cidr> OUTSIDE =
            List.of(Cidr.ALL, Cidr.parse("192.0.0.0/3"), Cidr.parse("203.0.113.0/26"), Cidr.parse("192.0.2.0/24"));

    private final Draft draft;
    private final NatExits nats;
    private final RandomGenerator random;
    private final List<Appliance> all = new ArrayList<>();
    private final List<Step.RouteByNic> routes = new ArrayList<>();

    /** @param table the one of its own Subnet, where it has one of its own */
    private record Appliance(
            String name, DraftNet net, DraftSubnet subnet, Optional<String> table, List<String> nics) {}

    Appliances(Draft draft, NatExits nats, RandomGenerator random) {
        this.draft = draft;
        this.nats = nats;
        this.random = random;
    }

    private boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    private <T> T any(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    void draw() {
        if (percent(25)) {
            return;
        }
        draft.nets.stream().filter(_ -> percent(65)).forEach(this::appliance);
        all.forEach(this::onward);
        all.forEach(this::led);
    }

    private void appliance(DraftNet net) {
        boolean own = net.range.length() < 24 && percent(85);
        DraftSubnet subnet = own ? ownSubnet(net) : any(net.subnets);
        Appliance made = new Appliance(
                "a" + all.size(),
                net,
                subnet,
                Optional.of(net.name + ".ta").filter(_ -> own),
                new ArrayList<>(List.of("a" + all.size())));
        all.add(made);
        String group = any(net.groups);
        draft.add(new Step.CreateVm(
                made.name(),
                subnet.name(),
                List.of(subnet.range().network().plus(OFFSET).toString()),
                List.of(group)));
        if (percent(85)) {
            draft.newRule(new Step.Allow(group, Direction.INBOUND, "-1", 0, 0, net.range.toString()));
        }
        net.subnets.stream()
                .filter(it -> !it.equals(subnet) && it.in().equals(subnet.in()) && percent(30))
                .findFirst()
                .ifPresent(it -> second(made, it, group));
        made.nics().stream()
                .filter(_ -> percent(90))
                .forEach(nic -> draft.add(new Step.SetSourceDestCheck(nic, false)));
        if (percent(75)) {
            draft.add(new Step.PassOn(made.name()));
        }
    }

    private DraftSubnet ownSubnet(DraftNet net) {
        Cidr range = new Cidr(net.range.network().plus(256 * OWN), 24);
        DraftSubnet subnet =
                new DraftSubnet(net.name + ".sa", range, any(net.subnets).in());
        draft.add(new Step.CreateSubnet(subnet.name(), net.name, range.toString(), subnet.in()));
        draft.add(new Step.CreateTable(net.name + ".ta", net.name));
        draft.add(new Step.LinkTable(net.name + ".ta", subnet.name()));
        if (percent(40)) {
            border(net, subnet);
        }
        return subnet;
    }

    /** It lets everything pass but for a little. */
    private void border(DraftNet net, DraftSubnet subnet) {
        String acl = net.name + ".acla";
        draft.add(new Step.CreateAcl(acl, net.name));
        for (Direction direction : Direction.values()) {
            draft.add(new Step.AddEntry(acl, 201, direction, "-1", 0, 0, Cidr.ALL.toString(), true));
            if (percent(50)) {
                Cidr whom = any(List.of(
                        Cidr.of(any(Exits.ADDRESSES_OUTSIDE)), any(net.subnets).range(), any(draft.nets).range));
                draft.add(new Step.AddEntry(acl, 1, direction, "-1", 0, 0, whom.toString(), false));
            }
        }
        draft.add(new Step.AssociateAcl(subnet.name(), acl));
    }

    private void second(Appliance appliance, DraftSubnet subnet, String group) {
        String nic = appliance.name() + ".second";
        appliance.nics().add(nic);
        String address = subnet.range().network().plus(OFFSET + 1).toString();
        draft.add(new Step.AddNic(nic, appliance.name(), subnet.name(), List.of(address), List.of(group)));
    }

    /** Where the routes of its own Subnet lead. */
    private void onward(Appliance appliance) {
        appliance.table().ifPresent(table -> {
            List<String> ofNet = nats.of(appliance.net());
            if (!ofNet.isEmpty() && percent(35)) {
                draft.add(new Step.RouteByNat(table, Cidr.ALL.toString(), any(ofNet)));
            } else if (appliance.net().exit && percent(85)) {
                draft.add(new Step.RouteOutside(table, Cidr.ALL.toString(), Exits.serviceOf(appliance.net())));
            } else if (percent(20)) {
                draft.add(new Step.RouteByNic(table, Cidr.ALL.toString(), any(any(all).nics())));
            }
            peerings(appliance.net()).stream()
                    .filter(_ -> percent(80))
                    .forEach(peering -> draft.add(new Step.CreateRoute(
                            table, peering.peerOf(appliance.net()).range.toString(), peering.name)));
        });
    }

    private List<DraftPeering> peerings(DraftNet net) {
        return draft.peerings(it -> it.fate == Fate.ACTIVE && it.connects(net));
    }

    /** What other Subnets' routes lead to it. */
    private void led(Appliance appliance) {
        for (String table : appliance.net().tables) {
            if (percent(55)) {
                route(table, any(OUTSIDE), appliance);
            }
            peerings(appliance.net()).stream().filter(_ -> percent(45)).forEach(peering -> {
                DraftNet peer = peering.peerOf(appliance.net());
                route(table, percent(70) ? any(peer.subnets).range() : peer.range, appliance);
            });
        }
    }

    private void route(String table, Cidr destination, Appliance appliance) {
        Step.RouteByNic route = new Step.RouteByNic(table, destination.toString(), any(appliance.nics()));
        boolean taken = routes.stream()
                .anyMatch(it -> it.table().equals(table) && it.destination().equals(route.destination()));
        if (!taken
                && !draft.isRouted(table, destination)
                && !appliance.net().range.contains(destination)) {
            routes.add(route);
            draft.add(route);
        }
    }

    /** What is sent by way of them: there, or back. */
    void send(int count, Packets packets) {
        for (int i = 0; i < count && !all.isEmpty(); i++) {
            Appliance appliance = any(all);
            DraftVm near = any(appliance.net().vms);
            List<DraftVm> far = peers(appliance);
            boolean back = !far.isEmpty() && percent(35);
            DraftVm from = back ? any(far) : near;
            Ipv4 to = back ? any(near.addresses) : beyond(far);
            if (!nats.isItself(from, to)) {
                packets.send(random, from, to);
            }
        }
    }

    private List<DraftVm> peers(Appliance appliance) {
        return draft.peersOf(appliance.net()).stream()
                .flatMap(peer -> peer.vms.stream())
                .toList();
    }

    private Ipv4 beyond(List<DraftVm> far) {
        List<Ipv4> ofPeers = far.stream().flatMap(vm -> vm.addresses.stream()).toList();
        List<Ipv4> seen = draft.publicIps.stream()
                .map(link -> Ipv4.parse(link.publicAddress()))
                .toList();
        return any(any(Stream.of(ofPeers, ofPeers, seen, Exits.ADDRESSES_OUTSIDE)
                .filter(addresses -> !addresses.isEmpty())
                .toList()));
    }

    /** Connections that changes may cut. */
    void connect(int count) {
        for (int i = 0; i < count && !all.isEmpty(); i++) {
            Appliance appliance = any(all);
            List<DraftVm> far = peers(appliance);
            if (!far.isEmpty()) {
                DraftVm near = any(appliance.net().vms);
                DraftVm other = any(far);
                boolean there = percent(60);
                draft.add(new Step.Connect(
                        (there ? near : other).name,
                        any((there ? other : near).addresses).toString(),
                        80));
            }
        }
    }

    /** One is stopped or started, or checked or not, or a route to one goes or comes back. */
    void change() {
        if (all.isEmpty() || percent(40)) {
            return;
        }
        Appliance appliance = any(all);
        switch (random.nextInt(6)) {
            case 0 -> draft.add(new Step.StopVm(appliance.name()));
            case 1 -> draft.add(new Step.StartVm(appliance.name()));
            case 2, 3 -> draft.add(new Step.SetSourceDestCheck(any(appliance.nics()), percent(40)));
            default -> {
                if (!routes.isEmpty()) {
                    Step.RouteByNic route = any(routes);
                    draft.add(percent(50) ? new Step.DeleteRoute(route.table(), route.destination()) : route);
                }
            }
        }
    }
}
