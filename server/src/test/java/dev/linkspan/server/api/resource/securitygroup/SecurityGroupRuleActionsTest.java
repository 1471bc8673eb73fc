package dev.linkspan.server.api.resource.securitygroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SecurityGroupRuleActionsTest {

    private static final String RULE = "//securityGroupRuleSet/item/";

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId account = fixture.account();
    private final AccountId peer = fixture.account();
    private final Net net = fixture.net(account, "10.0.0.0/16");
    private final Ec2Client client = as(account);
    private final String group = client.done(
                    "CreateSecurityGroup", "VpcId", net.id().value(), "GroupName", "web", "GroupDescription", "x")
            .text("//groupId");
    private final String rule = client.done(
                    "AuthorizeSecurityGroupIngress",
                    "GroupId",
                    group,
                    "IpPermissions.1.IpProtocol",
                    "tcp",
                    "IpPermissions.1.FromPort",
                    "22",
                    "IpPermissions.1.ToPort",
                    "22",
                    "IpPermissions.1.IpRanges.1.CidrIp",
                    "10.1.0.0/16",
                    "IpPermissions.1.IpRanges.1.Description",
                    "from the peer")
            .text(RULE + "securityGroupRuleId");

    private Ec2Client as(AccountId who) {
        SecurityGroups groups = new SecurityGroups();
        return new Ec2Client(
                store,
                who,
                Stream.of(
                                new SecurityGroupActions(groups, new Tags()).operations(),
                                new SecurityGroupRuleActions(groups).operations())
                        .flatMap(List::stream)
                        .toList());
    }

    private Answer shown() {
        return client.done("DescribeSecurityGroupRules", "SecurityGroupRuleId.1", rule);
    }

    private static String[] modification(String group, String rule, String... request) {
        List<String> parameters =
                new ArrayList<>(List.of("GroupId", group, "SecurityGroupRule.1.SecurityGroupRuleId", rule));
        for (int i = 0; i < request.length; i += 2) {
            parameters.add("SecurityGroupRule.1.SecurityGroupRule." + request[i]);
            parameters.add(request[i + 1]);
        }
        return parameters.toArray(String[]::new);
    }

    @Test
    void a_rule_is_modified_under_its_id() {
        client.done(
                "ModifySecurityGroupRules",
                modification(
                        group, rule, "IpProtocol", "udp", "FromPort", "53", "ToPort", "54", "CidrIpv4", "10.2.0.0/16"));

        assertThat(shown().texts(RULE + "ipProtocol")).containsExactly("udp");
        assertThat(shown().text(RULE + "toPort")).isEqualTo("54");
        assertThat(shown().text(RULE + "cidrIpv4")).isEqualTo("10.2.0.0/16");
        assertThat(shown().texts(RULE + "description")).isEmpty();
    }

    @Test
    void a_rule_is_modified_to_name_a_group_of_the_peer() {
        Net other = fixture.net(peer, "10.1.0.0/16");
        fixture.activePeering(net, other);
        String theirs = fixture.defaultGroup(other).id().value();

        client.done(
                "ModifySecurityGroupRules",
                modification(group, rule, "IpProtocol", "-1", "ReferencedGroupId", peer + "/" + theirs));

        assertThat(shown().text(RULE + "referencedGroupInfo/groupId")).isEqualTo(theirs);
        assertThat(client.refused(
                        "InvalidParameterValue",
                        "ModifySecurityGroupRules",
                        modification(group, rule, "IpProtocol", "-1", "ReferencedGroupId", "1/" + theirs)))
                .contains("1/" + theirs);
        client.refused(
                "InvalidGroup.NotFound",
                "ModifySecurityGroupRules",
                modification(group, rule, "IpProtocol", "-1", "ReferencedGroupId", account + "/" + theirs));
    }

    @Test
    void what_is_no_rule_of_the_group_cannot_be_modified() {
        client.refused(
                "InvalidPermission.NotFound",
                "ModifySecurityGroupRules",
                modification(group, "sgr-00000000", "IpProtocol", "-1", "CidrIpv4", "10.2.0.0/16"));
        client.refused(
                "InvalidPermission.NotFound",
                "ModifySecurityGroupRules",
                modification(
                        fixture.defaultGroup(net).id().value(), rule, "IpProtocol", "-1", "CidrIpv4", "10.2.0.0/16"));
        client.refused(
                "InvalidParameterCombination",
                "ModifySecurityGroupRules",
                modification(group, rule, "IpProtocol", "-1"));
        client.refused(
                "InvalidParameterCombination",
                "ModifySecurityGroupRules",
                modification(group, rule, "IpProtocol", "-1", "CidrIpv4", "10.2.0.0/16", "CidrIpv6", "::/0"));
        client.refused(
                "InvalidParameterValue",
                "ModifySecurityGroupRules",
                modification(group, rule, "IpProtocol", "-1", "CidrIpv6", "::/129"));
        client.refused(
                "InvalidParameterValue",
                "ModifySecurityGroupRules",
                modification(group, rule, "IpProtocol", "-1", "PrefixListId", "pl-12345678"));
        as(peer).refused(
                        "InvalidGroup.NotFound",
                        "ModifySecurityGroupRules",
                        modification(group, rule, "IpProtocol", "-1", "CidrIpv4", "10.2.0.0/16"));
        assertThat(shown().text(RULE + "description")).isEqualTo("from the peer");
    }

    @Test
    @Rule("S8")
    void rules_for_ipv6_are_kept_shown_found_changed_and_taken_away() {
        String[] everybody = {
            "GroupId", group,
            "IpPermissions.1.IpProtocol", "-1",
            "IpPermissions.1.Ipv6Ranges.1.CidrIpv6", "::/0",
            "IpPermissions.1.Ipv6Ranges.1.Description", "out"
        };
        Answer made = client.done("AuthorizeSecurityGroupEgress", everybody);
        assertThat(made.text(RULE + "cidrIpv6")).isEqualTo("::/0");
        assertThat(made.texts(RULE + "cidrIpv4")).isEmpty();
        client.refused("InvalidPermission.Duplicate", "AuthorizeSecurityGroupEgress", everybody);

        String permission = "//ipPermissionsEgress/item/";
        Answer found = client.done(
                "DescribeSecurityGroups",
                "Filter.1.Name",
                "egress.ip-permission.ipv6-cidr",
                "Filter.1.Value.1",
                "::/0",
                "Filter.2.Name",
                "group-id",
                "Filter.2.Value.1",
                group);
        assertThat(found.texts(permission + "ipRanges/item/cidrIp")).containsExactly("0.0.0.0/0");
        assertThat(found.texts(permission + "ipv6Ranges/item/cidrIpv6")).containsExactly("::/0");
        assertThat(found.texts(permission + "ipv6Ranges/item/description")).containsExactly("out");
        assertThat(client.done(
                                "DescribeSecurityGroups",
                                "Filter.1.Name",
                                "egress.ip-permission.cidr",
                                "Filter.1.Value.1",
                                "::/0")
                        .texts("//groupId"))
                .isEmpty();

        client.done(
                "ModifySecurityGroupRules",
                modification(
                        group,
                        made.text(RULE + "securityGroupRuleId"),
                        "IpProtocol",
                        "icmpv6",
                        "CidrIpv6",
                        "2001:DB8::/32"));
        client.refused("InvalidPermission.NotFound", "RevokeSecurityGroupEgress", everybody);
        client.done(
                "RevokeSecurityGroupEgress",
                "GroupId",
                group,
                "IpPermissions.1.IpProtocol",
                "58",
                "IpPermissions.1.Ipv6Ranges.1.CidrIpv6",
                "2001:db8::/32");
        assertThat(client.done("DescribeSecurityGroups", "GroupId.1", group)
                        .texts(permission + "ipv6Ranges/item/cidrIpv6"))
                .isEmpty();
    }

    @Test
    void descriptions_are_changed_by_permission_and_by_id_and_taken_away() {
        client.done(
                "UpdateSecurityGroupRuleDescriptionsIngress",
                "GroupId",
                group,
                "IpPermissions.1.IpProtocol",
                "tcp",
                "IpPermissions.1.FromPort",
                "22",
                "IpPermissions.1.ToPort",
                "22",
                "IpPermissions.1.IpRanges.1.CidrIp",
                "10.1.0.0/16",
                "IpPermissions.1.IpRanges.1.Description",
                "by permission");
        assertThat(shown().text(RULE + "description")).isEqualTo("by permission");

        String[] byId = {
            "GroupId",
            group,
            "SecurityGroupRuleDescription.1.SecurityGroupRuleId",
            rule,
            "SecurityGroupRuleDescription.1.Description",
            "by id"
        };
        client.done("UpdateSecurityGroupRuleDescriptionsIngress", byId);
        assertThat(shown().text(RULE + "description")).isEqualTo("by id");
        client.refused("InvalidPermission.NotFound", "UpdateSecurityGroupRuleDescriptionsEgress", byId);

        client.done(
                "UpdateSecurityGroupRuleDescriptionsIngress",
                "GroupId",
                group,
                "SecurityGroupRuleDescription.1.SecurityGroupRuleId",
                rule);
        assertThat(shown().texts(RULE + "description")).isEmpty();
        client.refused("InvalidParameterCombination", "UpdateSecurityGroupRuleDescriptionsIngress", "GroupId", group);
    }
}
