package dev.linkspan.server.api.resource.networkacl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.server.api.ec2.Ec2Client.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkAclEntryActionsTest extends NetworkAclScenario {

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
}
