package dev.linkspan.acceptance.clients;

import static dev.linkspan.acceptance.clients.Sdk.filter;
import static dev.linkspan.acceptance.clients.Sdk.refused;
import static dev.linkspan.acceptance.clients.Sdk.tag;
import static dev.linkspan.acceptance.clients.Sdk.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.cli.client.Json;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DhcpOptions;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NewDhcpConfiguration;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Tenancy;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;
import software.amazon.awssdk.services.ec2.model.VpcState;

/** VPCs and what is there with each of them at once. */
abstract class SdkVpcs extends SdkFamily {

    private static final int ON_A_PAGE = 5;

    @Test
    void a_vpc_has_all_its_fields_and_the_outscale_api_shows_it_at_once() {
        Vpc made = alice.ec2()
                .createVpc(request -> request.cidrBlock("10.20.0.0/16")
                        .instanceTenancy(Tenancy.DEFAULT)
                        .tagSpecifications(tagged(ResourceType.VPC, tag("Name", "shop"))))
                .vpc();

        assertThat(made.vpcId()).startsWith("vpc-");
        assertThat(made.ownerId()).isEqualTo(alice.id());
        assertThat(made.state()).isEqualTo(VpcState.AVAILABLE);
        assertThat(made.instanceTenancy()).isEqualTo(Tenancy.DEFAULT);
        assertThat(made.isDefault()).isFalse();
        assertThat(made.cidrBlockAssociationSet())
                .singleElement()
                .satisfies(range -> assertThat(range.cidrBlock()).isEqualTo("10.20.0.0/16"));
        assertThat(made.tags()).containsExactly(tag("Name", "shop"));
        assertThat(alice.ec2()
                        .describeVpcs(request -> request.vpcIds(made.vpcId()))
                        .vpcs())
                .containsExactly(made);
        assertThat(alice.oapi()
                        .ask("ReadNets", "Filters", Json.object("NetIds", List.of(made.vpcId())))
                        .list("Nets"))
                .singleElement()
                .satisfies(net -> assertThat(net.path("IpRange").asString()).isEqualTo("10.20.0.0/16"));
    }

    @Test
    void what_the_outscale_api_makes_is_a_vpc_at_once() {
        String net = bob.oapi().net("10.21.0.0/16");

        assertThat(bob.ec2()
                        .waiter()
                        .waitUntilVpcAvailable(request -> request.vpcIds(net))
                        .matched()
                        .response())
                .isPresent();
    }

    @Test
    void pages_follow_one_another_without_gaps() {
        List<String> made = IntStream.range(0, 2 * ON_A_PAGE + 1)
                .mapToObj(i -> alice.vpc("10.22.%d.0/24".formatted(i)).vpcId())
                .toList();

        assertThat(alice.ec2()
                        .describeVpcsPaginator(
                                request -> request.maxResults(ON_A_PAGE).filters(filter("cidr", "10.22.*")))
                        .vpcs())
                .extracting(Vpc::vpcId)
                .containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void a_vpc_is_born_with_a_main_table_a_default_group_and_a_default_acl() {
        String vpc = alice.vpc("10.23.0.0/16").vpcId();

        assertThat(alice.ec2()
                        .describeRouteTables(
                                request -> request.filters(filter("vpc-id", vpc), filter("association.main", "true")))
                        .routeTables())
                .singleElement()
                .extracting(RouteTable::vpcId)
                .isEqualTo(vpc);
        assertThat(alice.ec2()
                        .describeSecurityGroups(
                                request -> request.filters(filter("vpc-id", vpc), filter("group-name", "default")))
                        .securityGroups())
                .hasSize(1);
        assertThat(alice.ec2()
                        .describeNetworkAcls(
                                request -> request.filters(filter("vpc-id", vpc), filter("default", "true")))
                        .networkAcls())
                .singleElement()
                .extracting(NetworkAcl::isDefault)
                .isEqualTo(true);
    }

    @Test
    void attributes_are_kept() {
        String vpc = alice.vpc("10.24.0.0/16").vpcId();

        alice.ec2().modifyVpcAttribute(request -> request.vpcId(vpc).enableDnsHostnames(flag -> flag.value(true)));

        assertThat(alice.ec2()
                        .describeVpcAttribute(
                                request -> request.vpcId(vpc).attribute(VpcAttributeName.ENABLE_DNS_HOSTNAMES))
                        .enableDnsHostnames()
                        .value())
                .isTrue();
        assertThat(alice.ec2()
                        .describeVpcAttribute(
                                request -> request.vpcId(vpc).attribute(VpcAttributeName.ENABLE_DNS_SUPPORT))
                        .enableDnsSupport()
                        .value())
                .isTrue();
        assertThat(alice.ec2()
                        .describeVpcAttribute(request ->
                                request.vpcId(vpc).attribute(VpcAttributeName.ENABLE_NETWORK_ADDRESS_USAGE_METRICS))
                        .enableNetworkAddressUsageMetrics()
                        .value())
                .isFalse();
    }

    @Test
    void dhcp_options_are_made_associated_and_deleted() {
        String vpc = alice.vpc("10.25.0.0/16").vpcId();
        DhcpOptions options = alice.ec2()
                .createDhcpOptions(request -> request.dhcpConfigurations(
                        option("domain-name", "shop.example"), option("domain-name-servers", "10.25.0.53")))
                .dhcpOptions();

        alice.ec2().associateDhcpOptions(request -> request.vpcId(vpc).dhcpOptionsId(options.dhcpOptionsId()));

        assertThat(alice.ec2().describeVpcs(request -> request.vpcIds(vpc)).vpcs())
                .extracting(Vpc::dhcpOptionsId)
                .containsExactly(options.dhcpOptionsId());
        assertThat(alice.ec2()
                        .describeDhcpOptionsPaginator(request -> request.dhcpOptionsIds(options.dhcpOptionsId()))
                        .dhcpOptions())
                .containsExactly(options);
        refused(
                "DependencyViolation",
                () -> alice.ec2().deleteDhcpOptions(request -> request.dhcpOptionsId(options.dhcpOptionsId())));
        alice.ec2().associateDhcpOptions(request -> request.vpcId(vpc).dhcpOptionsId("default"));
        alice.ec2().deleteDhcpOptions(request -> request.dhcpOptionsId(options.dhcpOptionsId()));
    }

    private static NewDhcpConfiguration option(String key, String value) {
        return NewDhcpConfiguration.builder().key(key).values(value).build();
    }

    @Test
    void a_vpc_goes_when_nothing_is_in_it() {
        String vpc = alice.vpc("10.26.0.0/16").vpcId();
        String subnet = alice.subnet(vpc, "10.26.1.0/24");

        refused("DependencyViolation", () -> alice.ec2().deleteVpc(request -> request.vpcId(vpc)));
        refused("InvalidVpcID.NotFound", () -> bob.ec2().deleteVpc(request -> request.vpcId(vpc)));
        alice.ec2().deleteSubnet(request -> request.subnetId(subnet));
        alice.ec2().deleteVpc(request -> request.vpcId(vpc));

        refused("InvalidVpcID.NotFound", () -> alice.ec2().describeVpcs(request -> request.vpcIds(vpc)));
    }

    @Test
    void a_range_with_host_bits_is_taken_without_them() {
        assertThat(alice.vpc("10.27.3.1/16").cidrBlock()).isEqualTo("10.27.0.0/16");
    }

    @Test
    void mistakes_are_refused_by_their_codes() {
        refused("InvalidVpc.Range", () -> alice.vpc("10.0.0.0/8"));
        refused("InvalidParameterValue", () -> alice.vpc("10.0.0/16"));
        refused("InvalidVpcID.Malformed", () -> alice.ec2().describeVpcs(request -> request.vpcIds("vpc-x")));
        refused(
                "DryRunOperation",
                () -> alice.ec2()
                        .createVpc(request -> request.cidrBlock("10.0.0.0/16").dryRun(true)));
    }
}
