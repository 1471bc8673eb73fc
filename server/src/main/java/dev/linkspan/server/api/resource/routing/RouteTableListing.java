package dev.linkspan.server.api.resource.routing;

import static dev.linkspan.server.api.listing.Names.both;
import static dev.linkspan.server.api.listing.Names.ec2;
import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.operation.RouteStates;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTableLink;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How route tables are listed: the caller's own. */
final class RouteTableListing {

    /** A route table with what tells the states of its routes. */
    record SeenRouteTable(RouteTable table, RouteStates states) {

        private <V> List<V> ofRoutes(Function<DescribedRoute, Optional<V>> value) {
            return table.routes().stream()
                    .map(route -> DescribedRoute.of(table, route, states))
                    .flatMap(route -> value.apply(route).stream())
                    .toList();
        }

        private <V> List<V> ofLinks(Function<RouteTableLink, Optional<V>> value) {
            return table.links().stream()
                    .flatMap(link -> value.apply(link).stream())
                    .toList();
        }

        private Position position() {
            return Position.byCreation(table.createdAt(), table.id());
        }
    }

    static final Field<SeenRouteTable, RouteTableId> ID = Field.id(
            both("RouteTableIds", "route-table-id"),
            RouteTableId.KIND,
            seen -> seen.table().id());

    private static final Fields<SeenRouteTable> OF_LINKS = Fields.<SeenRouteTable>of()
            .text(
                    both("LinkRouteTableIds", "association.route-table-id"),
                    seen -> seen.ofLinks(_ -> Optional.of(seen.table().id())))
            .text(
                    both("LinkRouteTableLinkRouteTableIds", "association.route-table-association-id"),
                    seen -> seen.ofLinks(link -> Optional.of(link.id())))
            .text(both("LinkSubnetIds", "association.subnet-id"), seen -> seen.ofLinks(RouteTableLink::subnet))
            .flag(outscale("LinkRouteTableMain"), seen -> seen.table().main())
            .flag(ec2("association.main"), seen -> seen.ofLinks(link -> Optional.of(link.main())))
            .absent(ec2("association.gateway-id"));

    private static final Fields<SeenRouteTable> OF_ROUTES = Fields.<SeenRouteTable>of()
            .text(
                    both("RouteCreationMethods", "route.origin"),
                    seen -> seen.ofRoutes(route -> Optional.of(route.origin())))
            .text(
                    both("RouteDestinationIpRanges", "route.destination-cidr-block"),
                    seen -> seen.ofRoutes(route -> Optional.of(route.destination())))
            .text(both("RouteGatewayIds", "route.gateway-id"), seen -> seen.ofRoutes(DescribedRoute::gateway))
            .text(
                    both("RouteNetPeeringIds", "route.vpc-peering-connection-id"),
                    seen -> seen.ofRoutes(DescribedRoute::peering))
            .text(both("RouteNatServiceIds", "route.nat-gateway-id"), seen -> seen.ofRoutes(DescribedRoute::natService))
            .text(
                    both("RouteVmIds", "route.instance-id"),
                    seen -> seen.ofRoutes(route -> route.vm().map(Vm::id)))
            .text(both("RouteStates", "route.state"), seen -> seen.ofRoutes(route -> Optional.of(route.state())))
            .absent(
                    outscale("RouteDestinationServiceIds"),
                    ec2("route.destination-ipv6-cidr-block"),
                    ec2("route.destination-prefix-list-id"),
                    ec2("route.egress-only-internet-gateway-id"),
                    ec2("route.transit-gateway-id"));

    private static final Fields<SeenRouteTable> FIELDS = Fields.<SeenRouteTable>of()
            .with(ID)
            .text(both("NetIds", "vpc-id"), seen -> seen.table().net())
            .text(ec2("owner-id"), seen -> seen.table().owner())
            .with(OF_LINKS)
            .with(OF_ROUTES)
            .tags(seen -> seen.table().id());

    static final Listing<SeenRouteTable> TABLES =
            Listing.whole(FIELDS, RouteTableListing::candidates, SeenRouteTable::position);

    private RouteTableListing() {}

    private static List<SeenRouteTable> candidates(ReadCall call, Criteria<SeenRouteTable> criteria) {
        List<RouteTable> tables = criteria.named(ID)
                .map(ids -> ids.stream()
                        .flatMap(id -> call.snapshot().routeTables().find(id).stream())
                        .filter(table -> table.owner().equals(call.caller()))
                        .toList())
                .orElseGet(() -> call.snapshot().routeTables().ofOwner(call.caller()));
        RouteStates states = new RouteStates(call.snapshot());
        return tables.stream().map(table -> new SeenRouteTable(table, states)).toList();
    }
}
