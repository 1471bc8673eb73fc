package dev.linkspan.acceptance.clients;

import static dev.linkspan.acceptance.clients.Sdk.filter;
import static dev.linkspan.acceptance.clients.Sdk.refused;
import static dev.linkspan.acceptance.clients.Sdk.tag;
import static dev.linkspan.acceptance.clients.Sdk.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.cli.client.Json;
import dev.linkspan.core.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** Route tables, who uses them, and routes to peerings. */
abstract class SdkRouteTables extends SdkFamily {

    private static RouteTable table(String vpc) {
        return alice.ec2().createRouteTable(request -> request.vpcId(vpc)).routeTable();
    }

    private static RouteTable seen(String table) {
        return alice.ec2()
                .describeRouteTables(request -> request.routeTableIds(table))
                .routeTables()
                .getFirst();
    }

    @Test
    @Rule("R1")
    void a_table_has_all_its_fields_and_the_local_route() {
        String vpc = alice.vpc("10.60.0.0/16").vpcId();

        RouteTable made = alice.ec2()
                .createRouteTable(request ->
                        request.vpcId(vpc).tagSpecifications(tagged(ResourceType.ROUTE_TABLE, tag("Name", "web"))))
                .routeTable();

        assertThat(made.ownerId()).isEqualTo(alice.id());
        assertThat(made.tags()).containsExactly(tag("Name", "web"));
        assertThat(made.routes())
                .containsExactly(Route.builder()
                        .destinationCidrBlock("10.60.0.0/16")
                        .gatewayId("local")
                        .origin(RouteOrigin.CREATE_ROUTE_TABLE)
                        .state(RouteState.ACTIVE)
                        .build());
        assertThat(alice.ec2()
                        .describeRouteTablesPaginator(
                                request -> request.filters(filter("vpc-id", vpc), filter("tag:Name", "web")))
                        .routeTables())
                .containsExactly(made);
    }

    @Test
    void a_subnet_uses_one_table_after_the_other() {
        String vpc = alice.vpc("10.61.0.0/16").vpcId();
        String subnet = alice.subnet(vpc, "10.61.1.0/24");
        String first = table(vpc).routeTableId();
        String second = table(vpc).routeTableId();

        String used = alice.ec2()
                .associateRouteTable(request -> request.routeTableId(first).subnetId(subnet))
                .associationId();
        assertThat(seen(first).associations()).singleElement().satisfies(association -> {
            assertThat(association.routeTableAssociationId()).isEqualTo(used);
            assertThat(association.subnetId()).isEqualTo(subnet);
            assertThat(association.routeTableId()).isEqualTo(first);
            assertThat(association.main()).isFalse();
        });
        refused("DependencyViolation", () -> alice.ec2().deleteRouteTable(request -> request.routeTableId(first)));

        String other = alice.ec2()
                .replaceRouteTableAssociation(
                        request -> request.associationId(used).routeTableId(second))
                .newAssociationId();
        assertThat(seen(first).associations()).isEmpty();
        assertThat(seen(second).associations())
                .extracting(RouteTableAssociation::routeTableAssociationId)
                .containsExactly(other);
        refused(
                "InvalidAssociationID.NotFound",
                () -> alice.ec2().disassociateRouteTable(request -> request.associationId(used)));

        alice.ec2().disassociateRouteTable(request -> request.associationId(other));
        alice.ec2().deleteRouteTable(request -> request.routeTableId(second));
        refused("InvalidRouteTableID.NotFound", () -> seen(second));
    }

    @Test
    @Rule({"R3", "R4", "R5"})
    void a_route_leads_to_a_peering_and_shows_its_state() {
        Vpc one = alice.vpc("10.62.0.0/16");
        Vpc other = bob.vpc("10.63.0.0/16");
        Vpc third = bob.vpc("10.64.0.0/16");
        String peering = alice.requested(one, other);
        String another = alice.requested(one, third);
        String table = table(one.vpcId()).routeTableId();

        alice.ec2()
                .createRoute(request -> request.routeTableId(table)
                        .destinationCidrBlock("10.63.0.0/16")
                        .vpcPeeringConnectionId(peering));
        refused(
                "RouteAlreadyExists",
                () -> alice.ec2()
                        .createRoute(request -> request.routeTableId(table)
                                .destinationCidrBlock("10.63.0.0/16")
                                .vpcPeeringConnectionId(another)));
        assertThat(route(table, "10.63.0.0/16").vpcPeeringConnectionId()).isEqualTo(peering);

        alice.ec2()
                .replaceRoute(request -> request.routeTableId(table)
                        .destinationCidrBlock("10.63.0.0/16")
                        .vpcPeeringConnectionId(another));
        assertThat(route(table, "10.63.0.0/16").vpcPeeringConnectionId()).isEqualTo(another);
        assertThat(alice.oapi()
                        .ask("ReadRouteTables", "Filters", Json.object("RouteNetPeeringIds", List.of(another)))
                        .list("RouteTables"))
                .hasSize(1);

        alice.ec2().deleteVpcPeeringConnection(request -> request.vpcPeeringConnectionId(another));
        assertThat(route(table, "10.63.0.0/16").state()).isEqualTo(RouteState.BLACKHOLE);
        alice.ec2().deleteRoute(request -> request.routeTableId(table).destinationCidrBlock("10.63.0.0/16"));
        refused(
                "InvalidRoute.NotFound",
                () -> alice.ec2()
                        .deleteRoute(request -> request.routeTableId(table).destinationCidrBlock("10.63.0.0/16")));
    }

    private static Route route(String table, String destination) {
        return seen(table).routes().stream()
                .filter(route -> route.destinationCidrBlock().equals(destination))
                .findFirst()
                .orElseThrow();
    }
}
