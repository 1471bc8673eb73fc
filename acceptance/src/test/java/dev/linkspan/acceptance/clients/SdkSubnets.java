package dev.linkspan.acceptance.clients;

import static dev.linkspan.acceptance.clients.Sdk.filter;
import static dev.linkspan.acceptance.clients.Sdk.refused;
import static dev.linkspan.acceptance.clients.Sdk.tag;
import static dev.linkspan.acceptance.clients.Sdk.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetState;

/** Subnets. */
abstract class SdkSubnets extends SdkFamily {

    /** A /24 less the first four addresses and the last. */
    private static final int FREE_IN_A_24 = 251;

    @Test
    void a_subnet_has_all_its_fields_and_both_apis_show_it() {
        String vpc = alice.vpc("10.30.0.0/16").vpcId();
        String zone = LinkspanServer.REGION + "b";

        Subnet made = alice.subnet(
                vpc,
                "10.30.1.0/24",
                request -> request.availabilityZone(zone)
                        .tagSpecifications(tagged(ResourceType.SUBNET, tag("Tier", "web"))));

        assertThat(made.vpcId()).isEqualTo(vpc);
        assertThat(made.state()).isEqualTo(SubnetState.AVAILABLE);
        assertThat(made.availabilityZone()).isEqualTo(zone);
        assertThat(made.availableIpAddressCount()).isEqualTo(FREE_IN_A_24);
        assertThat(made.mapPublicIpOnLaunch()).isFalse();
        assertThat(made.tags()).containsExactly(tag("Tier", "web"));
        assertThat(alice.ec2()
                        .waiter()
                        .waitUntilSubnetAvailable(request -> request.subnetIds(made.subnetId()))
                        .matched()
                        .response()
                        .orElseThrow()
                        .subnets())
                .containsExactly(made);
        assertThat(alice.oapi()
                        .ask("ReadSubnets", "Filters", Json.object("SubnetIds", List.of(made.subnetId())))
                        .list("Subnets"))
                .hasSize(1);
    }

    @Test
    void the_attribute_that_can_be_changed_is() {
        String subnet = alice.subnet(alice.vpc("10.31.0.0/16").vpcId(), "10.31.1.0/24");

        alice.ec2()
                .modifySubnetAttribute(
                        request -> request.subnetId(subnet).mapPublicIpOnLaunch(flag -> flag.value(true)));

        assertThat(alice.ec2()
                        .describeSubnetsPaginator(request -> request.filters(filter("subnet-id", subnet)))
                        .subnets())
                .extracting(Subnet::mapPublicIpOnLaunch)
                .containsExactly(true);
    }

    @Test
    void mistakes_are_refused_by_their_codes() {
        String vpc = alice.vpc("10.32.0.0/16").vpcId();
        String subnet = alice.subnet(vpc, "10.32.0.0/24");

        refused("InvalidSubnet.Conflict", () -> alice.subnet(vpc, "10.32.0.128/25"));
        refused("InvalidSubnet.Range", () -> alice.subnet(vpc, "10.99.0.0/24"));
        refused("InvalidVpcID.NotFound", () -> bob.subnet(vpc, "10.32.1.0/24"));
        refused("InvalidSubnetID.NotFound", () -> bob.ec2().deleteSubnet(request -> request.subnetId(subnet)));
        alice.ec2().deleteSubnet(request -> request.subnetId(subnet));
        refused("InvalidSubnetID.NotFound", () -> alice.ec2().describeSubnets(request -> request.subnetIds(subnet)));
    }

    @Test
    void default_ones_are_made_on_demand() {
        String vpc = bob.ec2().createDefaultVpc().vpc().vpcId();
        refused("DefaultVpcAlreadyExists", () -> bob.ec2().createDefaultVpc());
        Subnet first = bob.ec2()
                .describeSubnets(request -> request.filters(filter("vpc-id", vpc), filter("default-for-az", "true")))
                .subnets()
                .getFirst();
        bob.ec2().deleteSubnet(request -> request.subnetId(first.subnetId()));

        Subnet again = bob.ec2()
                .createDefaultSubnet(request -> request.availabilityZone(first.availabilityZone()))
                .subnet();

        assertThat(again.cidrBlock()).isEqualTo(first.cidrBlock());
        assertThat(again.defaultForAz()).isTrue();
        String group = bob.ec2()
                .createSecurityGroup(request -> request.groupName("named").description("by its name"))
                .groupId();
        assertThat(bob.ec2()
                        .runInstances(request -> request.imageId(SdkInstances.image())
                                .minCount(1)
                                .maxCount(1)
                                .securityGroups("named"))
                        .instances())
                .singleElement()
                .satisfies(instance -> {
                    assertThat(instance.vpcId()).isEqualTo(vpc);
                    assertThat(instance.securityGroups().getFirst().groupId()).isEqualTo(group);
                });
    }
}
