package dev.linkspan.acceptance.clients;

import static dev.linkspan.acceptance.clients.Sdk.filter;
import static dev.linkspan.acceptance.clients.Sdk.refused;
import static dev.linkspan.acceptance.clients.Sdk.tag;
import static dev.linkspan.acceptance.clients.Sdk.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AttachmentStatus;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;

/** Internet gateways, and the public addresses of what is behind them. */
abstract class SdkPublicAddresses extends SdkFamily {

    private static final int ON_A_PAGE = 5;

    private static String gateway() {
        return alice.ec2().createInternetGateway().internetGateway().internetGatewayId();
    }

    private static InternetGateway seenGateway(String id) {
        return alice.ec2()
                .describeInternetGateways(request -> request.internetGatewayIds(id))
                .internetGateways()
                .getFirst();
    }

    private static Address seenAddress(String allocation) {
        return alice.ec2()
                .describeAddresses(request -> request.allocationIds(allocation))
                .addresses()
                .getFirst();
    }

    private static String networkInterface(String subnet) {
        return alice.ec2()
                .createNetworkInterface(request -> request.subnetId(subnet))
                .networkInterface()
                .networkInterfaceId();
    }

    private static NetworkInterface seenInterface(String id) {
        return alice.ec2()
                .describeNetworkInterfaces(request -> request.networkInterfaceIds(id))
                .networkInterfaces()
                .getFirst();
    }

    /** A Subnet of a VPC that has a gateway. */
    private static String subnetWithAWayOut(String range) {
        String vpc = alice.vpc(range).vpcId();
        String gateway = gateway();
        alice.ec2()
                .attachInternetGateway(
                        request -> request.internetGatewayId(gateway).vpcId(vpc));
        return alice.subnet(vpc, range.replace("/16", "/24"));
    }

    @Test
    @Rule("X1")
    void a_gateway_is_made_attached_routed_to_detached_and_deleted() {
        String vpc = alice.vpc("10.70.0.0/16").vpcId();
        InternetGateway made = alice.ec2()
                .createInternetGateway(request ->
                        request.tagSpecifications(tagged(ResourceType.INTERNET_GATEWAY, tag("Name", "door"))))
                .internetGateway();
        String id = made.internetGatewayId();
        assertThat(made.ownerId()).isEqualTo(alice.id());
        assertThat(made.attachments()).isEmpty();
        assertThat(made.tags()).containsExactly(tag("Name", "door"));
        assertThat(seenGateway(id)).isEqualTo(made);

        alice.ec2()
                .attachInternetGateway(request -> request.internetGatewayId(id).vpcId(vpc));
        alice.ec2().waiter().waitUntilInternetGatewayExists(request -> request.internetGatewayIds(id));
        assertThat(seenGateway(id).attachments()).singleElement().satisfies(attachment -> {
            assertThat(attachment.vpcId()).isEqualTo(vpc);
            assertThat(attachment.state()).isEqualTo(AttachmentStatus.UNKNOWN_TO_SDK_VERSION);
            assertThat(attachment.stateAsString()).isEqualTo("available");
        });
        refused(
                "DependencyViolation",
                () -> alice.ec2().deleteInternetGateway(request -> request.internetGatewayId(id)));
        String table = alice.ec2()
                .describeRouteTables(request -> request.filters(filter("vpc-id", vpc)))
                .routeTables()
                .getFirst()
                .routeTableId();
        alice.ec2()
                .createRoute(request -> request.routeTableId(table)
                        .destinationCidrBlock("0.0.0.0/0")
                        .gatewayId(id));
        assertThat(stateOfTheWayOut(table)).isEqualTo(RouteState.ACTIVE);

        alice.ec2()
                .detachInternetGateway(request -> request.internetGatewayId(id).vpcId(vpc));
        assertThat(stateOfTheWayOut(table)).isEqualTo(RouteState.BLACKHOLE);
        refused(
                "Gateway.NotAttached",
                () -> alice.ec2()
                        .detachInternetGateway(
                                request -> request.internetGatewayId(id).vpcId(vpc)));
        alice.ec2().deleteInternetGateway(request -> request.internetGatewayId(id));
        refused("InvalidInternetGatewayID.NotFound", () -> seenGateway(id));
    }

    private static RouteState stateOfTheWayOut(String table) {
        return alice
                .ec2()
                .describeRouteTables(request -> request.routeTableIds(table))
                .routeTables()
                .getFirst()
                .routes()
                .stream()
                .filter(route -> route.destinationCidrBlock().equals("0.0.0.0/0"))
                .map(Route::state)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void gateways_come_in_pages() {
        IntStream.range(0, ON_A_PAGE + 1)
                .mapToObj(_ -> gateway())
                .forEach(id ->
                        alice.ec2().createTags(request -> request.resources(id).tags(tag("Pages", "yes"))));

        assertThat(alice.ec2()
                        .describeInternetGatewaysPaginator(
                                request -> request.maxResults(ON_A_PAGE).filters(filter("tag:Pages", "yes")))
                        .internetGateways())
                .extracting(InternetGateway::internetGatewayId)
                .hasSize(ON_A_PAGE + 1)
                .doesNotHaveDuplicates();
    }

    @Test
    @Rule("X2")
    void an_address_is_allocated_associated_moved_and_released() {
        String subnet = subnetWithAWayOut("10.71.0.0/16");
        String nic = networkInterface(subnet);
        var made = alice.ec2()
                .allocateAddress(request -> request.domain(DomainType.VPC)
                        .tagSpecifications(tagged(ResourceType.ELASTIC_IP, tag("Name", "web"))));
        String allocation = made.allocationId();
        assertThat(seenAddress(allocation).publicIp()).isEqualTo(made.publicIp());
        assertThat(seenAddress(allocation).tags()).containsExactly(tag("Name", "web"));

        String association = alice.ec2()
                .associateAddress(request -> request.allocationId(allocation).networkInterfaceId(nic))
                .associationId();
        Address seen = seenAddress(allocation);
        assertThat(seen.associationId()).isEqualTo(association);
        assertThat(seen.networkInterfaceId()).isEqualTo(nic);
        assertThat(seen.networkInterfaceOwnerId()).isEqualTo(alice.id());
        assertThat(seen.privateIpAddress()).isEqualTo(seenInterface(nic).privateIpAddress());
        assertThat(seenInterface(nic).association().allocationId()).isEqualTo(allocation);
        assertThat(seenInterface(nic).association().associationId()).isEqualTo(association);
        assertThat(alice.ec2()
                        .describeAddressesAttribute(
                                request -> request.allocationIds(allocation).attribute("domain-name"))
                        .addresses())
                .singleElement()
                .satisfies(attribute -> assertThat(attribute.ptrRecord()).isNull());

        String other = networkInterface(subnet);
        refused(
                "Resource.AlreadyAssociated",
                () -> alice.ec2()
                        .associateAddress(request -> request.allocationId(allocation)
                                .networkInterfaceId(other)
                                .allowReassociation(false)));
        refused(
                "InvalidIPAddress.InUse",
                () -> alice.ec2().releaseAddress(request -> request.allocationId(allocation)));
        alice.ec2()
                .associateAddress(request -> request.publicIp(made.publicIp()).networkInterfaceId(other));
        assertThat(seenInterface(nic).association()).isNull();
        alice.ec2().disassociateAddress(request -> request.publicIp(made.publicIp()));
        alice.ec2().releaseAddress(request -> request.allocationId(allocation));
        refused("InvalidAllocationID.NotFound", () -> seenAddress(allocation));
        refused(
                "InvalidAddress.NotFound",
                () -> alice.ec2().describeAddresses(request -> request.publicIps(made.publicIp())));
    }

    @Test
    @Rule("X2")
    void an_instance_has_an_address_of_its_own_while_it_runs() {
        String subnet = subnetWithAWayOut("10.72.0.0/16");
        Instance launched = alice.ec2()
                .runInstances(request -> request.imageId(SdkInstances.image())
                        .minCount(1)
                        .maxCount(1)
                        .networkInterfaces(InstanceNetworkInterfaceSpecification.builder()
                                .deviceIndex(0)
                                .subnetId(subnet)
                                .associatePublicIpAddress(true)
                                .build()))
                .instances()
                .getFirst();

        assertThat(launched.publicIpAddress()).isNotEmpty();
        assertThat(launched.publicDnsName()).isNotEmpty();
        assertThat(launched.networkInterfaces().getFirst().association().ipOwnerId())
                .isEqualTo("amazon");
        assertThat(alice.ec2()
                        .describeAddresses(request -> request.filters(filter("public-ip", launched.publicIpAddress())))
                        .addresses())
                .isEmpty();
        alice.ec2().stopInstances(request -> request.instanceIds(launched.instanceId()));
        assertThat(alice.ec2()
                        .describeInstances(request -> request.instanceIds(launched.instanceId()))
                        .reservations()
                        .getFirst()
                        .instances()
                        .getFirst()
                        .publicIpAddress())
                .isNull();
        alice.ec2().terminateInstances(request -> request.instanceIds(launched.instanceId()));
    }
}
