package dev.linkspan.acceptance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Json;
import dev.linkspan.core.Rule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The documented errors, case by case; none of them changes anything. */
class ErrorsTest {

    @RegisterExtension
    static final LinkspanServer SERVER = LinkspanServer.with();

    private static Account account;
    private static Account other;
    private static String net;
    private static String subnet;
    private static String vm;
    private static String table;
    private static String group;
    private static String othersNet;

    @BeforeAll
    static void an_account_has_a_net_with_a_vm() {
        account = SERVER.account();
        net = account.net("10.1.0.0/16");
        subnet = account.subnet(net, "10.1.1.0/24");
        vm = account.vm(subnet);
        table = account.routeTable(net);
        group = account.defaultGroup(net);
        other = SERVER.account();
        othersNet = other.inhabitedNet("10.2.0.0/16");
    }

    private static String everything() {
        StringBuilder all = new StringBuilder();
        for (String call : List.of(
                "ReadNets",
                "ReadSubnets",
                "ReadVms",
                "ReadNics",
                "ReadRouteTables",
                "ReadSecurityGroups",
                "ReadNetPeerings")) {
            Answer answer = account.ask(call);
            all.append(answer.at(call.substring("Read".length()))).append('\n');
        }
        return all.toString();
    }

    static Stream<Arguments> refusedParameters() {
        return Stream.of(
                arguments("CreateNet", Json.object(), 400, "7000", "IpRange"),
                arguments("CreateNet", Json.object("IpRange", ""), 400, "7000", "IpRange"),
                arguments("AcceptNetPeering", Json.object(), 400, "7000", "NetPeeringId"),
                arguments("CreateNet", Json.object("IpRange", "10.0.0.0/16", "Colour", "red"), 400, "3001", "Colour"),
                arguments(
                        "ReadNets", Json.object("Filters", Json.object("Colour", List.of("x"))), 400, "3001", "Colour"),
                arguments("CreateNet", Json.object("IpRange", 10), 400, "4110", "IpRange"),
                arguments("CreateNet", Json.object("IpRange", List.of("10.0.0.0/16")), 400, "4110", "IpRange"),
                arguments("ReadNets", Json.object("Filters", List.of()), 400, "4110", "Filters"),
                arguments("ReadNets", Json.object("DryRun", "yes"), 400, "4110", "DryRun"),
                arguments("DeleteNet", Json.object("NetId", "subnet-12345678"), 400, "4104", "NetId"),
                arguments("DeleteNet", Json.object("NetId", "vpc-123"), 400, "4105", "NetId"),
                arguments("DeleteNet", Json.object("NetId", "vpc-1234567G"), 400, "4105", "NetId"),
                arguments("AcceptNetPeering", Json.object("NetPeeringId", "vpc-12345678"), 400, "4104", "NetPeeringId"),
                arguments(
                        "ReadVms", Json.object("Filters", Json.object("VmIds", List.of("x-1"))), 400, "4104", "VmIds"),
                arguments("CreateNet", Json.object("IpRange", "10.0.0.0"), 400, "4047", "IpRange"),
                arguments("CreateNet", Json.object("IpRange", "10.0.0.1/16"), 400, "4047", "10.0.0.1/16"),
                arguments("CreateNet", Json.object("IpRange", "300.0.0.0/16"), 400, "4047", "300.0.0.0/16"),
                arguments("CreateNet", Json.object("IpRange", "10.0.0.0/15"), 400, "4014", "/15"),
                arguments("CreateNet", Json.object("IpRange", "10.0.0.0/29"), 400, "4014", "/29"));
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @MethodSource("refusedParameters")
    @Rule("E2")
    void wrong_parameters_are_named(String call, ObjectNode arguments, int status, String code, String named) {
        isRefused(account.call(call, arguments), status, code, named);
    }

    static Stream<Arguments> refusedContents() {
        return Stream.of(
                arguments("DeleteNet", new Object[] {"NetId", "vpc-00000000"}, 400, "5065"),
                arguments("DeleteSubnet", new Object[] {"SubnetId", "subnet-00000000"}, 400, "5057"),
                arguments("DeleteRouteTable", new Object[] {"RouteTableId", "rtb-00000000"}, 400, "5046"),
                arguments("UnlinkRouteTable", new Object[] {"LinkRouteTableId", "rtbassoc-00000000"}, 400, "5047"),
                arguments("DeleteSecurityGroup", new Object[] {"SecurityGroupId", "sg-00000000"}, 400, "5020"),
                arguments("DeleteVms", new Object[] {"VmIds", List.of("i-00000000")}, 400, "5063"),
                arguments("DeleteNic", new Object[] {"NicId", "eni-00000000"}, 400, "5036"),
                arguments("UnlinkNic", new Object[] {"LinkNicId", "eni-attach-00000000"}, 400, "5007"),
                arguments("RejectNetPeering", new Object[] {"NetPeeringId", "pcx-00000000"}, 400, "5035"));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("refusedContents")
    @Rule("E2")
    void an_id_that_nothing_has_is_unknown(String call, Object[] arguments, int status, String code) {
        Object id = arguments[1] instanceof List<?> list ? list.getFirst() : arguments[1];
        isRefused(account.call(call, arguments), status, code, "'%s' doesn't exist.".formatted(id));
    }

    @Test
    @Rule("A4")
    void anothers_net_is_answered_like_one_that_does_not_exist() {
        isRefused(
                account.call("DeleteNet", "NetId", othersNet),
                400,
                "5065",
                "The NetId '%s' doesn't exist.".formatted(othersNet));
        isRefused(account.call("CreateSubnet", "NetId", othersNet, "IpRange", "10.2.9.0/24"), 400, "5065", othersNet);
        assertThat(account.ask("ReadNets", "Filters", Json.object("NetIds", List.of(othersNet)))
                        .list("Nets"))
                .isEmpty();
    }

    @Test
    void a_subnet_lies_inside_its_net_beside_the_others_and_is_neither_too_big_nor_too_small() {
        isRefused(account.call("CreateSubnet", "NetId", net, "IpRange", "10.1.1.0/25"), 409, "9058", "10.1.1.0/2");
        isRefused(account.call("CreateSubnet", "NetId", net, "IpRange", "10.2.0.0/24"), 400, "4045", "10.2.0.0/24");
        isRefused(account.call("CreateSubnet", "NetId", net, "IpRange", "10.0.0.0/15"), 400, "", "10.0.0.0/15");
        isRefused(account.call("CreateSubnet", "NetId", net, "IpRange", "10.1.9.0/30"), 400, "", "10.1.9.0/30");
        isRefused(
                account.call("CreateSubnet", "NetId", net, "IpRange", "10.1.9.0/24", "SubregionName", "eu-west-2z"),
                400,
                "5009",
                "eu-west-2z");
    }

    @Test
    void what_is_in_use_stays() {
        isRefused(account.call("DeleteSubnet", "SubnetId", subnet), 409, "9095", subnet);
        isRefused(account.call("DeleteSecurityGroup", "SecurityGroupId", group), 409, "9051", "");
        isRefused(account.call("DeleteNet", "NetId", net), 400, "9029", net);
        isRefused(account.call("DeleteRouteTable", "RouteTableId", table), 400, "9029", table);
        assertThat(account.ask("ReadVms", "Filters", Json.object("VmIds", List.of(vm)))
                        .list("Vms"))
                .hasSize(1);
    }

    @Test
    @Rule("S2")
    void a_rule_has_one_way_to_say_what_it_allows() {
        isRefused(
                account.call(
                        "CreateSecurityGroupRule",
                        "SecurityGroupId",
                        group,
                        "Flow",
                        "Inbound",
                        "IpProtocol",
                        "tcp",
                        "FromPortRange",
                        80,
                        "ToPortRange",
                        80,
                        "IpRange",
                        "10.0.0.0/8",
                        "Rules",
                        List.of(Json.object("IpProtocol", "-1", "IpRanges", List.of("10.0.0.0/8")))),
                400,
                "3002",
                "Rules");
        isRefused(
                account.call(
                        "CreateSecurityGroupRule",
                        "SecurityGroupId",
                        group,
                        "Flow",
                        "Sideways",
                        "IpProtocol",
                        "-1",
                        "IpRange",
                        "10.0.0.0/8"),
                400,
                "4047",
                "Flow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CreateEverything", "createNet", "../../etc/passwd"})
    void an_unknown_call_is_not_found(String call) {
        Answer answer = SERVER.unjudgedClient()
                .asAccount(account.key(), LinkspanServer.REGION)
                .call(call);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errorCode()).isEqualTo("12000");
        assertThat(answer.errorType()).isEqualTo("InvalidAction");
    }

    @Test
    @Rule("E1")
    void an_error_has_its_keys_in_order_and_a_request_id() {
        Answer answer = account.call("DeleteNet", "NetId", "vpc-00000000");

        assertThat(answer.body().propertyNames()).containsExactly("Errors", "ResponseContext");
        assertThat(answer.at("Errors").path(0).propertyNames()).containsExactly("Code", "Details", "Type");
        assertThat(answer.at("Errors").path(0).path("Code").isString()).isTrue();
        assertThat(answer.text("ResponseContext", "RequestId")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    private static void isRefused(Answer answer, int status, String code, String named) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.errorCode()).as("%s", answer.body()).contains(code);
        assertThat(answer.errorDetails()).contains(named);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("refusedParameters")
    @Rule("E1")
    void refusals_change_nothing(String call, ObjectNode arguments) {
        String before = everything();

        assertThat(account.call(call, arguments).refused()).isTrue();

        assertThat(everything()).isEqualTo(before);
    }
}
