package dev.linkspan.server.api.resource.routing;

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
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.operation.RouteStates;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTableLink;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Done;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.FixedParameter;
import dev.linkspan.server.api.ec2.TagItem;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.json.CanonicalCidr;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.resource.routing.RouteTableListing.SeenRouteTable;
import java.util.List;
import java.util.Optional;
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
            Optional<CanonicalCidr> destinationCidrBlock,
            Optional<String> destinationIpv6CidrBlock,
            Optional<String> destinationPrefixListId,
            Optional<InternetServiceId> gatewayId,
            Optional<NatServiceId> natGatewayId,
            Optional<VmId> instanceId,
            Optional<NicId> networkInterfaceId,
            Optional<NetPeeringId> vpcPeeringConnectionId,
            Optional<String> egressOnlyInternetGatewayId,
            Optional<String> transitGatewayId,
            Optional<String> vpcEndpointId) {

        Cidr destination() {
            FixedParameter.requireNone(
                    "EgressOnlyInternetGatewayId", egressOnlyInternetGatewayId, FixedParameter.NO_IPV6);
            FixedParameter.requireNone("TransitGatewayId", transitGatewayId, "there are no transit gateways here");
            FixedParameter.requireNone("VpcEndpointId", vpcEndpointId, "there are no endpoints here");
            return only(destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId);
        }

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
            @Required RouteTableId routeTableId,
            Optional<CanonicalCidr> destinationCidrBlock,
            Optional<String> destinationIpv6CidrBlock,
            Optional<String> destinationPrefixListId) {

        Cidr destination() {
            return only(destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId);
        }
    }

    /** The one kind of destination that routes have here. */
    private static Cidr only(Optional<CanonicalCidr> range, Optional<String> ipv6Range, Optional<String> prefixList) {
        FixedParameter.requireNone("DestinationIpv6CidrBlock", ipv6Range, FixedParameter.NO_IPV6);
        FixedParameter.requireNone("DestinationPrefixListId", prefixList, "there are no lists of prefixes here");
        return range.map(CanonicalCidr::range)
                .orElseThrow(() -> new Refusal(
                        RefusalCode.MISSING_PARAMETER,
                        "The request must contain the parameter %s.",
                        Parameter.DESTINATION_RANGE));
    }

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

    record RouteItem(
            Cidr destinationCidrBlock,
            Optional<String> gatewayId,
            Optional<VmId> instanceId,
            Optional<AccountId> instanceOwnerId,
            Optional<NicId> networkInterfaceId,
            Optional<NetPeeringId> vpcPeeringConnectionId,
            Optional<NatServiceId> natGatewayId,
            String state,
            String origin) {

        static RouteItem of(DescribedRoute route) {
            return new RouteItem(
                    route.destination(),
                    route.gateway(),
                    route.vm().map(Vm::id),
                    route.vm().map(Vm::owner),
                    route.nic(),
                    route.peering(),
                    route.natService(),
                    route.state(),
                    route.origin());
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

    private static final Ec2Listing<SeenRouteTable> LISTING = new Ec2Listing<>(
            "RouteTableSet",
            RouteTableListing.TABLES,
            RouteTableListing.ID,
            (call, seen) -> item(call, seen.table(), seen.states()));

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
        return new Answer(item(call, table, new RouteStates(call.snapshot())));
    }

    private Object delete(ChangeCall call, DeleteRouteTableRequest request) {
        tables.delete(call.work(), call.caller(), request.routeTableId());
        return Done.IT_IS;
    }

    /** Asked again for the same table, the association that there is is answered. */
    private Object associate(ChangeCall call, AssociateRouteTableRequest request) {
        Optional<RouteTableLink> there = call.snapshot()
                .routeTables()
                .find(request.routeTableId())
                .filter(table -> table.owner().equals(call.caller()))
                .flatMap(table -> table.linkOf(request.subnetId()));
        RouteTableLink link = there.orElseGet(
                () -> tables.link(call.work(), call.caller(), request.routeTableId(), request.subnetId()));
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
        Cidr destination = request.destination();
        tables.createRoute(call.work(), call.caller(), request.routeTableId(), destination, request.target());
        return Done.IT_IS;
    }

    private Object replaceRoute(ChangeCall call, RouteRequest request) {
        Cidr destination = request.destination();
        tables.updateRoute(call.work(), call.caller(), request.routeTableId(), destination, request.target());
        return Done.IT_IS;
    }

    private Object deleteRoute(ChangeCall call, DeleteRouteRequest request) {
        tables.deleteRoute(call.work(), call.caller(), request.routeTableId(), request.destination());
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

    private static RouteTableItem item(Call call, RouteTable table, RouteStates states) {
        return new RouteTableItem(
                table.id(),
                table.net(),
                table.owner(),
                table.routes().stream()
                        .map(route -> RouteItem.of(DescribedRoute.of(table, route, states)))
                        .toList(),
                table.links().stream()
                        .map(link -> AssociationItem.of(table, link))
                        .toList(),
                List.of(),
                TagItem.of(call, table.id()));
    }
}
