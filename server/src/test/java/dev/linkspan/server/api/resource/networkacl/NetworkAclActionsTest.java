package dev.linkspan.server.api.resource.networkacl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.operation.NetworkAcls;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.ec2.Ec2Client;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import dev.linkspan.server.api.resource.net.VpcActions;
import dev.linkspan.server.api.resource.tag.TagActions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkAclActionsTest {

    private static final String ACL = "//networkAclSet/item/";

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId account = fixture.account();
    private final AccountId other = fixture.account();
    private final Net net = fixture.net(account, "10.0.0.0/16");
    private final String vpc = net.id().value();
    private final String defaultAcl = "acl-" + vpc.substring("vpc-".length());
    private final String subnet = fixture.subnet(net, "10.0.1.0/24").id().value();
    private final String bornAssociation = "aclassoc-" + subnet.substring("subnet-".length());
    private final Ec2Client client = as(account);
    private final Ec2Client stranger = as(other);

    private Ec2Client as(AccountId who) {
        Tags tags = new Tags();
        return new Ec2Client(
                store,
                who,
                Stream.of(
                                new NetworkAclActions(new NetworkAcls(), tags).operations(),
                                new VpcActions(new Nets(), tags).operations(),
                                new TagActions(tags).operations())
                        .flatMap(List::stream)
                        .toList());
    }

    private String created(String... more) {
        return client.done("CreateNetworkAcl", and(more, "VpcId", vpc)).text("//networkAcl/networkAclId");
    }

    private static String[] and(String[] some, String... others) {
        return Stream.concat(Stream.of(others), Stream.of(some)).toArray(String[]::new);
    }

    private Answer described(String acl) {
        return client.done("DescribeNetworkAcls", "NetworkAclId.1", acl);
    }

    /** The ids of those of this VPC that the filter lets pass. */
    private List<String> filtered(String filter, String value) {
        return client.done(
                        "DescribeNetworkAcls",
                        "Filter.1.Name",
                        filter,
                        "Filter.1.Value.1",
                        value,
                        "Filter.2.Name",
                        "vpc-id",
                        "Filter.2.Value.1",
                        vpc)
                .texts(ACL + "networkAclId");
    }

    private static String[] ssh(String acl, String... more) {
        return and(
                more,
                "NetworkAclId",
                acl,
                "RuleNumber",
                "100",
                "Protocol",
                "tcp",
                "RuleAction",
                "allow",
                "Egress",
                "false",
                "CidrBlock",
                "10.1.0.0/16",
                "PortRange.From",
                "22",
                "PortRange.To",
                "23");
    }

    /** The same with other values; a parameter without any is left out. */
    private static String[] with(String[] parameters, Map<String, String> others) {
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < parameters.length; i += 2) {
            if (!others.containsKey(parameters[i])) {
                changed.addAll(List.of(parameters[i], parameters[i + 1]));
            }
        }
        others.forEach((name, value) -> {
            if (!value.isEmpty()) {
                changed.addAll(List.of(name, value));
            }
        });
        return changed.toArray(String[]::new);
    }

    /** The message; nothing has changed. */
    private String refused(String code, String action, String... parameters) {
        return refused(client, code, action, parameters);
    }

    private String refused(Ec2Client who, String code, String action, String... parameters) {
        long before = fixture.read(snapshot -> snapshot.events().lastSequence());
        String message = who.refused(code, action, parameters);
        assertThat(fixture.read(snapshot -> snapshot.events().lastSequence()).longValue())
                .isEqualTo(before);
        return message;
    }

    private void limit(Quota quota, int limit) {
        fixture.change(unit -> {
            Account found = unit.accounts().find(account).orElseThrow();
            unit.accounts().save(new Account(account, found.email(), Map.of(quota, limit), found.createdAt()));
            return account;
        });
    }

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
    void entries_are_made_replaced_and_deleted() {
        String acl = created();
        client.done("CreateNetworkAclEntry", ssh(acl));
        client.done(
                "CreateNetworkAclEntry",
                with(ssh(acl), Map.of("Egress", "true", "Protocol", "1", "Icmp.Type", "8", "Icmp.Code", "-1")));

        Answer made = described(acl);
        String in = "//entrySet/item[egress='false'][ruleNumber=100]/";
        String out = "//entrySet/item[egress='true'][ruleNumber=100]/";
        assertThat(made.text(in + "protocol")).isEqualTo("6");
        assertThat(made.text(in + "ruleAction")).isEqualTo("allow");
        assertThat(made.text(in + "cidrBlock")).isEqualTo("10.1.0.0/16");
        assertThat(made.text(in + "portRange/from")).isEqualTo("22");
        assertThat(made.text(in + "portRange/to")).isEqualTo("23");
        assertThat(made.texts(in + "icmpTypeCode")).isEmpty();
        assertThat(made.text(out + "protocol")).isEqualTo("1");
        assertThat(made.text(out + "icmpTypeCode/type")).isEqualTo("8");
        assertThat(made.text(out + "icmpTypeCode/code")).isEqualTo("-1");
        assertThat(made.texts(out + "portRange")).isEmpty();

        client.done(
                "ReplaceNetworkAclEntry",
                with(ssh(acl), Map.of("Protocol", "udp", "RuleAction", "deny", "CidrBlock", "10.2.0.0/16")));
        Answer replaced = described(acl);
        assertThat(replaced.text(in + "protocol")).isEqualTo("17");
        assertThat(replaced.text(in + "ruleAction")).isEqualTo("deny");
        assertThat(replaced.text(in + "cidrBlock")).isEqualTo("10.2.0.0/16");

        String[] entry = {"NetworkAclId", acl, "RuleNumber", "100", "Egress", "false"};
        client.done("DeleteNetworkAclEntry", entry);
        assertThat(described(acl).texts("//entrySet/item/ruleNumber")).containsExactly("100", "32767", "32767");
        refused("InvalidNetworkAclEntry.NotFound", "DeleteNetworkAclEntry", entry);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, 6",
        "6, 6",
        "udp, 17",
        "17, 17",
        "icmp, 1",
        "1, 1",
        "-1, -1",
        "47, 47",
        "0, 0",
        "255, 255",
        "58, 58"
    })
    void a_protocol_is_a_name_or_a_number_and_is_shown_as_a_number(String protocol, String shown) {
        String acl = created();
        client.done(
                "CreateNetworkAclEntry",
                with(ssh(acl), Map.of("Protocol", protocol, "Icmp.Type", "-1", "Icmp.Code", "-1")));

        assertThat(described(acl).text("//entrySet/item[ruleNumber=100]/protocol"))
                .isEqualTo(shown);
        assertThat(described(acl).texts("//entrySet/item/portRange")).hasSize(shown.matches("6|17") ? 1 : 0);
        assertThat(described(acl).texts("//entrySet/item/icmpTypeCode")).hasSize(shown.equals("1") ? 1 : 0);
    }

    @Test
    void host_bits_of_an_entry_are_forgotten() {
        String acl = created();
        client.done("CreateNetworkAclEntry", with(ssh(acl), Map.of("CidrBlock", "100.68.0.18/18")));

        assertThat(described(acl).text("//entrySet/item[ruleNumber=100]/cidrBlock"))
                .isEqualTo("100.68.0.0/18");
    }

    @Test
    @Rule("S8")
    void entries_for_ipv6_are_kept() {
        String acl = created();
        Map<String, String> ipv6 = Map.of("CidrBlock", "", "Ipv6CidrBlock", "2001:DB8::/32");
        client.done("CreateNetworkAclEntry", with(ssh(acl), ipv6));
        String[] icmpv6 = with(ssh(acl), Map.of("Protocol", "58", "RuleNumber", "101"));
        client.done("CreateNetworkAclEntry", with(with(icmpv6, ipv6), Map.of("Icmp.Type", "-1", "Icmp.Code", "-1")));

        Answer described = described(acl);
        assertThat(described.text("//entrySet/item[ruleNumber=100]/ipv6CidrBlock"))
                .isEqualTo("2001:db8::/32");
        assertThat(described.texts("//entrySet/item[ruleNumber=100]/cidrBlock")).isEmpty();
        assertThat(described.text("//entrySet/item[ruleNumber=101]/icmpTypeCode/type"))
                .isEqualTo("-1");
        assertThat(filtered("entry.ipv6-cidr", "2001:db8::/32")).containsExactly(acl);
        assertThat(refused(
                        "InvalidParameterValue",
                        "CreateNetworkAclEntry",
                        with(with(icmpv6, ipv6), Map.of("RuleNumber", "102", "Icmp.Type", "128", "Icmp.Code", "0"))))
                .contains("Icmp.Type");
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
    void a_number_is_taken_once_in_each_direction() {
        String acl = created();
        client.done("CreateNetworkAclEntry", ssh(acl));

        assertThat(refused("NetworkAclEntryAlreadyExists", "CreateNetworkAclEntry", ssh(acl)))
                .contains(acl, "100", "inbound");
        client.done("CreateNetworkAclEntry", with(ssh(acl), Map.of("Egress", "true")));
        assertThat(refused(
                        "InvalidNetworkAclEntry.NotFound",
                        "ReplaceNetworkAclEntry",
                        with(ssh(acl), Map.of("RuleNumber", "99"))))
                .contains(acl, "99");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RuleNumber     | 0            | InvalidParameterValue | 1 to 32766
            RuleNumber     | 32767        | InvalidParameterValue | 1 to 32766
            RuleNumber     | many         | InvalidParameterValue | RuleNumber
            RuleNumber     |              | MissingParameter      | RuleNumber
            Protocol       | tls          | InvalidParameterValue | tcp, udp, icmp
            Protocol       | 256          | InvalidParameterValue | 0 to 255
            Protocol       | 007          | InvalidParameterValue | Protocol
            Protocol       |              | MissingParameter      | Protocol
            RuleAction     | drop         | InvalidParameterValue | allow or deny
            RuleAction     |              | MissingParameter      | RuleAction
            Egress         | out          | InvalidParameterValue | Egress
            Egress         |              | MissingParameter      | Egress
            CidrBlock      | 10.0.0.0     | InvalidParameterValue | CidrBlock
            CidrBlock      |              | MissingParameter      | CidrBlock or Ipv6CidrBlock
            Ipv6CidrBlock  | ::/0         | InvalidParameterCombination | Ipv6CidrBlock
            Ipv6CidrBlock  | 10.0.0.0/8   | InvalidParameterValue | Ipv6CidrBlock
            PortRange.From |              | MissingParameter      | PortRange.From
            PortRange.To   |              | MissingParameter      | PortRange.To
            PortRange.From | 24           | InvalidParameterValue | 24-23
            PortRange.From | -1           | InvalidParameterValue | 0-65535
            PortRange.To   | 65536        | InvalidParameterValue | 0-65535
            PortRange.Step | 2            | UnknownParameter      | PortRange.Step
            NetworkAclId   | acl-deadbeef | InvalidNetworkAclID.NotFound | acl-deadbeef
            NetworkAclId   | sg-deadbeef  | InvalidNetworkAclID.Malformed | sg-deadbeef
            """)
    void what_can_be_no_entry_is_refused_by_the_parameter(String name, String value, String code, String told) {
        String acl = created();
        String[] parameters = with(ssh(acl), Map.of(name, value == null ? "" : value));

        assertThat(refused(code, "CreateNetworkAclEntry", parameters)).contains(told);
        assertThat(refused(code, "ReplaceNetworkAclEntry", parameters)).contains(told);
        assertThat(described(acl).texts("//entrySet/item")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, MissingParameter, Icmp.Type",
        "8, '', MissingParameter, Icmp.Code",
        "-1, 0, InvalidParameterValue, 0 to 255",
        "256, 0, InvalidParameterValue, 0 to 255",
        "8, -2, InvalidParameterValue, 0 to 255"
    })
    void icmp_has_a_type_and_a_code(String type, String code, String error, String told) {
        String acl = created();
        String[] parameters = with(ssh(acl), Map.of("Protocol", "icmp", "Icmp.Type", type, "Icmp.Code", code));

        assertThat(refused(error, "CreateNetworkAclEntry", parameters)).contains(told);
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
