package dev.linkspan.acceptance.clients;

import static dev.linkspan.acceptance.clients.Sdk.filter;
import static dev.linkspan.acceptance.clients.Sdk.refused;
import static dev.linkspan.acceptance.clients.Sdk.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.cli.client.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** Tags, and what nobody has here. */
abstract class SdkOthers extends SdkFamily {

    @Test
    void tags_are_set_found_and_taken_away_and_both_apis_show_them() {
        String vpc = alice.vpc("10.95.0.0/16").vpcId();
        String subnet = alice.subnet(vpc, "10.95.1.0/24");

        alice.ec2()
                .createTags(request -> request.resources(vpc, subnet).tags(tag("Team", "shop"), tag("Stage", "test")));

        assertThat(alice.ec2()
                        .describeTagsPaginator(
                                request -> request.filters(filter("key", "Team"), filter("value", "shop")))
                        .tags())
                .extracting(TagDescription::resourceId)
                .containsExactlyInAnyOrder(vpc, subnet);
        assertThat(alice.oapi()
                        .ask("ReadTags", "Filters", Json.object("ResourceIds", List.of(subnet)))
                        .list("Tags"))
                .hasSize(2);
        alice.ec2().deleteTags(request -> request.resources(subnet).tags(tag("Team", "shop")));
        assertThat(alice.ec2()
                        .describeTags(request -> request.filters(filter("resource-id", subnet)))
                        .tags())
                .extracting(TagDescription::key)
                .containsExactly("Stage");
        refused(
                "InvalidVpcID.NotFound",
                () -> bob.ec2().createTags(request -> request.resources(vpc).tags(tag("Team", "mine"))));
    }

    @Test
    void nobody_has_what_there_is_not() {
        assertThat(alice.ec2().describeVpcEndpoints().vpcEndpoints()).isEmpty();
        assertThat(alice.ec2().describePrefixLists().prefixLists()).isEmpty();
        assertThat(alice.ec2().describeManagedPrefixLists(_ -> {}).prefixLists())
                .isEmpty();
        assertThat(alice.ec2().describeVpcEndpointServices(_ -> {}).serviceNames())
                .isEmpty();
        assertThat(alice.ec2().describeEgressOnlyInternetGateways(_ -> {}).egressOnlyInternetGateways())
                .isEmpty();
        assertThat(alice.ec2().describeFlowLogs().flowLogs()).isEmpty();
        assertThat(alice.ec2().describeSnapshots().snapshots()).isEmpty();
        assertThat(alice.ec2().describeVpnConnections().vpnConnections()).isEmpty();
        assertThat(alice.ec2().describeVpnGateways().vpnGateways()).isEmpty();
        assertThat(alice.ec2().describeCustomerGateways().customerGateways()).isEmpty();
        assertThat(alice.ec2().describeTransitGateways().transitGateways()).isEmpty();
        assertThat(alice.ec2().describeTransitGatewayAttachments().transitGatewayAttachments())
                .isEmpty();
        assertThat(alice.ec2().describeTransitGatewayVpcAttachments().transitGatewayVpcAttachments())
                .isEmpty();
        refused("UnsupportedOperation", () -> alice.ec2().createEgressOnlyInternetGateway(_ -> {}));
    }
}
