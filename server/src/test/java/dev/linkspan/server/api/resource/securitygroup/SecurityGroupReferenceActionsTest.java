package dev.linkspan.server.api.resource.securitygroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@Rule("S5")
class SecurityGroupReferenceActionsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId account = fixture.account();
    private final AccountId peer = fixture.account();
    private final Net net = fixture.net(account, "10.0.0.0/16");
    private final Net other = fixture.net(peer, "10.1.0.0/16");
    private final NetPeering peering = fixture.activePeering(net, other);
    private final String mine = fixture.defaultGroup(net).id().value();
    private final String theirs = fixture.defaultGroup(other).id().value();

    private Ec2Client as(AccountId who) {
        return new Ec2Client(
                store,
                who,
                Stream.of(
                                new SecurityGroupActions(new SecurityGroups(), new Tags()).operations(),
                                new SecurityGroupReferenceActions().operations())
                        .flatMap(List::stream)
                        .toList());
    }

    private void nameTheirs() {
        as(account)
                .done(
                        "AuthorizeSecurityGroupIngress",
                        "GroupId",
                        mine,
                        "IpPermissions.1.IpProtocol",
                        "tcp",
                        "IpPermissions.1.FromPort",
                        "22",
                        "IpPermissions.1.ToPort",
                        "22",
                        "IpPermissions.1.Groups.1.GroupId",
                        theirs,
                        "IpPermissions.1.Groups.1.UserId",
                        peer.value());
    }

    private Answer stale() {
        return as(account).done("DescribeStaleSecurityGroups", "VpcId", net.id().value());
    }

    @Test
    void a_reference_across_a_peering_is_told_to_the_owner_of_the_group_that_is_named() {
        nameTheirs();

        Answer answer = as(peer).done("DescribeSecurityGroupReferences", "GroupId.1", theirs);

        assertThat(answer.texts("//securityGroupReferenceSet/item/groupId")).containsExactly(theirs);
        assertThat(answer.text("//referencingVpcId")).isEqualTo(net.id().value());
        assertThat(answer.text("//vpcPeeringConnectionId"))
                .isEqualTo(peering.id().value());
        assertThat(as(account)
                        .done("DescribeSecurityGroupReferences", "GroupId.1", mine)
                        .texts("//item"))
                .isEmpty();
        as(account).refused("InvalidGroup.NotFound", "DescribeSecurityGroupReferences", "GroupId.1", theirs);
        as(account).refused("MissingParameter", "DescribeSecurityGroupReferences");
    }

    @Test
    void rules_are_stale_once_the_peering_is_gone() {
        nameTheirs();
        assertThat(stale().texts("//staleSecurityGroupSet/item")).isEmpty();
        fixture.change(unit -> {
            unit.peerings().save(peering.delete(peer, unit.now()));
            return peer;
        });

        Answer answer = stale();

        assertThat(answer.texts("//staleSecurityGroupSet/item/groupId")).containsExactly(mine);
        assertThat(answer.text("//staleSecurityGroupSet/item/vpcId"))
                .isEqualTo(net.id().value());
        assertThat(answer.texts("//staleIpPermissions/item/fromPort")).containsExactly("22");
        assertThat(answer.texts("//staleIpPermissions/item/groups/item/groupId"))
                .containsExactly(theirs);
        assertThat(answer.texts("//staleIpPermissionsEgress/item")).isEmpty();
        as(peer).refused(
                        "InvalidVpcID.NotFound",
                        "DescribeStaleSecurityGroups",
                        "VpcId",
                        net.id().value());
    }

    /** By all that show a rule. */
    private void assertShown(List<String> vpc, List<String> pcx, String status, List<String> name, List<String> owner) {
        Answer groups = as(account).done("DescribeSecurityGroups", "GroupId.1", mine);
        String pair = "//ipPermissions/item/groups/item[groupId='%s']/".formatted(theirs);
        assertThat(groups.texts(pair + "vpcId")).isEqualTo(vpc);
        assertThat(groups.texts(pair + "vpcPeeringConnectionId")).isEqualTo(pcx);
        assertThat(groups.texts(pair + "peeringStatus")).containsExactly(status);
        assertThat(groups.texts(pair + "groupName")).isEqualTo(name);
        assertThat(groups.texts(pair + "userId")).isEqualTo(owner);

        Answer rules =
                as(account).done("DescribeSecurityGroupRules", "Filter.1.Name", "group-id", "Filter.1.Value.1", mine);
        String rule = "//referencedGroupInfo[groupId='%s']/".formatted(theirs);
        assertThat(rules.texts(rule + "vpcId")).isEqualTo(vpc);
        assertThat(rules.texts(rule + "vpcPeeringConnectionId")).isEqualTo(pcx);
        assertThat(rules.texts(rule + "peeringStatus")).containsExactly(status);
        assertThat(rules.texts(rule + "userId")).isEqualTo(owner);
    }

    private List<String> otherVpc() {
        return List.of(other.id().value());
    }

    private List<String> thePeering() {
        return List.of(peering.id().value());
    }

    @Test
    void a_peers_group_is_shown_with_what_connects_it() {
        nameTheirs();

        assertShown(otherVpc(), thePeering(), "active", List.of("default"), List.of(peer.value()));
        assertThat(as(account)
                        .done(
                                "DescribeSecurityGroups",
                                "Filter.1.Name",
                                "ip-permission.group-name",
                                "Filter.1.Value.1",
                                "default")
                        .texts("//securityGroupInfo/item/groupId"))
                .containsExactly(mine);
    }

    @Test
    void a_peers_group_is_shown_as_out_of_reach_once_the_peering_is_gone() {
        nameTheirs();
        endPeering();

        assertShown(otherVpc(), thePeering(), "deleted", List.of("default"), List.of(peer.value()));
        assertThat(stale().texts("//staleIpPermissions/item/groups/item/vpcPeeringConnectionId"))
                .isEqualTo(thePeering());
        store.advance(Duration.ofHours(1));
        assertShown(otherVpc(), List.of(), "deleted", List.of("default"), List.of(peer.value()));
    }

    @Test
    void a_peers_group_that_is_gone_has_no_owner_and_no_name() {
        nameTheirs();
        fixture.change(unit -> {
            unit.securityGroups().delete(fixture.defaultGroup(other).id());
            return theirs;
        });

        assertShown(otherVpc(), thePeering(), "active", List.of(), List.of());
    }

    private void endPeering() {
        fixture.change(unit -> {
            unit.peerings().save(peering.delete(peer, unit.now()));
            return peer;
        });
    }

    private String[] naming(String... more) {
        return Stream.concat(
                        Stream.of(
                                "GroupId",
                                mine,
                                "IpPermissions.1.IpProtocol",
                                "-1",
                                "IpPermissions.1.Groups.1.GroupId",
                                theirs,
                                "IpPermissions.1.Groups.1.UserId",
                                peer.value()),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    @Test
    void a_group_is_of_the_vpc_and_behind_the_peering_that_are_named_with_it() {
        Net third = fixture.net(account, "10.2.0.0/16");
        NetPeering elsewhere = fixture.activePeering(third, other);
        String vpc = "IpPermissions.1.Groups.1.VpcId";
        String pcx = "IpPermissions.1.Groups.1.VpcPeeringConnectionId";
        String[][] wrong = {
            naming(vpc, net.id().value()),
            naming(vpc, third.id().value()),
            naming(pcx, elsewhere.id().value()),
            naming(vpc, other.id().value(), pcx, "pcx-00000001"),
        };
        for (String[] call : wrong) {
            as(account).refused("InvalidParameterValue", "AuthorizeSecurityGroupIngress", call);
        }
        String[] right = naming(vpc, other.id().value(), pcx, peering.id().value());
        Answer authorized = as(account).done("AuthorizeSecurityGroupIngress", right);
        assertThat(authorized.texts("//referencedGroupInfo/vpcPeeringConnectionId"))
                .isEqualTo(thePeering());
        for (String[] call : wrong) {
            as(account).refused("InvalidParameterValue", "RevokeSecurityGroupIngress", call);
        }
        as(account).done("RevokeSecurityGroupIngress", right);
    }
}
