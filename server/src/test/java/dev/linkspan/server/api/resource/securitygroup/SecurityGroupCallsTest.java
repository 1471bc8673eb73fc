package dev.linkspan.server.api.resource.securitygroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.tag.Tag;
import dev.linkspan.server.api.oapi.OapiClient;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SecurityGroupCallsTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId owner = fixture.account();
    private final AccountId other = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Net peer = fixture.net(other, "10.1.0.0/16");
    private final SecurityGroup standard = fixture.defaultGroup(net);
    private final OapiClient client = clientOf(owner);
    private final String group = created("web");

    private OapiClient clientOf(AccountId account) {
        return new OapiClient(store, account, new SecurityGroupCalls(new SecurityGroups()).operations());
    }

    private String created(String name) {
        return create(name).path("SecurityGroupId").stringValue();
    }

    private JsonNode create(String name) {
        return client.call(
                        "CreateSecurityGroup",
                        "{'NetId':'%s','SecurityGroupName':'%s','Description':'for a test'}".formatted(net.id(), name))
                .path("SecurityGroup");
    }

    private String inbound(String rule) {
        return "{'SecurityGroupId':'%s','Flow':'Inbound',%s}".formatted(group, rule);
    }

    private JsonNode add(String rule) {
        return client.call("CreateSecurityGroupRule", inbound(rule))
                .path("SecurityGroup")
                .path("InboundRules");
    }

    private JsonNode remove(String rule) {
        return client.call("DeleteSecurityGroupRule", inbound(rule))
                .path("SecurityGroup")
                .path("InboundRules");
    }

    private List<String> idsRead(String filters) {
        return OapiClient.texts(
                client.call("ReadSecurityGroups", "{'Filters':{%s}}".formatted(filters))
                        .path("SecurityGroups"),
                "SecurityGroupId");
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    /** The rules without their ids, which are not known beforehand. */
    private static JsonNode withoutIds(JsonNode rules) {
        JsonNode copy = rules.deepCopy();
        copy.forEach(rule -> ((ObjectNode) rule).remove("SecurityGroupRuleId"));
        return copy;
    }

    @Nested
    class CreateSecurityGroup {

        @Test
        @Rule("S1")
        void a_new_group_lets_nothing_in_and_everything_out() {
            JsonNode answer = create("db");

            assertThat(answer.propertyNames())
                    .containsExactlyInAnyOrder(
                            "AccountId",
                            "Description",
                            "InboundRules",
                            "NetId",
                            "OutboundRules",
                            "SecurityGroupId",
                            "SecurityGroupName",
                            "Tags");
            assertThat(answer.path("AccountId").stringValue()).isEqualTo(owner.value());
            assertThat(answer.path("InboundRules")).isEmpty();
            assertThat(withoutIds(answer.path("OutboundRules")))
                    .isEqualTo(
                            json("[{'FromPortRange':-1,'IpProtocol':'-1','IpRanges':['0.0.0.0/0'],'ToPortRange':-1}]"));
            assertThat(answer.path("OutboundRules")
                            .path(0)
                            .path("SecurityGroupRuleId")
                            .stringValue())
                    .startsWith("sgr-");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "7000 | {'SecurityGroupName':'x','Description':'d'}",
                    "7000 | {'NetId':'vpc-12345678','Description':'d'}",
                    "7000 | {'NetId':'vpc-12345678','SecurityGroupName':'x','Description':''}",
                    "4045 | {'NetId':'vpc-12345678','SecurityGroupName':'sg-x','Description':'d'}",
                    "5065 | {'NetId':'vpc-12345678','SecurityGroupName':'x','Description':'d'}",
                    "4110 | {'NetId':'vpc-12345678','SecurityGroupName':7,'Description':'d'}"
                })
        void bad_arguments_are_refused(String code, String arguments) {
            client.refused(400, code, "CreateSecurityGroup", arguments);
        }

        @Test
        void a_name_is_taken_once() {
            client.refused(
                    400,
                    "9029",
                    "CreateSecurityGroup",
                    "{'NetId':'%s','SecurityGroupName':'web','Description':'d'}".formatted(net.id()));
        }
    }

    @Nested
    class DeleteSecurityGroup {

        @Test
        void a_group_goes_by_id_or_by_name() {
            created("db");
            client.call("DeleteSecurityGroup", "{'SecurityGroupId':'%s'}".formatted(group));
            client.call("DeleteSecurityGroup", "{'SecurityGroupName':'db'}");

            assertThat(idsRead("")).containsExactly(standard.id().value());
        }

        @Test
        void what_cannot_go_is_refused() {
            String id = standard.id().value();
            add("'SecurityGroupNameToLink':'%s'".formatted(created("db")));

            client.refused(409, "9051", "DeleteSecurityGroup", "{'SecurityGroupId':'%s'}".formatted(id));
            client.refused(409, "9085", "DeleteSecurityGroup", "{'SecurityGroupName':'db'}");
        }

        @Test
        void bad_arguments_are_refused() {
            client.refused(400, "7000", "DeleteSecurityGroup", "{}");
            client.refused(400, "5020", "DeleteSecurityGroup", "{'SecurityGroupId':'sg-12345678'}");
            client.refused(400, "5020", "DeleteSecurityGroup", "{'SecurityGroupName':'nowhere'}");
            client.refused(
                    400,
                    "3002",
                    "DeleteSecurityGroup",
                    "{'SecurityGroupId':'%s','SecurityGroupName':'web'}".formatted(group));
        }
    }

    @Nested
    @Rule("S2")
    class CreateSecurityGroupRule {

        @Test
        void a_single_rule_is_given_by_the_calls_own_parameters() {
            JsonNode rules = add("'FromPortRange':80,'ToPortRange':80,'IpProtocol':'tcp','IpRange':'10.0.0.0/16'");

            assertThat(withoutIds(rules))
                    .isEqualTo(json(
                            "[{'FromPortRange':80,'IpProtocol':'tcp','IpRanges':['10.0.0.0/16'],'ToPortRange':80}]"));
        }

        @Test
        @Rule("S8")
        void a_range_of_ipv6_is_kept_beside_those_of_ipv4() {
            JsonNode rules = add("'Rules':[{'IpProtocol':'-1','IpRanges':['10.0.0.0/16','::/0']}]");

            assertThat(withoutIds(rules))
                    .isEqualTo(
                            json(
                                    "[{'FromPortRange':-1,'IpProtocol':'-1','IpRanges':['10.0.0.0/16','::/0'],'ToPortRange':-1}]"));
        }

        @Test
        void several_rules_are_shown_one_for_each_kind_of_traffic() {
            add("'FromPortRange':22,'ToPortRange':22,'IpProtocol':'tcp','IpRange':'10.9.0.0/16'");
            JsonNode rules = add("""
                    'Rules':[
                      {'FromPortRange':22,'ToPortRange':22,'IpProtocol':'tcp','IpRanges':['10.8.0.0/16'],
                       'SecurityGroupsMembers':[{'AccountId':%1$s,'SecurityGroupName':'default'}]},
                      {'FromPortRange':8,'ToPortRange':-1,'IpProtocol':'icmp','IpRanges':['0.0.0.0/0']},
                      {'IpProtocol':'50','SecurityGroupsMembers':[{'SecurityGroupId':'%2$s'}]}]
                    """.formatted(owner, group));

            assertThat(withoutIds(rules)).isEqualTo(json("""
                                    [{'FromPortRange':22,'IpProtocol':'tcp','IpRanges':['10.9.0.0/16','10.8.0.0/16'],
                                      'SecurityGroupsMembers':[
                                        {'AccountId':'%1$s','SecurityGroupId':'%2$s','SecurityGroupName':'default'}],
                                      'ToPortRange':22},
                                     {'FromPortRange':8,'IpProtocol':'icmp','IpRanges':['0.0.0.0/0'],'ToPortRange':-1},
                                     {'FromPortRange':-1,'IpProtocol':'50',
                                      'SecurityGroupsMembers':[
                                        {'AccountId':'%1$s','SecurityGroupId':'%3$s','SecurityGroupName':'web'}],
                                      'ToPortRange':-1}]
                                    """.formatted(owner, standard.id(), group)));
        }

        @Test
        @Rule({"S5", "A4"})
        void a_group_of_a_peers_account_is_shown_without_its_name() {
            fixture.activePeering(net, peer);
            JsonNode members = add("'SecurityGroupNameToLink':'default','SecurityGroupAccountIdToLink':'%s'"
                            .formatted(other))
                    .path(0)
                    .path("SecurityGroupsMembers");

            assertThat(members)
                    .isEqualTo(json("[{'AccountId':'%s','SecurityGroupId':'%s'}]"
                            .formatted(other, fixture.defaultGroup(peer).id())));
        }

        @Test
        void outbound_rules_are_apart() {
            JsonNode answer = client.call(
                            "CreateSecurityGroupRule",
                            "{'SecurityGroupId':'%s','Flow':'Outbound','IpProtocol':'tcp','FromPortRange':0,"
                                            .formatted(group)
                                    + "'ToPortRange':65535,'IpRange':'10.0.0.0/8'}")
                    .path("SecurityGroup");

            assertThat(answer.path("InboundRules")).isEmpty();
            assertThat(answer.path("OutboundRules")).hasSize(2);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "7000 | 'IpProtocol':'-1'",
                    "7000 | 'IpProtocol':'tcp','IpRange':'10.0.0.0/16'",
                    "7000 | 'Rules':[{'IpProtocol':'-1'}]",
                    "7000 | 'Rules':[{'SecurityGroupsMembers':[{}]}]",
                    "3002 | 'IpProtocol':'-1','Rules':[{'IpRanges':['10.0.0.0/16']}]",
                    "3002 | 'IpRange':'10.0.0.0/16','SecurityGroupNameToLink':'default'",
                    "3002 | 'Rules':[{'SecurityGroupRuleId':'sgr-12345678','IpRanges':['10.0.0.0/16']}]",
                    "3001 | 'Rules':[{'IpRange':'10.0.0.0/16'}]",
                    "4047 | 'IpRange':'10.0.0.1/16'",
                    "4047 | 'IpProtocol':'gre','IpRange':'10.0.0.0/16'",
                    "4047 | 'IpProtocol':'tcp','FromPortRange':9,'ToPortRange':8,'IpRange':'10.0.0.0/16'",
                    "4110 | 'IpProtocol':'tcp','FromPortRange':'9','ToPortRange':9,'IpRange':'10.0.0.0/16'",
                    "4045 | 'Rules':[{'ServiceIds':['pl-12345678']}]",
                    "4105 | 'SecurityGroupNameToLink':'sg-nonsense'",
                    "5020 | 'SecurityGroupNameToLink':'sg-12345678'",
                    "5020 | 'SecurityGroupNameToLink':'nowhere'"
                })
        void bad_rules_are_refused_and_nothing_is_added(String code, String rule) {
            client.refused(400, code, "CreateSecurityGroupRule", inbound(rule));
            assertThat(idsRead("'InboundRuleProtocols':['-1','tcp']"))
                    .containsExactly(standard.id().value());
        }

        @Test
        void the_group_and_the_direction_are_required() {
            client.refused(400, "7000", "CreateSecurityGroupRule", "{'Flow':'Inbound','IpRange':'10.0.0.0/16'}");
            client.refused(
                    400,
                    "4047",
                    "CreateSecurityGroupRule",
                    "{'SecurityGroupId':'%s','Flow':'inbound','IpRange':'10.0.0.0/16'}".formatted(group));
            client.refused(
                    400,
                    "5020",
                    "CreateSecurityGroupRule",
                    "{'SecurityGroupId':'%s','Flow':'Inbound','IpRange':'10.0.0.0/16'}"
                            .formatted(fixture.defaultGroup(peer).id()));
        }

        @Test
        void a_rule_that_is_there_is_refused() {
            add("'IpRange':'10.0.0.0/16'");

            client.refused(400, "9029", "CreateSecurityGroupRule", inbound("'IpRange':'10.0.0.0/16'"));
        }
    }

    @Nested
    class DeleteSecurityGroupRule {

        @Test
        void rules_go_as_they_came() {
            add("'IpRange':'10.0.0.0/16'");
            add("'SecurityGroupNameToLink':'default'");
            add("'Rules':[{'IpRanges':['10.1.0.0/16','10.2.0.0/16']}]");

            remove("'IpRange':'10.0.0.0/16'");
            remove("'SecurityGroupNameToUnlink':'%s'".formatted(standard.id()));
            JsonNode left = remove("'Rules':[{'IpProtocol':'-1','IpRanges':['10.2.0.0/16']}]");

            assertThat(OapiClient.elements(left)).hasSize(1);
            assertThat(left.path(0).path("IpRanges")).isEqualTo(json("['10.1.0.0/16']"));
        }

        @Test
        void a_rule_can_be_given_back_as_it_was_read() {
            JsonNode read = add("'FromPortRange':22,'ToPortRange':22,'IpProtocol':'tcp','IpRange':'10.0.0.0/16'");

            assertThat(remove("'Rules':" + read)).isEmpty();
        }

        @Test
        void an_id_stands_for_everything_that_was_shown_under_it() {
            JsonNode read = add("'Rules':[{'IpRanges':['10.1.0.0/16','10.2.0.0/16']}]");
            String id = read.path(0).path("SecurityGroupRuleId").stringValue();

            assertThat(remove("'Rules':[{'SecurityGroupRuleId':'%s'}]".formatted(id)))
                    .isEmpty();
            client.refused(
                    400,
                    "5020",
                    "DeleteSecurityGroupRule",
                    inbound("'Rules':[{'SecurityGroupRuleId':'%s'}]".formatted(id)));
        }

        @Test
        @Rule("S1")
        void the_rule_that_lets_everything_out_goes_whatever_ports_are_given() {
            JsonNode answer = client.call(
                    "DeleteSecurityGroupRule",
                    "{'SecurityGroupId':'%s','Flow':'Outbound','IpProtocol':'-1','FromPortRange':0,'ToPortRange':0,'IpRange':'0.0.0.0/0'}"
                            .formatted(group));

            assertThat(answer.path("SecurityGroup").path("OutboundRules")).isEmpty();
        }

        @Test
        void what_is_not_there_is_unknown() {
            assertThat(client.refused(400, "5020", "DeleteSecurityGroupRule", inbound("'IpRange':'10.0.0.0/16'")))
                    .contains("everything from 10.0.0.0/16");
            client.refused(400, "7000", "DeleteSecurityGroupRule", inbound("'IpProtocol':'-1'"));
        }
    }

    @Nested
    class ReadSecurityGroups {

        @Test
        void every_filter_selects() {
            add("'FromPortRange':20,'ToPortRange':22,'IpProtocol':'tcp','IpRange':'10.5.0.0/16'");
            fixture.change(unit -> {
                unit.tags()
                        .save(new Tag(
                                unit.securityGroups().ofOwner(owner).getLast().id(), owner, "Name", "front"));
                return owner;
            });
            List<String> selectingOurs = List.of(
                    "'SecurityGroupIds':['%s']".formatted(group),
                    "'SecurityGroupNames':['web']",
                    "'Descriptions':['for a test']",
                    "'InboundRuleFromPortRanges':[20]",
                    "'InboundRuleToPortRanges':[22]",
                    "'InboundRuleIpRanges':['10.5.0.0/16']",
                    "'InboundRuleProtocols':['tcp']",
                    "'Tags':['Name=front']",
                    "'TagKeys':['Name'],'TagValues':['front']");
            List<String> selectingTheDefault = List.of(
                    "'InboundRuleAccountIds':['%s']".formatted(owner),
                    "'InboundRuleAccountIds':[%s]".formatted(owner),
                    "'InboundRuleSecurityGroupIds':['%s']".formatted(standard.id()),
                    "'InboundRuleSecurityGroupNames':['default']");
            List<String> selectingBoth = List.of(
                    "'NetIds':['%s']".formatted(net.id()),
                    "'OutboundRuleIpRanges':['0.0.0.0/0']",
                    "'OutboundRuleProtocols':['-1']",
                    "'OutboundRuleFromPortRanges':[-1]",
                    "'OutboundRuleToPortRanges':[-1]");

            assertThat(selectingOurs).allSatisfy(it -> assertThat(idsRead(it)).containsExactly(group));
            assertThat(selectingTheDefault)
                    .allSatisfy(it -> assertThat(idsRead(it))
                            .containsExactly(standard.id().value()));
            assertThat(selectingBoth)
                    .allSatisfy(it -> assertThat(idsRead(it))
                            .containsExactly(standard.id().value(), group));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'OutboundRuleSecurityGroupIds':['sg-12345678']",
                    "'OutboundRuleSecurityGroupNames':['default']",
                    "'OutboundRuleAccountIds':['123456789012']",
                    "'SecurityGroupIds':['nonsense']",
                    "'SecurityGroupNames':['Web']"
                })
        void what_matches_nothing_answers_an_empty_list(String filters) {
            assertThat(idsRead(filters)).isEmpty();
        }

        @Test
        @Rule("A4")
        void anothers_group_is_not_shown() {
            String theirs = fixture.defaultGroup(peer).id().value();

            assertThat(idsRead("'SecurityGroupIds':['%s']".formatted(theirs))).isEmpty();
            assertThat(clientOf(other).call("ReadSecurityGroups", "").path("SecurityGroups"))
                    .hasSize(1);
        }

        @Test
        void bad_filters_are_refused() {
            client.refused(400, "3001", "ReadSecurityGroups", "{'Filters':{'GroupIds':['x']}}");
            client.refused(400, "4110", "ReadSecurityGroups", "{'Filters':{'InboundRuleToPortRanges':['22']}}");
        }
    }
}
