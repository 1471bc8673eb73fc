package dev.linkspan.server.api.resource.routing;

import dev.linkspan.core.address.Cidr;
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
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.OapiListing;
import dev.linkspan.server.api.resource.routing.RouteTableListing.SeenRouteTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The calls on route tables, their links and their routes. */
public final class RouteTableCalls {

    record CreateRouteTableRequest(@Required NetId netId) {}

    record DeleteRouteTableRequest(@Required RouteTableId routeTableId) {}

    record LinkRouteTableRequest(
            @Required RouteTableId routeTableId, @Required SubnetId subnetId) {}

    record UnlinkRouteTableRequest(@Required RouteTableLinkId linkRouteTableId) {}

    record UpdateRouteTableLinkRequest(
            @Required RouteTableLinkId linkRouteTableId,
            @Required RouteTableId routeTableId) {}

    /** CreateRoute, UpdateRoute. */
    record RouteRequest(
            @Required RouteTableId routeTableId,
            @Required Cidr destinationIpRange,
            Optional<InternetServiceId> gatewayId,
            Optional<NatServiceId> natServiceId,
            Optional<NetPeeringId> netPeeringId,
            Optional<NicId> nicId,
            Optional<VmId> vmId) {

        /** The one target that a route has. */
        RequestedTarget target() {
            return RequestedTarget.only(
                    TARGETS,
                    Stream.of(
                            gatewayId.map(RequestedTarget.InternetService::new),
                            natServiceId.map(RequestedTarget.NatService::new),
                            netPeeringId.map(RequestedTarget.Peering::new),
                            nicId.map(RequestedTarget.Nic::new),
                            vmId.map(RequestedTarget.Vm::new)));
        }
    }

    record DeleteRouteRequest(
            @Required RouteTableId routeTableId, @Required Cidr destinationIpRange) {}

    record RouteTableResponse(RouteTableAnswer routeTable) {}

    record LinkResponse(RouteTableLinkId linkRouteTableId) {}

    private static final String TARGETS = "one of NetPeeringId, GatewayId, NatServiceId, NicId, VmId.";

    private static final OapiListing<SeenRouteTable, RouteTableAnswer> LISTING = new OapiListing<>(
            "RouteTables",
            RouteTableAnswer.class,
            RouteTableListing.TABLES,
            (call, seen) -> RouteTableAnswer.sorted(
                    seen.table(), seen.states(), call.tagsOf(seen.table().id())));

    private final RouteTables tables;

    public RouteTableCalls(RouteTables tables) {
        this.tables = tables;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change(
                        "CreateRouteTable", CreateRouteTableRequest.class, RouteTableResponse.class, this::create),
                LISTING.operation("ReadRouteTables"),
                Operation.change("DeleteRouteTable", DeleteRouteTableRequest.class, Operation.Done.class, this::delete),
                Operation.change("LinkRouteTable", LinkRouteTableRequest.class, LinkResponse.class, this::link),
                Operation.change("UnlinkRouteTable", UnlinkRouteTableRequest.class, Operation.Done.class, this::unlink),
                Operation.change(
                        "UpdateRouteTableLink",
                        UpdateRouteTableLinkRequest.class,
                        LinkResponse.class,
                        this::replaceLink),
                Operation.change("CreateRoute", RouteRequest.class, RouteTableResponse.class, this::createRoute),
                Operation.change("UpdateRoute", RouteRequest.class, RouteTableResponse.class, this::updateRoute),
                Operation.change("DeleteRoute", DeleteRouteRequest.class, RouteTableResponse.class, this::deleteRoute));
    }

    private RouteTableResponse create(ChangeCall call, CreateRouteTableRequest request) {
        return answer(call, tables.create(call.work(), call.caller(), request.netId()));
    }

    private Operation.Done delete(ChangeCall call, DeleteRouteTableRequest request) {
        tables.delete(call.work(), call.caller(), request.routeTableId());
        return new Operation.Done();
    }

    private LinkResponse link(ChangeCall call, LinkRouteTableRequest request) {
        return new LinkResponse(tables.link(call.work(), call.caller(), request.routeTableId(), request.subnetId())
                .id());
    }

    private Operation.Done unlink(ChangeCall call, UnlinkRouteTableRequest request) {
        tables.unlink(call.work(), call.caller(), request.linkRouteTableId());
        return new Operation.Done();
    }

    private LinkResponse replaceLink(ChangeCall call, UpdateRouteTableLinkRequest request) {
        return new LinkResponse(
                tables.replaceLink(call.work(), call.caller(), request.linkRouteTableId(), request.routeTableId())
                        .id());
    }

    private RouteTableResponse createRoute(ChangeCall call, RouteRequest request) {
        RequestedTarget target = request.target();
        return answer(
                call,
                tables.createRoute(
                        call.work(), call.caller(), request.routeTableId(), request.destinationIpRange(), target));
    }

    private RouteTableResponse updateRoute(ChangeCall call, RouteRequest request) {
        RequestedTarget target = request.target();
        return answer(
                call,
                tables.updateRoute(
                        call.work(), call.caller(), request.routeTableId(), request.destinationIpRange(), target));
    }

    private RouteTableResponse deleteRoute(ChangeCall call, DeleteRouteRequest request) {
        return answer(
                call,
                tables.deleteRoute(call.work(), call.caller(), request.routeTableId(), request.destinationIpRange()));
    }

    private static RouteTableResponse answer(ChangeCall call, RouteTable table) {
        return new RouteTableResponse(
                RouteTableAnswer.asMade(table, new RouteStates(call.snapshot()), call.tagsOf(table.id())));
    }
}
