package dev.linkspan.acceptance.clients;

import static dev.linkspan.acceptance.clients.Sdk.filter;
import static dev.linkspan.acceptance.clients.Sdk.refused;
import static dev.linkspan.acceptance.clients.Sdk.tag;
import static dev.linkspan.acceptance.clients.Sdk.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleUpdate;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** Security groups and their rules. */
abstract class SdkSecurityGroups extends SdkFamily {

    private static final int SSH = 22;
    private static final int HTTPS = 443;

    private static final IpPermission ALL_OF_IPV4 = IpPermission.builder()
            .ipProtocol("-1")
            .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
            .build();

    private static final IpPermission ALL_OF_IPV6 = IpPermission.builder()
            .ipProtocol("-1")
            .ipv6Ranges(Ipv6Range.builder().cidrIpv6("::/0").build())
            .build();

    private static String group(Sdk owner, String vpc, String name) {
        return owner.ec2()
                .createSecurityGroup(
                        request -> request.vpcId(vpc).groupName(name).description("Made by a test"))
                .groupId();
    }

    private static IpPermission tcp(int port, String range) {
        return tcp(port, range, "TCP " + port);
    }

    private static IpPermission tcp(int port, String range, String description) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .ipRanges(
                        IpRange.builder().cidrIp(range).description(description).build())
                .build();
    }

    private static IpPermission tcpFrom(UserIdGroupPair group, int port) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .userIdGroupPairs(group)
                .build();
    }

    private static SecurityGroup seen(Sdk owner, String group) {
        return owner.ec2()
                .describeSecurityGroups(request -> request.groupIds(group))
                .securityGroups()
                .getFirst();
    }

    private static List<SecurityGroupRule> rules(String group, boolean egress) {
        return alice
                .ec2()
                .describeSecurityGroupRulesPaginator(request -> request.filters(filter("group-id", group)))
                .securityGroupRules()
                .stream()
                .filter(rule -> rule.isEgress() == egress)
                .toList();
    }

    @Test
    @Rule("S1")
    void a_group_has_all_its_fields_and_lets_everything_out() {
        String vpc = alice.vpc("10.70.0.0/16").vpcId();

        String id = alice.ec2()
                .createSecurityGroup(request -> request.vpcId(vpc)
                        .groupName("web")
                        .description("Web servers")
                        .tagSpecifications(tagged(ResourceType.SECURITY_GROUP, tag("Tier", "web"))))
                .groupId();

        assertThat(alice.ec2()
                        .waiter()
                        .waitUntilSecurityGroupExists(request -> request.groupIds(id))
                        .matched()
                        .response())
                .isPresent();
        SecurityGroup group = seen(alice, id);
        assertThat(group.ownerId()).isEqualTo(alice.id());
        assertThat(group.description()).isEqualTo("Web servers");
        assertThat(group.tags()).containsExactly(tag("Tier", "web"));
        assertThat(group.ipPermissions()).isEmpty();
        assertThat(group.ipPermissionsEgress()).singleElement().satisfies(all -> {
            assertThat(all.ipProtocol()).isEqualTo("-1");
            assertThat(all.ipRanges().getFirst().cidrIp()).isEqualTo("0.0.0.0/0");
        });
        refused("InvalidGroup.Duplicate", () -> group(alice, vpc, "web"));
        alice.ec2().deleteSecurityGroup(request -> request.groupId(id));
        refused("InvalidGroup.NotFound", () -> seen(alice, id));
    }

    @Test
    @Rule("S2")
    void rules_are_added_changed_in_place_and_removed() {
        String group = group(alice, alice.vpc("10.71.0.0/16").vpcId(), "rules");

        SecurityGroupRule rule = alice.ec2()
                .authorizeSecurityGroupIngress(request -> request.groupId(group).ipPermissions(tcp(SSH, "10.0.0.0/8")))
                .securityGroupRules()
                .getFirst();
        assertThat(rule.cidrIpv4()).isEqualTo("10.0.0.0/8");
        assertThat(rule.description()).isEqualTo("TCP 22");
        refused(
                "InvalidPermission.Duplicate",
                () -> alice.ec2()
                        .authorizeSecurityGroupIngress(
                                request -> request.groupId(group).ipPermissions(tcp(SSH, "10.0.0.0/8"))));

        alice.ec2()
                .modifySecurityGroupRules(request -> request.groupId(group)
                        .securityGroupRules(SecurityGroupRuleUpdate.builder()
                                .securityGroupRuleId(rule.securityGroupRuleId())
                                .securityGroupRule(wanted -> wanted.ipProtocol("tcp")
                                        .fromPort(HTTPS)
                                        .toPort(HTTPS)
                                        .cidrIpv4("10.0.0.0/8")
                                        .description("HTTPS now"))
                                .build()));
        assertThat(rules(group, false)).singleElement().satisfies(changed -> {
            assertThat(changed.securityGroupRuleId()).isEqualTo(rule.securityGroupRuleId());
            assertThat(changed.fromPort()).isEqualTo(HTTPS);
            assertThat(changed.description()).isEqualTo("HTTPS now");
        });

        alice.ec2()
                .revokeSecurityGroupIngress(
                        request -> request.groupId(group).securityGroupRuleIds(rule.securityGroupRuleId()));
        assertThat(seen(alice, group).ipPermissions()).isEmpty();
    }

    @Test
    void what_may_leave_is_a_matter_of_rules_too() {
        String group = group(alice, alice.vpc("10.72.0.0/16").vpcId(), "egress");

        alice.ec2().revokeSecurityGroupEgress(request -> request.groupId(group).ipPermissions(ALL_OF_IPV4));
        alice.ec2()
                .authorizeSecurityGroupEgress(request -> request.groupId(group).ipPermissions(tcp(HTTPS, "0.0.0.0/0")));

        assertThat(rules(group, true)).extracting(SecurityGroupRule::fromPort).containsExactly(HTTPS);
        refused(
                "InvalidPermission.NotFound",
                () -> alice.ec2()
                        .revokeSecurityGroupEgress(
                                request -> request.groupId(group).ipPermissions(ALL_OF_IPV6)));
    }

    @Test
    void descriptions_are_changed_alone() {
        String group = group(alice, alice.vpc("10.73.0.0/16").vpcId(), "descriptions");
        alice.ec2()
                .authorizeSecurityGroupIngress(request -> request.groupId(group).ipPermissions(tcp(SSH, "10.0.0.0/8")));
        alice.ec2()
                .authorizeSecurityGroupEgress(request -> request.groupId(group).ipPermissions(tcp(SSH, "10.0.0.0/8")));
        IpPermission renamed = tcp(SSH, "10.0.0.0/8", "Shells");

        alice.ec2()
                .updateSecurityGroupRuleDescriptionsIngress(
                        request -> request.groupId(group).ipPermissions(renamed));
        alice.ec2()
                .updateSecurityGroupRuleDescriptionsEgress(
                        request -> request.groupId(group).ipPermissions(renamed));

        assertThat(rules(group, false))
                .extracting(SecurityGroupRule::description)
                .containsExactly("Shells");
        assertThat(rules(group, true))
                .extracting(SecurityGroupRule::description)
                .contains("Shells");
    }

    @Test
    @Rule("S5")
    void a_rule_names_a_group_of_the_peer_and_goes_stale_with_the_peering() {
        Vpc one = alice.vpc("10.74.0.0/16");
        Vpc other = bob.vpc("10.75.0.0/16");
        String peering = alice.requested(one, other);
        bob.ec2().acceptVpcPeeringConnection(request -> request.vpcPeeringConnectionId(peering));
        String mine = group(alice, one.vpcId(), "mine");
        String theirs = group(bob, other.vpcId(), "theirs");

        SecurityGroupRule rule = bob.ec2()
                .authorizeSecurityGroupIngress(request -> request.groupId(theirs)
                        .ipPermissions(tcpFrom(
                                UserIdGroupPair.builder()
                                        .groupId(mine)
                                        .userId(alice.id())
                                        .build(),
                                SSH)))
                .securityGroupRules()
                .getFirst();

        assertThat(rule.referencedGroupInfo().groupId()).isEqualTo(mine);
        assertThat(alice.ec2()
                        .describeSecurityGroupReferences(request -> request.groupId(mine))
                        .securityGroupReferenceSet())
                .singleElement()
                .satisfies(reference -> {
                    assertThat(reference.referencingVpcId()).isEqualTo(other.vpcId());
                    assertThat(reference.vpcPeeringConnectionId()).isEqualTo(peering);
                });
        bob.ec2().deleteVpcPeeringConnection(request -> request.vpcPeeringConnectionId(peering));
        assertThat(bob.ec2()
                        .describeStaleSecurityGroups(request -> request.vpcId(other.vpcId()))
                        .staleSecurityGroupSet())
                .singleElement()
                .satisfies(stale -> assertThat(stale.groupId()).isEqualTo(theirs));
    }
}
