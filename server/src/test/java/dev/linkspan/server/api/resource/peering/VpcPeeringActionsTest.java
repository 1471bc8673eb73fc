package dev.linkspan.server.api.resource.peering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VpcPeeringActionsTest {

    private static final String CONNECTION = "//vpcPeeringConnection/";
    private static final Subregions SUBREGIONS = new Subregions(Stream.of(Fixture.REGION, Fixture.OTHER_REGION)
            .map(name -> new Region(name, List.of(new SubregionName(name + "a"))))
            .toList());
    private static final String SET = "//vpcPeeringConnectionSet/item/";

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId requester = fixture.account();
    private final AccountId accepter = fixture.account();
    private final Net source = fixture.net(requester, "10.0.0.0/16");
    private final Net target = fixture.net(accepter, "10.1.0.0/16");
    private final Ec2Client asRequester = as(requester);
    private final Ec2Client asAccepter = as(accepter);

    private Ec2Client as(AccountId account) {
        NetPeerings peerings = new NetPeerings(new PeeringRules(false, true));
        return new Ec2Client(store, account, new VpcPeeringActions(peerings, new Tags(), SUBREGIONS).operations());
    }

    private Answer create(String... more) {
        return create(source, target, more);
    }

    private Answer create(Net from, Net to, String... more) {
        List<String> parameters = new ArrayList<>(List.of(
                "VpcId",
                from.id().value(),
                "PeerVpcId",
                to.id().value(),
                "PeerOwnerId",
                to.owner().value()));
        parameters.addAll(List.of(more));
        return asRequester.done("CreateVpcPeeringConnection", parameters.toArray(String[]::new));
    }

    private String created(Net from, Net to) {
        return create(from, to).text(CONNECTION + "vpcPeeringConnectionId");
    }

    private List<String> listed(Ec2Client client, String... parameters) {
        return client.done("DescribeVpcPeeringConnections", parameters).texts(SET + "vpcPeeringConnectionId");
    }

    @Test
    @Rule({"P7", "L5", "L6"})
    void a_request_is_answered_with_all_its_fields() {
        Answer answer = create(
                "TagSpecification.1.ResourceType", "vpc-peering-connection",
                "TagSpecification.1.Tag.1.Key", "Name",
                "TagSpecification.1.Tag.1.Value", "a<b>&\"c\"");

        assertThat(answer.text(CONNECTION + "vpcPeeringConnectionId")).startsWith("pcx-");
        assertThat(answer.text(CONNECTION + "requesterVpcInfo/vpcId"))
                .isEqualTo(source.id().value());
        assertThat(answer.text(CONNECTION + "requesterVpcInfo/ownerId")).isEqualTo(requester.value());
        assertThat(answer.text(CONNECTION + "requesterVpcInfo/cidrBlock")).isEqualTo("10.0.0.0/16");
        assertThat(answer.text(CONNECTION + "requesterVpcInfo/region")).isEqualTo(Fixture.REGION.value());
        assertThat(answer.texts(CONNECTION + "accepterVpcInfo/cidrBlockSet/item/cidrBlock"))
                .containsExactly("10.1.0.0/16");
        assertThat(answer.text(CONNECTION + "accepterVpcInfo/peeringOptions/allowDnsResolutionFromRemoteVpc"))
                .isEqualTo("false");
        assertThat(answer.text(CONNECTION + "status/code")).isEqualTo("initiating-request");
        assertThat(answer.text(CONNECTION + "status/message")).isEqualTo("Initiating Request to " + accepter);
        Answer afterwards = asRequester.done("DescribeVpcPeeringConnections");
        assertThat(afterwards.text(SET + "status/code")).isEqualTo("pending-acceptance");
        assertThat(afterwards.text(SET + "status/message")).isEqualTo("Pending acceptance by " + accepter);
        assertThat(answer.text(CONNECTION + "expirationTime")).isEqualTo("2026-11-29T18:44:49.123Z");
        assertThat(answer.texts(CONNECTION + "tagSet/item/value")).containsExactly("a<b>&\"c\"");
    }

    @Test
    @Rule({"P5", "A4"})
    void the_peer_is_in_the_region_that_is_named_for_it() {
        create("PeerRegion", Fixture.REGION.value());

        String[] elsewhere = {
            "VpcId", source.id().value(),
            "PeerVpcId", target.id().value(),
            "PeerOwnerId", accepter.value(),
            "PeerRegion", Fixture.OTHER_REGION.value()
        };
        assertThat(asRequester.refused("InvalidVpcID.NotFound", "CreateVpcPeeringConnection", elsewhere))
                .contains(target.id().value());
        elsewhere[7] = "mars-1";
        assertThat(asRequester.refused("InvalidParameterValue", "CreateVpcPeeringConnection", elsewhere))
                .contains("mars-1", Fixture.REGION.value(), Fixture.OTHER_REGION.value());
        assertThat(listed(asRequester)).hasSize(1);
    }

    @Test
    @Rule("P9")
    void asked_again_while_it_waits_the_request_is_answered_as_it_is() {
        String id = created(source, target);

        Answer again = create(
                "TagSpecification.1.ResourceType", "vpc-peering-connection",
                "TagSpecification.1.Tag.1.Key", "Name",
                "TagSpecification.1.Tag.1.Value", "again");

        assertThat(again.text(CONNECTION + "vpcPeeringConnectionId")).isEqualTo(id);
        assertThat(again.text(CONNECTION + "status/code")).isEqualTo("pending-acceptance");
        assertThat(again.texts(CONNECTION + "tagSet/item")).isEmpty();
        assertThat(asRequester.done("DescribeVpcPeeringConnections").texts(SET + "tagSet/item"))
                .isEmpty();
    }

    @Test
    @Rule("P9")
    void two_that_are_actively_peered_cannot_be_peered_again_whichever_way_round() {
        String id = created(source, target);
        asAccepter.done("AcceptVpcPeeringConnection", "VpcPeeringConnectionId", id);

        assertThat(asRequester.refused(
                        "VpcPeeringConnectionAlreadyExists",
                        "CreateVpcPeeringConnection",
                        "VpcId",
                        source.id().value(),
                        "PeerVpcId",
                        target.id().value(),
                        "PeerOwnerId",
                        accepter.value()))
                .contains(id);
        assertThat(asAccepter.refused(
                        "VpcPeeringConnectionAlreadyExists",
                        "CreateVpcPeeringConnection",
                        "VpcId",
                        target.id().value(),
                        "PeerVpcId",
                        source.id().value(),
                        "PeerOwnerId",
                        requester.value()))
                .contains(id);
        assertThat(listed(asRequester)).containsExactly(id);
    }

    @Test
    void an_empty_token_asks_for_the_first_page() {
        String id = created(source, target);

        assertThat(listed(asRequester, "NextToken", "")).containsExactly(id);
    }

    @Test
    @Rule({"L1", "L6"})
    void a_peering_is_accepted_and_deleted_and_then_neither() {
        String id = created(source, target);

        Answer accepted = asAccepter.done("AcceptVpcPeeringConnection", "VpcPeeringConnectionId", id);
        assertThat(accepted.text(CONNECTION + "status/code")).isEqualTo("active");
        assertThat(accepted.texts(CONNECTION + "expirationTime")).isEmpty();
        assertThat(asRequester
                        .done("DeleteVpcPeeringConnection", "VpcPeeringConnectionId", id)
                        .text("//return"))
                .isEqualTo("true");

        assertThat(asAccepter.refused(
                        "InvalidStateTransition", "AcceptVpcPeeringConnection", "VpcPeeringConnectionId", id))
                .contains("deleted");
        assertThat(asRequester
                        .done("DescribeVpcPeeringConnections", "VpcPeeringConnectionId.1", id)
                        .text(SET + "status/code"))
                .isEqualTo("deleted");
    }

    @Test
    @Rule("L1")
    void only_the_accepter_answers() {
        String id = created(source, target);

        asRequester.refused("OperationNotPermitted", "AcceptVpcPeeringConnection", "VpcPeeringConnectionId", id);
        asRequester.refused("OperationNotPermitted", "RejectVpcPeeringConnection", "VpcPeeringConnectionId", id);
        asAccepter.refused("OperationNotPermitted", "DeleteVpcPeeringConnection", "VpcPeeringConnectionId", id);
        asAccepter.done("RejectVpcPeeringConnection", "VpcPeeringConnectionId", id);
        assertThat(asRequester.refused(
                        "InvalidStateTransition", "DeleteVpcPeeringConnection", "VpcPeeringConnectionId", id))
                .contains("to deleting");
    }

    @Test
    void each_owner_sets_the_options_of_its_side_and_both_see_them() {
        String id = created(source, target);
        String[] dns = {
            "VpcPeeringConnectionId", id, "RequesterPeeringConnectionOptions.AllowDnsResolutionFromRemoteVpc", "true"
        };
        assertThat(asRequester.refused("OperationNotPermitted", "ModifyVpcPeeringConnectionOptions", dns))
                .contains("pending-acceptance");
        asAccepter.done("AcceptVpcPeeringConnection", "VpcPeeringConnectionId", id);

        Answer answer = asRequester.done("ModifyVpcPeeringConnectionOptions", dns);

        assertThat(answer.text("//requesterPeeringConnectionOptions/allowDnsResolutionFromRemoteVpc"))
                .isEqualTo("true");
        assertThat(answer.text("//accepterPeeringConnectionOptions/allowDnsResolutionFromRemoteVpc"))
                .isEqualTo("false");
        for (Ec2Client owner : List.of(asRequester, asAccepter)) {
            Answer seen = owner.done("DescribeVpcPeeringConnections");
            assertThat(seen.text(SET + "requesterVpcInfo/peeringOptions/allowDnsResolutionFromRemoteVpc"))
                    .isEqualTo("true");
            assertThat(seen.text(SET + "accepterVpcInfo/peeringOptions/allowDnsResolutionFromRemoteVpc"))
                    .isEqualTo("false");
        }
        assertThat(asAccepter.refused("OperationNotPermitted", "ModifyVpcPeeringConnectionOptions", dns))
                .contains("only account " + requester);
    }

    @Test
    void there_is_no_classic_link() {
        String id = created(source, target);
        asAccepter.done("AcceptVpcPeeringConnection", "VpcPeeringConnectionId", id);
        String option = "AccepterPeeringConnectionOptions.AllowEgressFromLocalClassicLinkToRemoteVpc";
        String[] dns = {"VpcPeeringConnectionId", id, option, "false"};

        asAccepter.done("ModifyVpcPeeringConnectionOptions", dns);
        dns[3] = "true";
        assertThat(asAccepter.refused("InvalidParameterValue", "ModifyVpcPeeringConnectionOptions", dns))
                .contains("AllowEgressFromLocalClassicLinkToRemoteVpc");
        asAccepter.refused("MissingParameter", "ModifyVpcPeeringConnectionOptions", "VpcPeeringConnectionId", id);
    }

    @Test
    @Rule({"A4", "L3"})
    void what_a_caller_cannot_see_is_not_found() {
        String id = created(source, target);
        Ec2Client stranger = as(fixture.account());
        String code = "InvalidVpcPeeringConnectionID.NotFound";

        assertThat(stranger.refused(code, "DescribeVpcPeeringConnections", "VpcPeeringConnectionId.1", id))
                .contains(id);
        stranger.refused(code, "AcceptVpcPeeringConnection", "VpcPeeringConnectionId", id);
        asRequester.done("DeleteVpcPeeringConnection", "VpcPeeringConnectionId", id);
        store.advance(Duration.ofHours(1));
        asRequester.refused(code, "DescribeVpcPeeringConnections", "VpcPeeringConnectionId.1", id);
        asRequester.refused(code, "DeleteVpcPeeringConnection", "VpcPeeringConnectionId", id);
    }

    @Test
    @Rule({"P4", "P9"})
    void overlap_is_born_failed_and_asking_again_answers_the_same() {
        Net overlapping = fixture.net(accepter, "10.0.128.0/17");

        Answer failed = create(source, overlapping);

        assertThat(failed.text(CONNECTION + "status/code")).isEqualTo("failed");
        assertThat(failed.text(CONNECTION + "status/message")).contains("overlap");
        assertThat(created(source, target)).isEqualTo(created(source, target));
    }

    @Test
    void ids_of_the_wrong_kind_and_malformed_ones_have_the_codes_of_their_kind() {
        String peer = target.id().value();
        assertThat(asRequester.refused(
                        "InvalidVpcID.Malformed", "CreateVpcPeeringConnection", "VpcId", "pcx-1", "PeerVpcId", peer))
                .contains("VpcId", "'pcx-1'");
        asRequester.refused(
                "InvalidVpcPeeringConnectionID.Malformed",
                "DescribeVpcPeeringConnections",
                "VpcPeeringConnectionId.1",
                "pcx-xyz");
        asRequester.refused(
                "InvalidVpcID.NotFound", "CreateVpcPeeringConnection", "VpcId", "vpc-00000000", "PeerVpcId", peer);
        assertThat(asRequester.refused("MissingParameter", "CreateVpcPeeringConnection", "VpcId", peer))
                .contains("PeerVpcId");
        asRequester.refused(
                "InvalidVpcID.NotFound",
                "CreateVpcPeeringConnection",
                "VpcId",
                source.id().value(),
                "PeerVpcId",
                peer);
    }

    @ParameterizedTest
    @CsvSource({
        "status-code, active, true",
        "status-code, pending-acceptance, false",
        "status-code, a*, true",
        "status-code, activ?, true",
        "status-message, Active, true",
        "requester-vpc-info.cidr-block, 10.0.0.0/16, true",
        "requester-vpc-info.cidr-block, 10.1.0.0/16, false",
        "accepter-vpc-info.cidr-block, 10.1.*, true",
        "expiration-time, 2026-11-29T18:44:49.123Z, false",
        "tag:Name, blue, true",
        "tag:Name, bl*, true",
        "tag:Name, \\*, false",
        "tag:name, blue, false",
        "tag-key, Name, true",
        "tag-value, blue, true",
    })
    void filters_narrow(String name, String value, boolean matches) {
        String id = create(
                        "TagSpecification.1.ResourceType", "vpc-peering-connection",
                        "TagSpecification.1.Tag.1.Key", "Name",
                        "TagSpecification.1.Tag.1.Value", "blue")
                .text(CONNECTION + "vpcPeeringConnectionId");
        asAccepter.done("AcceptVpcPeeringConnection", "VpcPeeringConnectionId", id);

        assertThat(listed(asRequester, "Filter.1.Name", name, "Filter.1.Value.1", "nothing", "Filter.1.Value.2", value))
                .isEqualTo(matches ? List.of(id) : List.of());
    }

    @Test
    void filters_by_net_and_account_are_exact_and_others_unknown() {
        String id = created(source, target);
        assertThat(listed(
                        asRequester,
                        "Filter.1.Name",
                        "requester-vpc-info.vpc-id",
                        "Filter.1.Value.1",
                        source.id().value()))
                .containsExactly(id);
        assertThat(listed(
                        asRequester,
                        "Filter.1.Name",
                        "accepter-vpc-info.owner-id",
                        "Filter.1.Value.1",
                        requester.value()))
                .isEmpty();
        assertThat(asRequester.refused(
                        "InvalidParameterValue",
                        "DescribeVpcPeeringConnections",
                        "Filter.1.Name",
                        "colour",
                        "Filter.1.Value.1",
                        "red"))
                .contains("colour", "status-code");
    }

    @Test
    void pages_show_everything_once() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(created(source, fixture.net(accepter, "10.%d.0.0/16".formatted(i + 2))));
        }
        List<String> seen = new ArrayList<>();
        Answer page = asRequester.done("DescribeVpcPeeringConnections", "MaxResults", "5");
        seen.addAll(page.texts(SET + "vpcPeeringConnectionId"));
        while (!page.text("//nextToken").isEmpty()) {
            page = asRequester.done(
                    "DescribeVpcPeeringConnections", "MaxResults", "5", "NextToken", page.text("//nextToken"));
            seen.addAll(page.texts(SET + "vpcPeeringConnectionId"));
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(all).doesNotHaveDuplicates();
        asRequester.refused("InvalidParameterValue", "DescribeVpcPeeringConnections", "MaxResults", "4");
        asRequester.refused("InvalidNextToken", "DescribeVpcPeeringConnections", "NextToken", "x");
    }

    @Test
    @Rule("A4")
    void each_side_sees_its_own_tags() {
        create(
                "TagSpecification.1.ResourceType", "vpc-peering-connection",
                "TagSpecification.1.Tag.1.Key", "mine",
                "TagSpecification.1.Tag.1.Value", "");
        assertThat(asRequester.done("DescribeVpcPeeringConnections").texts(SET + "tagSet/item/key"))
                .containsExactly("mine");
        assertThat(asAccepter.done("DescribeVpcPeeringConnections").texts(SET + "tagSet/item/key"))
                .isEmpty();
    }
}
