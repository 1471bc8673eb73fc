package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTableLink;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Term;
import java.util.Optional;
import java.util.Set;

/** The operations on route tables, on who uses them, and on their routes (rules R). */
public final class RouteTables {

    private static final int LONGEST_TOKEN = 64;

    /** A table that nobody uses yet, with the local route (R1). */
    public RouteTable create(UnitOfWork unit, AccountId caller, NetId netId) {
        return made(unit, caller, netId, Optional.empty());
    }

    /** The same, but asked again with the same token the table that there is is answered. */
    public RouteTable create(UnitOfWork unit, AccountId caller, NetId netId, String clientToken) {
        if (clientToken.isEmpty() || clientToken.length() > LONGEST_TOKEN) {
            throw Refusal.badValue(
                    Parameter.CLIENT_TOKEN, clientToken, "1 to %d characters are expected", LONGEST_TOKEN);
        }
        Optional<RouteTable> before = unit.routeTables().findByClientToken(caller, clientToken);
        before.filter(table -> !table.net().equals(netId)).ifPresent(table -> {
            throw Refusal.badValue(
                    Parameter.CLIENT_TOKEN,
                    clientToken,
                    "with it the route table '%s' of '%s' was made",
                    table.id(),
                    table.net());
        });
        return before.orElseGet(() -> made(unit, caller, netId, Optional.of(clientToken)));
    }

    private static RouteTable made(UnitOfWork unit, AccountId caller, NetId netId, Optional<String> clientToken) {
        Net net = Visible.net(unit, caller, Parameter.NET, netId);
        int wanted = unit.routeTables().ofNet(netId).size() + 1;
        Quotas.require(unit, caller, Quota.ROUTE_TABLES_PER_NET, wanted, netId);
        RouteTable table = RouteTable.born(unit.newId(RouteTableId.KIND), net, unit.now(), clientToken);
        return saved(unit, table, EventType.ROUTE_TABLE_CREATED, "in " + netId);
    }

    /** Removes a table that nobody uses. */
    public void delete(UnitOfWork unit, AccountId caller, RouteTableId id) {
        RouteTable table = Visible.routeTable(unit, caller, Parameter.ROUTE_TABLE, id);
        if (table.main()) {
            throw conflict(
                    id,
                    "The route table '%s' is the main one of the %s '%s': it goes with the %s, or once another one is the main one.",
                    id,
                    Noun.NET,
                    table.net(),
                    Noun.NET);
        }
        if (!table.links().isEmpty()) {
            String subnets = String.join(
                    ", ", table.links().stream().map(RouteTables::user).toList());
            throw conflict(id, "The route table '%s' is in use by %s: unlink it first.", id, subnets);
        }
        unit.tags().deleteOfResource(id);
        unit.routeTables().delete(id);
        record(unit, table, EventType.ROUTE_TABLE_DELETED, "of " + table.net());
    }

    /** From now on the Subnet uses this table. */
    public RouteTableLink link(UnitOfWork unit, AccountId caller, RouteTableId id, SubnetId subnetId) {
        RouteTable table = Visible.routeTable(unit, caller, Parameter.ROUTE_TABLE, id);
        Subnet subnet = Visible.subnet(unit, caller, Parameter.SUBNET, subnetId);
        requireSameNet(table, Parameter.SUBNET, subnetId, subnet.net());
        Optional<RouteTable> inUse = unit.routeTables().ofNet(table.net()).stream()
                .filter(other -> other.linkOf(subnetId).isPresent())
                .findFirst();
        if (inUse.isPresent()) {
            throw conflict(
                    subnetId,
                    "The Subnet '%s' is linked to the route table '%s' already."
                            .formatted(subnetId, inUse.get().id()));
        }
        RouteTableLink link = new RouteTableLink(unit.newId(RouteTableLinkId.KIND), Optional.of(subnetId));
        saved(unit, table.withLink(link), EventType.ROUTE_TABLE_LINKED, "used by " + user(link));
        return link;
    }

    /** From now on the Subnet uses the Net's main table. */
    public void unlink(UnitOfWork unit, AccountId caller, RouteTableLinkId id) {
        RouteTable table = tableOf(unit, caller, id);
        RouteTableLink link = table.link(id).orElseThrow();
        if (link.main()) {
            throw conflict(
                    id,
                    "The link '%s' makes '%s' the main route table of its %s: it can be moved to another table, not removed.",
                    id,
                    table.id(),
                    Noun.NET);
        }
        saved(unit, table.withoutLink(id), EventType.ROUTE_TABLE_UNLINKED, "no longer used by " + user(link));
    }

    /** From now on who used the link's table uses this one; for the main link: this one is the main table. */
    public RouteTableLink replaceLink(
            UnitOfWork unit, AccountId caller, RouteTableLinkId replaced, RouteTableId newTable) {
        RouteTable to = Visible.routeTable(unit, caller, Parameter.ROUTE_TABLE, newTable);
        RouteTable from = tableOf(unit, caller, replaced);
        requireSameNet(from, Parameter.ROUTE_TABLE, newTable, to.net());
        RouteTableLink old = from.link(replaced).orElseThrow();
        RouteTableLink link = new RouteTableLink(unit.newId(RouteTableLinkId.KIND), old.subnet());
        RouteTable without = from.withoutLink(replaced);
        saved(unit, without, EventType.ROUTE_TABLE_UNLINKED, "no longer used by " + user(old));
        RouteTable target = to.id().equals(without.id()) ? without : to;
        saved(unit, target.withLink(link), EventType.ROUTE_TABLE_LINKED, "used by " + user(link));
        return link;
    }

    /** Adds a route; the table, with its routes in the order in which they were made, is answered. */
    public RouteTable createRoute(
            UnitOfWork unit, AccountId caller, RouteTableId id, Cidr destination, RequestedTarget requested) {
        RouteTable table = Visible.routeTable(unit, caller, Parameter.ROUTE_TABLE, id);
        requireOutside(unit, table, destination);
        if (table.route(destination).isPresent()) {
            throw new Refusal(
                            RefusalCode.ROUTE_EXISTS,
                            "The route table '%s' has a route to '%s' already.",
                            id,
                            destination)
                    .about(id);
        }
        RouteTarget target = target(unit, caller, table, requested);
        RouteTable changed = table.withRoute(new Route(destination, target));
        Quotas.require(unit, caller, Quota.ROUTES_PER_TABLE, changed.routes().size(), id);
        return saved(unit, changed, EventType.ROUTE_CREATED, line(new Route(destination, target)));
    }

    /** Leads an existing route elsewhere. */
    public RouteTable updateRoute(
            UnitOfWork unit, AccountId caller, RouteTableId id, Cidr destination, RequestedTarget requested) {
        RouteTable table = Visible.routeTable(unit, caller, Parameter.ROUTE_TABLE, id);
        requireChangeable(table, destination);
        RouteTarget target = target(unit, caller, table, requested);
        RouteTable changed = table.withRouteReplaced(new Route(destination, target));
        if (changed.equals(table)) {
            return table;
        }
        String before = line(table.route(destination).orElseThrow());
        String detail = "%s, before %s".formatted(line(new Route(destination, target)), before);
        return saved(unit, changed, EventType.ROUTE_CHANGED, detail);
    }

    public RouteTable deleteRoute(UnitOfWork unit, AccountId caller, RouteTableId id, Cidr destination) {
        RouteTable table = Visible.routeTable(unit, caller, Parameter.ROUTE_TABLE, id);
        requireChangeable(table, destination);
        String detail = line(table.route(destination).orElseThrow());
        return saved(unit, table.withoutRoute(destination), EventType.ROUTE_DELETED, detail);
    }

    private static RouteTable tableOf(Snapshot snapshot, AccountId caller, RouteTableLinkId id) {
        return snapshot.routeTables()
                .findByLink(id)
                .filter(table -> table.owner().equals(caller))
                .orElseThrow(() -> Refusal.unknown(Parameter.ROUTE_TABLE_LINK, id));
    }

    private static void requireSameNet(RouteTable table, Term parameter, ResourceId other, NetId net) {
        if (!table.net().equals(net)) {
            throw Refusal.badValue(
                    parameter,
                    other.value(),
                    "it is in the %s '%s', and the route table '%s' in '%s'",
                    Noun.NET,
                    net,
                    table.id(),
                    table.net());
        }
    }

    /** What is inside the Net's range is local, always (R1, R5). */
    private static void requireOutside(Snapshot snapshot, RouteTable table, Cidr destination) {
        Net net = snapshot.nets()
                .find(table.net())
                .orElseThrow(() -> new IllegalStateException("BUG: %s has no Net".formatted(table.id())));
        if (net.range().contains(destination)) {
            throw Refusal.badValue(
                    Parameter.DESTINATION_RANGE,
                    destination,
                    "it is inside the range %s of the %s '%s', which is always local",
                    net.range(),
                    Noun.NET,
                    net.id());
        }
    }

    private static void requireChangeable(RouteTable table, Cidr destination) {
        Route route = table.route(destination)
                .orElseThrow(() -> new Refusal(
                                RefusalCode.UNKNOWN_ROUTE,
                                "The route table '%s' has no route to '%s'.",
                                table.id(),
                                destination)
                        .about(table.id()));
        if (route.isLocal()) {
            throw Refusal.badValue(
                    Parameter.DESTINATION_RANGE, destination, "the local route cannot be changed or removed");
        }
    }

    private static RouteTarget target(
            Snapshot snapshot, AccountId caller, RouteTable table, RequestedTarget requested) {
        return switch (requested) {
            case RequestedTarget.Peering(NetPeeringId id) -> {
                NetPeering peering = Visible.netPeering(snapshot, caller, Parameter.PEERING, id);
                requireUsable(snapshot, table, peering);
                yield new RouteTarget.Peering(id);
            }
            case RequestedTarget.InternetService(InternetServiceId id) -> {
                InternetService service = Visible.internetService(snapshot, caller, Parameter.GATEWAY, id);
                requireLinked(table, service);
                yield new RouteTarget.InternetService(id);
            }
            case RequestedTarget.NatService(NatServiceId id) -> {
                NatService service = Visible.natService(snapshot, caller, Parameter.NAT_SERVICE, id);
                requireUsable(table, service);
                yield new RouteTarget.NatService(id);
            }
            case RequestedTarget.Nic(NicId id) -> appliance(table, Visible.nic(snapshot, caller, Parameter.NIC, id));
            case RequestedTarget.Vm(VmId id) -> {
                Vm vm = Visible.vm(snapshot, caller, Parameter.VM, id);
                requireSameNet(table, Parameter.VM, id, vm.net());
                yield appliance(table, Nics.only(snapshot, vm));
            }
        };
    }

    /** A route may lead to a peering of its Net that is or may become active (R3). */
    private static void requireUsable(Snapshot snapshot, RouteTable table, NetPeering peering) {
        if (!peering.connects(table.net())) {
            throw Refusal.badValue(
                    Parameter.PEERING,
                    peering.id(),
                    "it does not connect the %s '%s' of the route table '%s'",
                    Noun.NET,
                    table.net(),
                    table.id());
        }
        PeeringState state = peering.stateAt(snapshot.now());
        if (state instanceof PeeringState.Dead) {
            throw new Refusal(
                            RefusalCode.INVALID_STATE,
                            "No route can lead to the %s peering '%s': it is in the state '%s'.",
                            Noun.NET,
                            peering.id(),
                            state.name().label())
                    .about(table.id());
        }
    }

    /** A route may lead out by the internet service of its Net (X3). */
    private static void requireLinked(RouteTable table, InternetService service) {
        if (!service.isLinkedTo(table.net())) {
            throw Refusal.badValue(
                    Parameter.GATEWAY,
                    service.id(),
                    "it is not linked to the %s '%s' of the route table '%s'",
                    Noun.NET,
                    table.net(),
                    table.id());
        }
    }

    /** A route may lead to a NAT service of its Net that is there; of another Net's nobody is told more than that (X4). */
    private static void requireUsable(RouteTable table, NatService service) {
        if (!service.exists() || !service.net().equals(table.net())) {
            throw Refusal.unknown(Parameter.NAT_SERVICE, service.id());
        }
    }

    /** A route may lead to a NIC of its Net, linked or not; a NAT service's takes in nothing but answers (X6). */
    private static RouteTarget appliance(RouteTable table, Nic nic) {
        requireSameNet(table, Parameter.NIC, nic.id(), nic.net());
        nic.natService().ifPresent(service -> {
            throw Refusal.badValue(
                    Parameter.NIC,
                    nic.id(),
                    "it belongs to the %s '%s', to which itself a route may lead",
                    Noun.NAT_SERVICE,
                    service);
        });
        return new RouteTarget.Nic(nic.id());
    }

    private static Refusal conflict(ResourceId subject, String template, Object... arguments) {
        return new Refusal(RefusalCode.CONFLICT, template, arguments).about(subject);
    }

    private static String user(RouteTableLink link) {
        return link.subnet().map(SubnetId::value).orElse("every Subnet without a table of its own");
    }

    private static String line(Route route) {
        return switch (route.target()) {
            case RouteTarget.Local _ -> route.destination() + " is local";
            case RouteTarget.Peering(NetPeeringId id) -> "%s through %s".formatted(route.destination(), id);
            case RouteTarget.InternetService(InternetServiceId id) -> "%s by %s".formatted(route.destination(), id);
            case RouteTarget.NatService(NatServiceId id) -> "%s by %s".formatted(route.destination(), id);
            case RouteTarget.Nic(NicId id) -> "%s to %s".formatted(route.destination(), id);
        };
    }

    private static RouteTable saved(UnitOfWork unit, RouteTable table, EventType type, String detail) {
        unit.routeTables().save(table);
        record(unit, table, type, detail);
        return table;
    }

    private static void record(UnitOfWork unit, RouteTable table, EventType type, String detail) {
        unit.record(new Fact(type, table.id().value(), Set.of(table.owner()), Set.of(table.net()), detail));
    }
}
