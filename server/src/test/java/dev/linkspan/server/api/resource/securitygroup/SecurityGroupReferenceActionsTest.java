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
}
