package dev.linkspan.acceptance.clients;

import static dev.linkspan.acceptance.clients.Sdk.filter;
import static dev.linkspan.acceptance.clients.Sdk.refused;
import static dev.linkspan.acceptance.clients.Sdk.tag;
import static dev.linkspan.acceptance.clients.Sdk.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.cli.client.Json;
import dev.linkspan.core.Rule;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnection;

/** Peerings between the VPCs of two accounts. */
abstract class SdkPeerings extends SdkFamily {

    @Test
    @Rule({"P7", "L1", "L5", "L6"})
    void a_request_is_made_accepted_and_deleted_and_the_other_api_agrees() {
        Vpc one = alice.vpc("10.40.0.0/16");
        Vpc other = bob.vpc("10.41.0.0/16");

        VpcPeeringConnection asked = alice.ec2()
                .createVpcPeeringConnection(request -> request.vpcId(one.vpcId())
                        .peerVpcId(other.vpcId())
                        .peerOwnerId(bob.id())
                        .tagSpecifications(tagged(ResourceType.VPC_PEERING_CONNECTION, tag("Name", "to Bob"))))
                .vpcPeeringConnection();
        String id = asked.vpcPeeringConnectionId();

        assertThat(asked.status().codeAsString()).isEqualTo("initiating-request");
        assertThat(asked.requesterVpcInfo().cidrBlock()).isEqualTo("10.40.0.0/16");
        assertThat(asked.accepterVpcInfo().ownerId()).isEqualTo(bob.id());
        assertThat(asked.expirationTime().toString())
                .isEqualTo(alice.oapi()
                        .ask("ReadNetPeerings", "Filters", Json.object("NetPeeringIds", List.of(id)))
                        .list("NetPeerings")
                        .getFirst()
                        .path("ExpirationDate")
                        .asString());
        assertThat(bob.ec2()
                        .waiter()
                        .waitUntilVpcPeeringConnectionExists(request -> request.vpcPeeringConnectionIds(id))
                        .matched()
                        .response())
                .isPresent();
        assertThat(bob.oapi().stateOf(id)).isEqualTo("pending-acceptance");

        VpcPeeringConnection accepted = bob.ec2()
                .acceptVpcPeeringConnection(request -> request.vpcPeeringConnectionId(id))
                .vpcPeeringConnection();
        assertThat(accepted.status().codeAsString()).isEqualTo("active");
        assertThat(accepted.expirationTime()).isNull();
        assertThat(alice.oapi().stateOf(id)).isEqualTo("active");

        bob.ec2().deleteVpcPeeringConnection(request -> request.vpcPeeringConnectionId(id));
        assertThat(alice.ec2()
                        .waiter()
                        .waitUntilVpcPeeringConnectionDeleted(request -> request.vpcPeeringConnectionIds(id))
                        .matched()
                        .response())
                .isPresent();
        assertThat(alice.peering(id).status().message()).isEqualTo("Deleted by " + bob.id());
    }

    @Test
    void a_request_by_the_outscale_api_is_rejected_by_the_sdk() {
        String one = alice.oapi().net("10.42.0.0/16");
        String other = bob.oapi().net("10.43.0.0/16");
        String id = alice.oapi().requestPeering(one, other, bob.oapi()).text("NetPeering", "NetPeeringId");

        bob.ec2().rejectVpcPeeringConnection(request -> request.vpcPeeringConnectionId(id));

        assertThat(alice.oapi().stateOf(id)).isEqualTo("rejected");
        assertThat(refused(
                                "InvalidStateTransition",
                                () -> alice.ec2()
                                        .deleteVpcPeeringConnection(request -> request.vpcPeeringConnectionId(id)))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    @Rule("P4")
    void overlapping_ranges_are_born_failed_and_say_why() {
        String id = alice.requested(alice.vpc("10.44.0.0/16"), bob.vpc("10.44.128.0/20"));

        VpcPeeringConnection failed = alice.peering(id);

        assertThat(failed.status().codeAsString()).isEqualTo("failed");
        assertThat(failed.status().message()).contains("overlap", "10.44.0.0/16", "10.44.128.0/20");
    }

    @Test
    void who_may_not_is_told_so_and_strangers_are_told_nothing() {
        Vpc one = alice.vpc("10.45.0.0/16");
        String id = alice.requested(one, bob.vpc("10.46.0.0/16"));

        refused(
                "OperationNotPermitted",
                () -> alice.ec2().acceptVpcPeeringConnection(request -> request.vpcPeeringConnectionId(id)));
        refused(
                "InvalidVpcPeeringConnectionID.NotFound",
                () -> bob.ec2().acceptVpcPeeringConnection(request -> request.vpcPeeringConnectionId("pcx-00000000")));
        refused(
                "InvalidVpcID.NotFound",
                () -> alice.ec2()
                        .createVpcPeeringConnection(request -> request.vpcId(one.vpcId())
                                .peerVpcId("vpc-00000000")
                                .peerOwnerId(bob.id())));
    }

    @Test
    void filters_and_pages_find_them() {
        Vpc hub = alice.vpc("10.47.0.0/16");
        List<String> made = IntStream.range(0, 7)
                .mapToObj(i -> alice.requested(hub, bob.vpc("10.48.%d.0/24".formatted(i))))
                .toList();

        assertThat(bob.ec2()
                        .describeVpcPeeringConnectionsPaginator(request -> request.maxResults(5)
                                .filters(
                                        filter("requester-vpc-info.vpc-id", hub.vpcId()),
                                        filter("status-code", "pending-acceptance", "active"),
                                        filter("accepter-vpc-info.owner-id", bob.id())))
                        .vpcPeeringConnections())
                .extracting(VpcPeeringConnection::vpcPeeringConnectionId)
                .containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void each_side_has_its_own_tags() {
        String id = alice.requested(alice.vpc("10.49.0.0/16"), bob.vpc("10.50.0.0/16"));

        alice.ec2().createTags(request -> request.resources(id).tags(tag("Name", "Alice's")));
        bob.ec2().createTags(request -> request.resources(id).tags(tag("Name", "Bob's")));

        assertThat(alice.peering(id).tags()).containsExactly(tag("Name", "Alice's"));
        assertThat(bob.peering(id).tags()).containsExactly(tag("Name", "Bob's"));
    }

    @Test
    void each_side_sets_its_own_options_and_both_see_them() {
        String id = alice.requested(alice.vpc("10.51.0.0/16"), bob.vpc("10.52.0.0/16"));
        bob.ec2().acceptVpcPeeringConnection(request -> request.vpcPeeringConnectionId(id));

        assertThat(alice.ec2()
                        .modifyVpcPeeringConnectionOptions(request -> request.vpcPeeringConnectionId(id)
                                .requesterPeeringConnectionOptions(
                                        options -> options.allowDnsResolutionFromRemoteVpc(true)))
                        .requesterPeeringConnectionOptions()
                        .allowDnsResolutionFromRemoteVpc())
                .isTrue();
        refused(
                "OperationNotPermitted",
                () -> alice.ec2()
                        .modifyVpcPeeringConnectionOptions(request -> request.vpcPeeringConnectionId(id)
                                .accepterPeeringConnectionOptions(
                                        options -> options.allowDnsResolutionFromRemoteVpc(true))));

        VpcPeeringConnection seen = bob.peering(id);
        assertThat(seen.requesterVpcInfo().peeringOptions().allowDnsResolutionFromRemoteVpc())
                .isTrue();
        assertThat(seen.accepterVpcInfo().peeringOptions().allowDnsResolutionFromRemoteVpc())
                .isFalse();
    }
}
