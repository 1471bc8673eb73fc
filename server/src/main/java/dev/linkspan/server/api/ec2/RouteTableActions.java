package dev.linkspan.server.api.ec2;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.operation.RouteStates;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTableLink;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.SeenRouteTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The actions on route tables, on who uses them, and on their routes (rules R). */
public final class RouteTableActions {

    /** @param clientToken by which a call that is repeated makes no second table */
    record CreateRouteTableRequest(
            @Required NetId vpcId, Optional<String> clientToken, List<TagSpecification> tagSpecification) {}

    record DeleteRouteTableRequest(@Required RouteTableId routeTableId) {}

    record AssociateRouteTableRequest(
            @Required RouteTableId routeTableId, @Required SubnetId subnetId) {}

    record DisassociateRouteTableRequest(@Required RouteTableLinkId associationId) {}

    record ReplaceRouteTableAssociationRequest(
            @Required RouteTableLinkId associationId,
            @Required RouteTableId routeTableId) {}

    /** CreateRoute, ReplaceRoute. */
    record RouteRequest(
            @Required RouteTableId routeTableId,
            @Required Cidr destinationCidrBlock,
            Optional<InternetServiceId> gatewayId,
            Optional<NatServiceId> natGatewayId,
            Optional<VmId> instanceId,
            Optional<NicId> networkInterfaceId,
            Optional<NetPeeringId> vpcPeeringConnectionId) {

        /** The one target that a route has. */
        RequestedTarget target() {
            return RequestedTarget.only(
                    TARGETS,
                    Stream.of(
                            gatewayId.map(RequestedTarget.InternetService::new),
                            natGatewayId.map(RequestedTarget.NatService::new),
                            vpcPeeringConnectionId.map(RequestedTarget.Peering::new),
                            networkInterfaceId.map(RequestedTarget.Nic::new),
                            instanceId.map(RequestedTarget.Vm::new)));
        }
    }

    record DeleteRouteRequest(
            @Required RouteTableId routeTableId, @Required Cidr destinationCidrBlock) {}

    record DescribeRouteTablesRequest(
            List<RouteTableId> routeTableId,
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {}

    record Answer(RouteTableItem routeTable) {}

    record AssociationAnswer(RouteTableLinkId associationId, AssociationState associationState) {}

    record NewAssociationAnswer(RouteTableLinkId newAssociationId, AssociationState associationState) {}

    record AssociationState(String state) {

        static final AssociationState DONE = new AssociationState("associated");
    }

    record RouteTableItem(
            RouteTableId routeTableId,
            NetId vpcId,
            AccountId ownerId,
            List<RouteItem> routeSet,
            List<AssociationItem> associationSet,
            List<TagItem> propagatingVgwSet,
            List<TagItem> tagSet) {}

    /** A route; {@code gatewayId} is {@code local} for the one that its table was born with (R1). */
    record RouteItem(
            Cidr destinationCidrBlock,
            Optional<String> gatewayId,
            Optional<NetPeeringId> vpcPeeringConnectionId,
            String state,
            String origin) {

        static RouteItem of(Route route, RouteStates states) {
            String state = states.of(route).label();
            return switch (route.target()) {
                case RouteTarget.Local _ ->
                    new RouteItem(
                            route.destination(), Optional.of("local"), Optional.empty(), state, "CreateRouteTable");
                case RouteTarget.Peering(NetPeeringId id) ->
                    new RouteItem(route.destination(), Optional.empty(), Optional.of(id), state, "CreateRoute");
            };
        }
    }

    record AssociationItem(
            RouteTableLinkId routeTableAssociationId,
            RouteTableId routeTableId,
            Optional<SubnetId> subnetId,
            boolean main,
            AssociationState associationState) {

        static AssociationItem of(RouteTable table, RouteTableLink link) {
            return new AssociationItem(link.id(), table.id(), link.subnet(), link.main(), AssociationState.DONE);
        }
    }

    private static final String TARGETS =
            "one of VpcPeeringConnectionId, GatewayId, NatGatewayId, NetworkInterfaceId, InstanceId.";

    private static final Ec2Filters<SeenRouteTable> FILTERS = Ec2Filters.<SeenRouteTable>of()
            .with("route-table-id", seen -> seen.table().id())
            .with("vpc-id", seen -> seen.table().net())
            .with("owner-id", seen -> seen.table().owner())
            .with("association.route-table-association-id", seen -> seen.ofLinks(link -> Optional.of(link.id())))
            .with(
                    "association.route-table-id",
                    seen -> seen.ofLinks(_ -> Optional.of(seen.table().id())))
            .with("association.subnet-id", seen -> seen.ofLinks(RouteTableLink::subnet))
            .with("association.main", seen -> seen.ofLinks(link -> Optional.of(link.main())))
            .with("association.gateway-id", _ -> List.of())
            .with("route.destination-cidr-block", seen -> ofRoutes(seen, it -> Optional.of(it.destinationCidrBlock())))
            .with("route.destination-ipv6-cidr-block", _ -> List.of())
            .with("route.destination-prefix-list-id", _ -> List.of())
            .with("route.gateway-id", seen -> ofRoutes(seen, RouteItem::gatewayId))
            .with("route.instance-id", _ -> List.of())
            .with("route.nat-gateway-id", _ -> List.of())
            .with("route.transit-gateway-id", _ -> List.of())
            .with("route.origin", seen -> ofRoutes(seen, it -> Optional.of(it.origin())))
            .with("route.state", seen -> ofRoutes(seen, it -> Optional.of(it.state())))
            .with("route.vpc-peering-connection-id", seen -> ofRoutes(seen, RouteItem::vpcPeeringConnectionId))
            .tags(seen -> seen.table().id());

    private static final Ec2Listing<SeenRouteTable> LISTING = new Ec2Listing<>(
            "RouteTableSet",
            Ec2Listing.all(SeenRouteTable::candidates, SeenRouteTable::position),
            Map.of("route-table-id", "RouteTableIds"),
            SeenRouteTable::position,
            seen -> seen.table().id(),
            FILTERS,
            (call, seen) -> item(call, seen.table()));

    /** What the answer shows of each route. */
    private static <V> List<V> ofRoutes(SeenRouteTable seen, Function<RouteItem, Optional<V>> value) {
        return seen.ofRoutes(RouteItem::of, value);
    }

    private final RouteTables tables;
    private final Tags tags;

    public RouteTableActions(RouteTables tables, Tags tags) {
        this.tables = tables;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateRouteTable", CreateRouteTableRequest.class, this::create),
                Operation.change("DeleteRouteTable", DeleteRouteTableRequest.class, this::delete),
                Operation.change("AssociateRouteTable", AssociateRouteTableRequest.class, this::associate),
                Operation.change("DisassociateRouteTable", DisassociateRouteTableRequest.class, this::disassociate),
                Operation.change(
                        "ReplaceRouteTableAssociation", ReplaceRouteTableAssociationRequest.class, this::replace),
                Operation.change("CreateRoute", RouteRequest.class, this::createRoute),
                Operation.change("ReplaceRoute", RouteRequest.class, this::replaceRoute),
                Operation.change("DeleteRoute", DeleteRouteRequest.class, this::deleteRoute),
                Operation.read("DescribeRouteTables", DescribeRouteTablesRequest.class, RouteTableActions::describe));
    }

    private Object create(ChangeCall call, CreateRouteTableRequest request) {
        RouteTable table = request.clientToken()
                .map(token -> tables.create(call.work(), call.caller(), request.vpcId(), token))
                .orElseGet(() -> tables.create(call.work(), call.caller(), request.vpcId()));
        TagSpecification.apply(call, tags, request.tagSpecification(), "route-table", table.id());
        return new Answer(item(call, table));
    }

    private Object delete(ChangeCall call, DeleteRouteTableRequest request) {
        tables.delete(call.work(), call.caller(), request.routeTableId());
        return Done.IT_IS;
    }

    private Object associate(ChangeCall call, AssociateRouteTableRequest request) {
        RouteTableLink link = tables.link(call.work(), call.caller(), request.routeTableId(), request.subnetId());
        return new AssociationAnswer(link.id(), AssociationState.DONE);
    }

    private Object disassociate(ChangeCall call, DisassociateRouteTableRequest request) {
        tables.unlink(call.work(), call.caller(), request.associationId());
        return Done.IT_IS;
    }

    private Object replace(ChangeCall call, ReplaceRouteTableAssociationRequest request) {
        RouteTableLink link =
                tables.replaceLink(call.work(), call.caller(), request.associationId(), request.routeTableId());
        return new NewAssociationAnswer(link.id(), AssociationState.DONE);
    }

    private Object createRoute(ChangeCall call, RouteRequest request) {
        RequestedTarget target = request.target();
        tables.createRoute(call.work(), call.caller(), request.routeTableId(), request.destinationCidrBlock(), target);
        return Done.IT_IS;
    }

    private Object replaceRoute(ChangeCall call, RouteRequest request) {
        RequestedTarget target = request.target();
        tables.updateRoute(call.work(), call.caller(), request.routeTableId(), request.destinationCidrBlock(), target);
        return Done.IT_IS;
    }

    private Object deleteRoute(ChangeCall call, DeleteRouteRequest request) {
        tables.deleteRoute(call.work(), call.caller(), request.routeTableId(), request.destinationCidrBlock());
        return Done.IT_IS;
    }

    private static Object describe(ReadCall call, DescribeRouteTablesRequest request) {
        return LISTING.page(
                call,
                new Ec2Listing.Asked(
                        Parameter.ROUTE_TABLE,
                        request.routeTableId(),
                        request.filter(),
                        request.maxResults(),
                        request.nextToken()));
    }

    private static RouteTableItem item(Call call, RouteTable table) {
        RouteStates states = new RouteStates(call.snapshot());
        return new RouteTableItem(
                table.id(),
                table.net(),
                table.owner(),
                table.routes().stream()
                        .map(route -> RouteItem.of(route, states))
                        .toList(),
                table.links().stream()
                        .map(link -> AssociationItem.of(table, link))
                        .toList(),
                List.of(),
                TagItem.of(call, table.id()));
    }
}
