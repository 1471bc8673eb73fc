package dev.linkspan.server.api.resource.routing;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.operation.RouteStates;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTableLink;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.json.OneOf;
import dev.linkspan.server.api.oapi.Absent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How a route table is shown. There are no virtual gateways, so none propagates routes. */
record RouteTableAnswer(
        RouteTableId routeTableId,
        NetId netId,
        List<RouteTableLinkAnswer> linkRouteTables,
        List<Absent> routePropagatingVirtualGateways,
        List<RouteAnswer> routes,
        List<ResourceTag> tags) {

    /**
     * A link; clients tell the main one by which of the two ids it has.
     *
     * @param netId of the main link alone
     * @param subnetId of every other link
     */
    record RouteTableLinkAnswer(
            RouteTableLinkId linkRouteTableId,
            boolean main,
            Optional<NetId> netId,
            RouteTableId routeTableId,
            Optional<SubnetId> subnetId) {

        private static RouteTableLinkAnswer of(RouteTable table, RouteTableLink link) {
            Optional<NetId> net = link.main() ? Optional.of(table.net()) : Optional.empty();
            return new RouteTableLinkAnswer(link.id(), link.main(), net, table.id(), link.subnet());
        }
    }

    /** @param nicId the NIC that it leads to; while that is linked, {@code vmId} and {@code vmAccountId} tell to whose VM */
    record RouteAnswer(
            String creationMethod,
            Cidr destinationIpRange,
            Optional<String> gatewayId,
            Optional<NatServiceId> natServiceId,
            Optional<NetPeeringId> netPeeringId,
            Optional<NicId> nicId,
            @OneOf({"active", "blackhole"}) String state,
            Optional<AccountId> vmAccountId,
            Optional<VmId> vmId) {

        private static RouteAnswer of(DescribedRoute route) {
            return new RouteAnswer(
                    route.origin(),
                    route.destination(),
                    route.gateway(),
                    route.natService(),
                    route.peering(),
                    route.nic(),
                    route.state(),
                    route.vm().map(Vm::owner),
                    route.vm().map(Vm::id));
        }
    }

    /** With the routes in the order in which they were made, as calls answer that change a table. */
    static RouteTableAnswer asMade(RouteTable table, RouteStates states, List<ResourceTag> tags) {
        return of(table, table.routes(), states, tags);
    }

    /** With the routes by destination, as tables are read. */
    static RouteTableAnswer sorted(RouteTable table, RouteStates states, List<ResourceTag> tags) {
        List<Route> routes = table.routes().stream()
                .sorted(Comparator.comparing(Route::destination))
                .toList();
        return of(table, routes, states, tags);
    }

    private static RouteTableAnswer of(
            RouteTable table, List<Route> routes, RouteStates states, List<ResourceTag> tags) {
        return new RouteTableAnswer(
                table.id(),
                table.net(),
                table.links().stream()
                        .map(link -> RouteTableLinkAnswer.of(table, link))
                        .toList(),
                List.of(),
                routes.stream()
                        .map(route -> RouteAnswer.of(DescribedRoute.of(table, route, states)))
                        .toList(),
                tags);
    }
}
