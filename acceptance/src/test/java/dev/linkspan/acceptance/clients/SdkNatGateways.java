package dev.linkspan.acceptance.clients;

import static dev.linkspan.acceptance.clients.Sdk.filter;
import static dev.linkspan.acceptance.clients.Sdk.refused;
import static dev.linkspan.acceptance.clients.Sdk.tag;
import static dev.linkspan.acceptance.clients.Sdk.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.ConnectivityType;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayAddress;
import software.amazon.awssdk.services.ec2.model.NatGatewayAddressStatus;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;

/** NAT gateways, and the routes that lead to them. */
abstract class SdkNatGateways extends SdkFamily {

    private static final int ON_A_PAGE = 5;

    private static NatGateway seen(String id) {
        return alice.ec2()
                .describeNatGateways(request -> request.natGatewayIds(id))
                .natGateways()
                .getFirst();
    }

    private static Route wayOut(String table) {
        return alice
                .ec2()
                .describeRouteTables(request -> request.routeTableIds(table))
                .routeTables()
                .getFirst()
                .routes()
                .stream()
                .filter(route -> route.destinationCidrBlock().equals("0.0.0.0/0"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Rule("X7")
    void one_is_made_routed_to_and_deleted() {
        String vpc = alice.vpc("10.75.0.0/16").vpcId();
        String subnet = alice.subnet(vpc, "10.75.0.0/24");
        String allocation = alice.ec2().allocateAddress(_ -> {}).allocationId();
        refused(
                "Gateway.NotAttached",
                () -> alice.ec2()
                        .createNatGateway(request -> request.subnetId(subnet).allocationId(allocation)));
        String gateway = alice.ec2().createInternetGateway().internetGateway().internetGatewayId();
        alice.ec2()
                .attachInternetGateway(
                        request -> request.internetGatewayId(gateway).vpcId(vpc));
        NatGateway made = alice.ec2()
                .createNatGateway(request -> request.subnetId(subnet)
                        .allocationId(allocation)
                        .connectivityType(ConnectivityType.PUBLIC)
                        .tagSpecifications(tagged(ResourceType.NATGATEWAY, tag("Name", "way out"))))
                .natGateway();
        String id = made.natGatewayId();

        alice.ec2().waiter().waitUntilNatGatewayAvailable(request -> request.natGatewayIds(id));
        assertThat(seen(id)).isEqualTo(made);
        assertThat(made.vpcId()).isEqualTo(vpc);
        assertThat(made.subnetId()).isEqualTo(subnet);
        assertThat(made.connectivityType()).isEqualTo(ConnectivityType.PUBLIC);
        assertThat(made.tags()).containsExactly(tag("Name", "way out"));
        assertThat(made.createTime()).isNotNull();
        assertThat(made.natGatewayAddresses()).singleElement().satisfies(address -> assertItsOwn(address, allocation));

        String table = alice.ec2()
                .createRouteTable(request -> request.vpcId(vpc))
                .routeTable()
                .routeTableId();
        alice.ec2()
                .createRoute(request -> request.routeTableId(table)
                        .destinationCidrBlock("0.0.0.0/0")
                        .natGatewayId(id));
        assertThat(wayOut(table).natGatewayId()).isEqualTo(id);
        assertThat(wayOut(table).state()).isEqualTo(RouteState.ACTIVE);

        alice.ec2().deleteNatGateway(request -> request.natGatewayId(id));
        alice.ec2().waiter().waitUntilNatGatewayDeleted(request -> request.natGatewayIds(id));
        assertThat(seen(id).state()).isEqualTo(NatGatewayState.DELETED);
        assertThat(seen(id).deleteTime()).isNotNull();
        assertThat(wayOut(table).state()).isEqualTo(RouteState.BLACKHOLE);
        refused("NatGatewayNotFound", () -> alice.ec2().deleteNatGateway(request -> request.natGatewayId(id)));
        alice.ec2().releaseAddress(request -> request.allocationId(allocation));
    }

    /** What EC2 shows of it elsewhere, and lets nobody change. */
    private static void assertItsOwn(NatGatewayAddress address, String allocation) {
        assertThat(address.allocationId()).isEqualTo(allocation);
        assertThat(address.isPrimary()).isTrue();
        assertThat(address.status()).isEqualTo(NatGatewayAddressStatus.SUCCEEDED);
        NetworkInterface nic = alice.ec2()
                .describeNetworkInterfaces(request -> request.networkInterfaceIds(address.networkInterfaceId()))
                .networkInterfaces()
                .getFirst();
        // EC2 answers another word than its own description has.
        assertThat(nic.interfaceTypeAsString()).isEqualTo("nat_gateway");
        assertThat(nic.requesterManaged()).isTrue();
        assertThat(nic.status()).isEqualTo(NetworkInterfaceStatus.IN_USE);
        assertThat(nic.association().associationId()).isEqualTo(address.associationId());
        assertThat(nic.association().publicIp()).isEqualTo(address.publicIp());
        refused(
                "OperationNotPermitted",
                () -> alice.ec2()
                        .deleteNetworkInterface(request -> request.networkInterfaceId(nic.networkInterfaceId())));
        refused(
                "OperationNotPermitted",
                () -> alice.ec2().disassociateAddress(request -> request.associationId(address.associationId())));
    }

    @Test
    void they_come_in_pages() {
        String subnet = alice.subnet(alice.vpc("10.76.0.0/16").vpcId(), "10.76.0.0/24");
        IntStream.range(0, ON_A_PAGE + 1)
                .forEach(_ -> alice.ec2()
                        .createNatGateway(
                                request -> request.subnetId(subnet).connectivityType(ConnectivityType.PRIVATE)));

        assertThat(alice.ec2()
                        .describeNatGatewaysPaginator(
                                request -> request.maxResults(ON_A_PAGE).filter(filter("subnet-id", subnet)))
                        .natGateways())
                .extracting(NatGateway::natGatewayId)
                .hasSize(ON_A_PAGE + 1)
                .doesNotHaveDuplicates();
    }
}
