package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
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
        return switch (made % 10) {
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
            case 8 -> "%s at a Subnet of %s".formatted(region.acl(net).id(), net.id());
            default -> amongThemselves();
        };
    }

    private String machine(Net net) {
        Subnet subnet =
                region.pick(region.fixture.read(snapshot -> snapshot.subnets().ofNet(net.id())));
        region.machine(subnet, 50 + made, Optional.empty());
        return "a machine more in %s of %s".formatted(subnet.range(), net.id());
    }

    private String ofNic(Net net, String what, UnaryOperator<Nic> how) {
        Nic nic = region.pick(region.fixture.read(snapshot -> snapshot.nics().ofNet(net.id())));
        change(unit -> unit.nics().save(how.apply(nic)));
        return "%s at %s %s".formatted(nic.id(), nic.primaryAddress(), what);
    }

    private String stopOrStart(Net net) {
        Vm vm = region.pick(region.fixture.read(snapshot -> snapshot.vms().ofNet(net.id())));
        VmState state = vm.state() == VmState.RUNNING ? VmState.STOPPED : VmState.RUNNING;
        change(unit -> unit.vms().save(vm.withState(state, unit.now())));
        return "%s is %s".formatted(vm.id(), state);
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
