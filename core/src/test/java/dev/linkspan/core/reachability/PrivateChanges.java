package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.operation.NatServices;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.SecurityGroup;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What an owner does inside its own Nets, a step at a time: nobody else was asked, and nobody else need know. */
final class PrivateChanges {

    private final RandomRegion region;
    private final AccountId owner;
    private final List<Net> nets;
    private int made;

    PrivateChanges(RandomRegion region, AccountId owner) {
        this.region = region;
        this.owner = owner;
        this.nets =
                region.nets.stream().filter(net -> net.owner().equals(owner)).toList();
    }

    /** Makes one, and says what it was. */
    String make() {
        made++;
        Net net = region.pick(nets);
        return switch (made % 13) {
            case 0 -> machine(net);
            case 1 -> ofNic(net, "is linked to nothing", nic -> nic.withLink(Optional.empty()));
            case 2 -> stopOrStart(net);
            case 3 -> otherRules(net);
            case 4 ->
                ofNic(
                        net,
                        "gets another group",
                        nic -> nic.withGroups(List.of(aGroup(net).id())));
            case 5 -> noRoutes(net);
            case 6 -> otherRoutes(net);
            case 7 -> subnet(net);
            case 11 -> natService(net);
            case 9 -> exits(net);
            case 10 -> publicIp(net);
            case 8 -> "%s at a Subnet of %s".formatted(region.acl(net).id(), net.id());
            default -> amongThemselves();
        };
    }

    /** Its door opens, or closes: with what stands for its machines outside, or without. */
    private String exits(Net net) {
        return region.fixture.change(unit -> {
            Optional<InternetService> linked = unit.internetServices().findOfNet(net.id());
            InternetService changed = linked.map(InternetService::unlinked)
                    .orElseGet(() -> new InternetService(
                            unit.newId(InternetServiceId.KIND), owner, Optional.of(net.id()), unit.now()));
            unit.internetServices().save(changed);
            return "%s is %s %s".formatted(changed.id(), linked.isPresent() ? "unlinked from" : "linked to", net.id());
        });
    }

    private String publicIp(Net net) {
        Optional<PublicIp> linked = region.fixture.read(
                snapshot -> snapshot.publicIps().ofNet(net.id()).stream().findFirst());
        if (linked.isPresent() && region.chance(50)) {
            change(unit -> unit.publicIps().save(linked.get().unlinked()));
            return "%s stands for nothing".formatted(linked.get().address());
        }
        Nic nic = aNic(net);
        boolean taken = region.fixture.read(snapshot -> snapshot.publicIps().ofNic(nic.id())).stream()
                .anyMatch(ip -> ip.standsForOneOf(nic.addresses()));
        return taken
                ? "nothing"
                : "%s stands for a machine"
                        .formatted(region.exits
                                .publicIp(owner, nic, nic.primaryAddress())
                                .address());
    }

    private String natService(Net net) {
        Optional<NatService> own = region.fixture.read(snapshot ->
                snapshot.natServices().existingOfNet(net.id()).stream().findFirst());
        if (own.isPresent() && region.chance(50)) {
            change(unit -> new NatServices().delete(unit, owner, own.get().id()));
            return "%s is deleted".formatted(own.get().id());
        }
        NatService made = region.natService(net);
        return "%s in %s".formatted(made.id(), made.subnet());
    }

    private String machine(Net net) {
        Subnet subnet =
                region.pick(region.fixture.read(snapshot -> snapshot.subnets().ofNet(net.id())));
        region.machine(subnet, 50 + made, Optional.empty());
        return "a machine more in %s of %s".formatted(subnet.range(), net.id());
    }

    private String ofNic(Net net, String what, UnaryOperator<Nic> how) {
        Nic nic = aNic(net);
        change(unit -> unit.nics().save(how.apply(nic)));
        return "%s at %s %s".formatted(nic.id(), nic.primaryAddress(), what);
    }

    private String stopOrStart(Net net) {
        Vm vm = region.pick(region.fixture.read(snapshot -> snapshot.vms().ofNet(net.id())));
        VmState state = vm.state() == VmState.RUNNING ? VmState.STOPPED : VmState.RUNNING;
        change(unit -> unit.vms().save(vm.withState(state, unit.now())));
        return "%s is %s".formatted(vm.id(), state);
    }

    /** Nobody changes a NAT service's. */
    private Nic aNic(Net net) {
        return region.pick(region.fixture.read(snapshot -> snapshot.nics().ofNet(net.id())).stream()
                .filter(nic -> nic.natService().isEmpty())
                .toList());
    }

    private SecurityGroup aGroup(Net net) {
        return region.pick(region.groups.stream()
                .filter(group -> group.net().equals(net.id()))
                .toList());
    }

    private String otherRules(Net net) {
        SecurityGroup group = aGroup(net);
        region.rules(group);
        return "other rules in %s".formatted(group.id());
    }

    private RouteTable aTable(Net net) {
        return region.pick(
                region.fixture.read(snapshot -> snapshot.routeTables().ofNet(net.id())));
    }

    private String noRoutes(Net net) {
        RouteTable table = withoutRoutes(aTable(net));
        change(unit -> unit.routeTables().save(table));
        return "no routes in %s".formatted(table.id());
    }

    private static RouteTable withoutRoutes(RouteTable table) {
        RouteTable bare = table;
        for (Route route : table.routes()) {
            if (route.target() instanceof RouteTarget.Peering) {
                bare = bare.withoutRoute(route.destination());
            }
        }
        return bare;
    }

    private String otherRoutes(Net net) {
        RouteTable table = withoutRoutes(aTable(net));
        change(unit -> unit.routeTables().save(table));
        region.routes(net, table);
        return "other routes in %s".formatted(table.id());
    }

    private String subnet(Net net) {
        Cidr range = new Cidr(net.range().network().plus(256 * (3 + made % 8)), 24);
        boolean taken = region.fixture.read(snapshot -> snapshot.subnets().ofNet(net.id()).stream()
                .anyMatch(it -> it.range().overlaps(range)));
        if (taken) {
            return noRoutes(net);
        }
        Subnet subnet = region.subnet(net, range, Fixture.SUBREGION);
        region.ownTable(net, subnet);
        region.machine(subnet, 4, Optional.empty());
        return "the Subnet %s with a table of its own in %s".formatted(range, net.id());
    }

    /** A peering between two Nets of the owner comes to an end. */
    private String amongThemselves() {
        Optional<NetPeering> own = region.peerings.stream()
                .map(it -> region.fixture.read(
                        snapshot -> snapshot.peerings().find(it.id()).orElseThrow()))
                .filter(it -> it.source().owner().equals(owner)
                        && it.accepter().owner().equals(owner))
                .filter(NetPeering::isActive)
                .findFirst();
        own.ifPresent(it -> change(unit -> unit.peerings().save(it.delete(owner, unit.now()))));
        return own.map(it -> "%s is deleted".formatted(it.id())).orElse("nothing");
    }

    private void change(Consumer<UnitOfWork> what) {
        region.fixture.change(unit -> {
            what.accept(unit);
            return true;
        });
    }
}
