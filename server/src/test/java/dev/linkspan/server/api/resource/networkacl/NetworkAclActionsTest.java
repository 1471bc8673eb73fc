package dev.linkspan.server.api.resource.networkacl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Quota;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkAclActionsTest extends NetworkAclScenario {

    @Test
    @Rule("N1")
    void a_vpc_has_a_default_one_that_allows_everything_at_each_subnet() {
        Answer described = described(defaultAcl);

        assertThat(described.texts(ACL + "default")).containsExactly("true");
        assertThat(described.texts(ACL + "vpcId")).containsExactly(vpc);
        assertThat(described.texts(ACL + "ownerId")).containsExactly(account.value());
        assertThat(described.texts("//associationSet/item/subnetId")).containsExactly(subnet);
        assertThat(described.texts("//associationSet/item/networkAclId")).containsExactly(defaultAcl);
        assertThat(described.texts("//associationSet/item/networkAclAssociationId"))
                .containsExactly(bornAssociation);
        for (String egress : List.of("true", "false")) {
            String entry = "//entrySet/item[egress='%s']/".formatted(egress);
            assertThat(described.texts(entry + "ruleNumber")).containsExactly("100", "32767");
            assertThat(described.texts(entry + "ruleAction")).containsExactly("allow", "deny");
            assertThat(described.texts(entry + "protocol")).containsExactly("-1", "-1");
            assertThat(described.texts(entry + "cidrBlock")).containsExactly("0.0.0.0/0", "0.0.0.0/0");
        }
        assertThat(client.done("DescribeNetworkAcls").texts(ACL + "networkAclId"))
                .containsExactly(defaultAcl);
        assertThat(stranger.done("DescribeNetworkAcls").texts(ACL + "networkAclId"))
                .isEmpty();
    }

    @Test
    @Rule("N1")
    void one_that_is_made_allows_nothing_and_stands_nowhere() {
        Answer made = client.done(
                "CreateNetworkAcl",
                "VpcId",
                vpc,
                "ClientToken",
                "once",
                "TagSpecification.1.ResourceType",
                "network-acl",
                "TagSpecification.1.Tag.1.Key",
                "Name",
                "TagSpecification.1.Tag.1.Value",
                "front");
        String id = made.text("//networkAcl/networkAclId");

        assertThat(made.text("//networkAcl/default")).isEqualTo("false");
        assertThat(made.texts("//entrySet/item/ruleNumber")).containsExactly("32767", "32767");
        assertThat(made.texts("//entrySet/item/ruleAction")).containsExactly("deny", "deny");
        assertThat(made.texts("//associationSet/item")).isEmpty();
        assertThat(made.texts("//tagSet/item/value")).containsExactly("front");
        assertThat(made.text("//clientToken")).isEqualTo("once");
        assertThat(described(id).texts("//tagSet/item/value")).containsExactly("front");
        assertThat(created("ClientToken", "once")).isEqualTo(id);
        assertThat(created("ClientToken", "again")).isNotEqualTo(id);
    }

    @Test
    @Rule("N1")
    void a_subnet_is_given_another_one_and_the_default_one_back() {
        String acl = created();
        String replaced = client.done(
                        "ReplaceNetworkAclAssociation", "AssociationId", bornAssociation, "NetworkAclId", acl)
                .text("//newAssociationId");

        assertThat(described(acl).texts("//associationSet/item/networkAclAssociationId"))
                .containsExactly(replaced);
        assertThat(described(acl).texts("//associationSet/item/subnetId")).containsExactly(subnet);
        assertThat(described(defaultAcl).texts("//associationSet/item")).isEmpty();
        assertThat(refused("DependencyViolation", "DeleteNetworkAcl", "NetworkAclId", acl))
                .contains(acl, subnet);
        assertThat(refused(
                        "InvalidAssociationID.NotFound",
                        "ReplaceNetworkAclAssociation",
                        "AssociationId",
                        bornAssociation,
                        "NetworkAclId",
                        acl))
                .contains(bornAssociation);

        String back = client.done("ReplaceNetworkAclAssociation", "AssociationId", replaced, "NetworkAclId", defaultAcl)
                .text("//newAssociationId");
        assertThat(described(defaultAcl).texts("//associationSet/item/networkAclAssociationId"))
                .containsExactly(back);
        client.done("DeleteNetworkAcl", "NetworkAclId", acl);
        assertThat(refused("InvalidNetworkAclID.NotFound", "DescribeNetworkAcls", "NetworkAclId.1", acl))
                .contains(acl);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            default                     | false
            association.subnet-id       | subnet-*
            association.association-id  | aclassoc-*
            association.network-acl-id  | MADE
            entry.cidr                  | 10.1.*
            entry.egress                | false
            entry.icmp.code             | -1
            entry.icmp.type             | 8
            entry.port-range.from       | 22
            entry.port-range.to         | 23
            entry.protocol              | tcp
            entry.protocol              | 1
            entry.rule-action           | allow
            entry.rule-number           | 101
            network-acl-id              | MADE
            owner-id                    | OWNER
            tag:Name                    | front
            tag-key                     | Na?e
            """)
    void filters_narrow(String filter, String value) {
        String acl = created();
        client.done("CreateNetworkAclEntry", ssh(acl));
        client.done(
                "CreateNetworkAclEntry",
                with(ssh(acl), Map.of("RuleNumber", "101", "Protocol", "icmp", "Icmp.Type", "8", "Icmp.Code", "-1")));
        client.done("ReplaceNetworkAclAssociation", "AssociationId", bornAssociation, "NetworkAclId", acl);
        client.done("CreateTags", "ResourceId.1", acl, "Tag.1.Key", "Name", "Tag.1.Value", "front");

        String asked = value.replace("MADE", acl).replace("OWNER", account.value());
        assertThat(filtered(filter, asked)).contains(acl);
        assertThat(filtered(filter, "nothing")).isEmpty();
        boolean ofDefaultToo =
                List.of("owner-id", "entry.egress", "entry.rule-action").contains(filter);
        assertThat(filtered(filter, asked)).hasSize(ofDefaultToo ? 2 : 1);
    }

    @Test
    void what_every_one_ends_with_is_found_by_filters_too() {
        String acl = created();

        assertThat(filtered("entry.rule-number", "32767")).containsExactlyInAnyOrder(defaultAcl, acl);
        assertThat(filtered("entry.rule-action", "deny")).containsExactlyInAnyOrder(defaultAcl, acl);
        assertThat(filtered("entry.rule-action", "allow")).containsExactly(defaultAcl);
        assertThat(filtered("default", "true")).containsExactly(defaultAcl);
        assertThat(refused(
                        "InvalidParameterValue",
                        "DescribeNetworkAcls",
                        "Filter.1.Name",
                        "entry.colour",
                        "Filter.1.Value.1",
                        "red"))
                .contains("entry.port-range.from", "tag:KEY");
    }

    @Test
    void pages_follow_one_another() {
        fixture.net(account, "10.7.0.0/16");
        IntStream.range(0, 5).forEach(_ -> created());
        List<String> all = client.done("DescribeNetworkAcls").texts(ACL + "networkAclId");

        Answer first = client.done("DescribeNetworkAcls", "MaxResults", "5");
        Answer second = client.done("DescribeNetworkAcls", "MaxResults", "5", "NextToken", first.text("//nextToken"));

        assertThat(all).hasSize(7);
        assertThat(Stream.of(first, second).flatMap(page -> page.texts(ACL + "networkAclId").stream()))
                .containsExactlyElementsOf(all);
        assertThat(second.texts("//nextToken")).isEmpty();
        refused("InvalidParameterValue", "DescribeNetworkAcls", "MaxResults", "4");
        refused("InvalidNextToken", "DescribeNetworkAcls", "NextToken", "x");
    }

    @Test
    void the_default_one_is_changed_tagged_and_deleted_with_its_vpc_alone() {
        client.done("CreateTags", "ResourceId.1", defaultAcl, "Tag.1.Key", "Name", "Tag.1.Value", "first");
        assertThat(client.done("DescribeTags", "Filter.1.Name", "resource-type", "Filter.1.Value.1", "network-acl")
                        .texts("//tagSet/item/resourceId"))
                .containsExactly(defaultAcl);
        client.done("DeleteNetworkAclEntry", "NetworkAclId", defaultAcl, "RuleNumber", "100", "Egress", "false");
        client.done("CreateNetworkAclEntry", ssh(defaultAcl, "DryRun", "false"));

        Answer described = described(defaultAcl);
        assertThat(described.texts("//entrySet/item[egress='false']/protocol")).containsExactly("6", "-1");
        assertThat(described.texts(ACL + "default")).containsExactly("true");
        assertThat(described.texts("//associationSet/item/networkAclAssociationId"))
                .containsExactly(bornAssociation);
        assertThat(described.texts("//tagSet/item/value")).containsExactly("first");
        assertThat(refused("InvalidParameterValue", "DeleteNetworkAcl", "NetworkAclId", defaultAcl))
                .contains(defaultAcl, "default", vpc);
    }

    @Test
    void mistakes_are_refused_by_their_codes() {
        String acl = created();
        refused("MissingParameter", "CreateNetworkAcl");
        refused("InvalidVpcID.NotFound", "CreateNetworkAcl", "VpcId", "vpc-deadbeef");
        refused("InvalidParameterValue", "CreateNetworkAcl", "VpcId", vpc, "TagSpecification.1.ResourceType", "vpc");
        refused("MissingParameter", "DeleteNetworkAcl");
        refused("InvalidNetworkAclID.NotFound", "DeleteNetworkAcl", "NetworkAclId", "acl-deadbeef");
        refused("InvalidNetworkAclID.Malformed", "DeleteNetworkAcl", "NetworkAclId", "acl-x");
        refused("InvalidNetworkAclID.NotFound", "DescribeNetworkAcls", "NetworkAclId.1", "acl-deadbeef");
        refused("MissingParameter", "DeleteNetworkAclEntry", "NetworkAclId", acl, "RuleNumber", "100");
        refused(
                "InvalidParameterValue",
                "DeleteNetworkAclEntry",
                "NetworkAclId",
                acl,
                "RuleNumber",
                "32767",
                "Egress",
                "true");
        refused(
                "InvalidAssociationID.NotFound",
                "ReplaceNetworkAclAssociation",
                "AssociationId",
                "aclassoc-deadbeef",
                "NetworkAclId",
                acl);
        refused(
                "InvalidNetworkAclID.NotFound",
                "ReplaceNetworkAclAssociation",
                "AssociationId",
                bornAssociation,
                "NetworkAclId",
                "acl-deadbeef");
        String elsewhere = fixture.net(account, "10.7.0.0/16").id().value().replace("vpc-", "acl-");
        assertThat(refused(
                        "InvalidParameterValue",
                        "ReplaceNetworkAclAssociation",
                        "AssociationId",
                        bornAssociation,
                        "NetworkAclId",
                        elsewhere))
                .contains("NetworkAclId", elsewhere, subnet);
        assertThat(refused("DependencyViolation", "DeleteVpc", "VpcId", vpc)).contains(acl);
    }

    @Test
    @Rule("A4")
    void anothers_are_not_there() {
        for (String acl : List.of(created(), defaultAcl)) {
            refused(stranger, "InvalidNetworkAclID.NotFound", "DescribeNetworkAcls", "NetworkAclId.1", acl);
            refused(stranger, "InvalidNetworkAclID.NotFound", "DeleteNetworkAcl", "NetworkAclId", acl);
            refused(stranger, "InvalidNetworkAclID.NotFound", "CreateNetworkAclEntry", ssh(acl));
            refused(stranger, "InvalidNetworkAclID.NotFound", "CreateTags", "ResourceId.1", acl, "Tag.1.Key", "Name");
            assertThat(stranger.done("DescribeNetworkAcls", "Filter.1.Name", "vpc-id", "Filter.1.Value.1", vpc)
                            .texts(ACL + "networkAclId"))
                    .isEmpty();
        }
        refused(
                stranger,
                "InvalidAssociationID.NotFound",
                "ReplaceNetworkAclAssociation",
                "AssociationId",
                bornAssociation,
                "NetworkAclId",
                defaultAcl);
    }

    @Test
    @Rule("P12")
    void quotas_bind() {
        String acl = created();
        client.done("CreateNetworkAclEntry", ssh(acl));
        limit(Quota.NETWORK_ACLS_PER_NET, 2);
        assertThat(refused("NetworkAclLimitExceeded", "CreateNetworkAcl", "VpcId", vpc))
                .contains(vpc);
        limit(Quota.ENTRIES_PER_NETWORK_ACL, 1);
        assertThat(refused(
                        "NetworkAclEntryLimitExceeded",
                        "CreateNetworkAclEntry",
                        with(ssh(acl), Map.of("RuleNumber", "101"))))
                .contains(acl);
    }

    private void rehearsed(String action, String... parameters) {
        long before = fixture.read(snapshot -> snapshot.events().lastSequence());
        Answer answer = client.call(action, and(parameters, "DryRun", "true"));
        assertThat(answer.code()).as(answer.message()).isEqualTo("DryRunOperation");
        assertThat(fixture.read(snapshot -> snapshot.events().lastSequence()).longValue())
                .isEqualTo(before);
    }

    @Test
    void dry_runs_change_nothing() {
        String acl = created();
        client.done("CreateNetworkAclEntry", ssh(acl));
        List<String> before = client.done("DescribeNetworkAcls").texts("//networkAclSet");

        rehearsed("CreateNetworkAcl", "VpcId", vpc);
        rehearsed("DeleteNetworkAcl", "NetworkAclId", acl);
        rehearsed("CreateNetworkAclEntry", with(ssh(acl), Map.of("RuleNumber", "101")));
        rehearsed("ReplaceNetworkAclEntry", with(ssh(acl), Map.of("RuleAction", "deny")));
        rehearsed("DeleteNetworkAclEntry", "NetworkAclId", acl, "RuleNumber", "100", "Egress", "false");
        rehearsed("ReplaceNetworkAclAssociation", "AssociationId", bornAssociation, "NetworkAclId", acl);
        rehearsed("DescribeNetworkAcls");
        assertThat(client.done("DescribeNetworkAcls").texts("//networkAclSet")).isEqualTo(before);
        refused("NetworkAclEntryAlreadyExists", "CreateNetworkAclEntry", ssh(acl, "DryRun", "true"));
    }
}
