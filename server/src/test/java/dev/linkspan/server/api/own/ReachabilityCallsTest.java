package dev.linkspan.server.api.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Rule;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.FlowTables.FlowTable;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.SetFlowTables;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.call.Asker;
import dev.linkspan.server.api.call.Invocation;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadTurns;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.api.resource.peering.NetPeeringCalls;
import dev.linkspan.server.api.resource.routing.RouteTableCalls;
import dev.linkspan.server.api.resource.securitygroup.SecurityGroupCalls;
import dev.linkspan.server.api.resource.vm.VmCalls;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReachabilityCallsTest {

    private static final Asker OPERATOR = new Asker.Operator();

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId ann = fixture.account();
    private final AccountId bob = fixture.account();
    private final Net annsNet = fixture.net(ann, "10.0.0.0/16");
    private final Subnet annsSubnet = fixture.subnet(annsNet, "10.0.1.0/24");
    private final Net bobsNet = fixture.net(bob, "10.1.0.0/16");
    private final Subnet bobsSubnet = fixture.subnet(bobsNet, "10.1.1.0/24");
    private final Vm annsVm =
            fixture.vm(annsSubnet, "10.0.1.4", fixture.defaultGroup(annsNet).id());
    private final Vm bobsVm =
            fixture.vm(bobsSubnet, "10.1.1.4", fixture.defaultGroup(bobsNet).id());

    private final SetFlowTables flowTables = new SetFlowTables();
    private final ReachabilityCalls calls = new ReachabilityCalls(
            store, List.of(Fixture.REGION), operations(), new ReadTurns(), flowTables, PublicIpPools.NONE);

    private static List<Operation> operations() {
        return Stream.of(
                        new RouteTableCalls(new RouteTables()).operations(),
                        new SecurityGroupCalls(new SecurityGroups()).operations(),
                        new NetPeeringCalls(new NetPeerings(PeeringRules.STANDARD)).operations(),
                        new VmCalls(new Vms(PublicIpPools.NONE)).operations())
                .flatMap(List::stream)
                .toList();
    }

    private static Asker as(AccountId account) {
        return new Asker.Tenant(new Caller(account, Fixture.REGION));
    }

    /** Arguments are JSON in which single quotes stand for double ones. */
    private JsonNode call(Asker asker, String name, String arguments) {
        Operation.Own<?> operation = calls.operations().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
        return StrictJson.tree(call(asker, operation, arguments.replace('\'', '"')));
    }

    private static <Q extends Record> Object call(Asker asker, Operation.Own<Q> operation, String arguments) {
        Q request = StrictJson.bind(StrictJson.parse(arguments.getBytes(StandardCharsets.UTF_8)), operation.request());
        return operation.handler().handle(new Invocation(asker, "127.0.0.1", new Origin("test", "r")), request);
    }

    private JsonNode web(Asker asker, String plan) {
        return call(
                asker,
                "TracePath",
                "{'From':'%s','To':'10.1.1.4','IpProtocol':'tcp','Port':443,'Plan':[%s]}".formatted(annsVm.id(), plan));
    }

    private static List<String> blockReasons(JsonNode trace) {
        return trace.path("Causes")
                .valueStream()
                .map(cause -> cause.path("Trouble").asString())
                .toList();
    }

    @Test
    void a_full_table_of_flows_is_told_to_the_nets_owner_and_the_operator() {
        fixture.activePeering(annsNet, bobsNet);
        flowTables.put(bobsNet.id(), new FlowTable(9, 9, Set.of(), Set.of()));

        assertThat(blockReasons(web(OPERATOR, ""))).contains("TOO_MANY_FLOWS");
        assertThat(blockReasons(web(as(ann), ""))).doesNotContain("TOO_MANY_FLOWS");

        flowTables.put(annsNet.id(), new FlowTable(9, 9, Set.of(), Set.of()));

        assertThat(blockReasons(web(as(ann), ""))).contains("TOO_MANY_FLOWS");
    }

    @Test
    void the_operator_sees_every_cause_with_the_call_against_it() {
        NetPeering peering = fixture.activePeering(annsNet, bobsNet);

        JsonNode trace = web(OPERATOR, "");

        assertThat(trace.path("Verdict").asString()).isEqualTo("blocked");
        assertThat(blockReasons(trace)).containsExactly("NO_ROUTE", "NO_RULE", "NO_ROUTE");
        JsonNode remedy = trace.path("Remedies").path(0);
        assertThat(remedy.path("Call").asString()).isEqualTo("CreateRoute");
        assertThat(remedy.path("AccountId").asString()).isEqualTo(ann.value());
        assertThat(remedy.path("Arguments").path("NetPeeringId").asString())
                .isEqualTo(peering.id().value());
    }

    @Test
    @Rule("A4")
    void an_account_sees_of_the_other_side_only_what_it_answers() {
        fixture.activePeering(annsNet, bobsNet);

        JsonNode trace = web(as(ann), "");

        assertThat(blockReasons(trace)).containsExactly("NO_ROUTE", "NOT_LET_IN");
        assertThat(trace.toString())
                .doesNotContain(bobsVm.id().value())
                .doesNotContain(fixture.mainTable(bobsNet).id().value())
                .doesNotContain(fixture.defaultGroup(bobsNet).id().value());
        assertThat(trace.path("Remedies").path(1).path("Ask").asString())
                .isEqualTo("let tcp/443 from 10.0.1.0/24 in to 10.1.1.4, and have a machine run there");
    }

    @Test
    @Rule("A4")
    void the_other_owners_machine_is_unknown_to_an_account() {
        assertThatThrownBy(
                        () -> call(as(ann), "TracePath", "{'From':'%s','To':'%s'}".formatted(annsVm.id(), bobsVm.id())))
                .isInstanceOf(Refusal.class)
                .hasMessage("The To '%s' doesn't exist.", bobsVm.id());
    }

    @Test
    @Rule("A4")
    void nothing_is_told_of_the_other_side_before_its_owner_accepts() {
        fixture.pendingPeering(annsNet, bobsNet);

        assertThat(blockReasons(web(as(ann), ""))).containsExactly("NO_ROUTE", "PEERING_PENDING");
    }

    private static String told(JsonNode trace) {
        return trace.path("Steps")
                .valueStream()
                .filter(step -> step.path("Kind").asString().equals("OtherSide"))
                .map(step -> "%s %s"
                        .formatted(
                                step.path("Leg").asString(), step.path("Told").asBoolean()))
                .collect(Collectors.joining(", "));
    }

    @Test
    @Rule("A4")
    void what_the_other_side_sends_is_not_told_whatever_is_there() {
        fixture.activePeering(annsNet, bobsNet);
        String question = "{'From':'%s','FromNetId':'%s','To':'%s','IpProtocol':'tcp','Port':443}";

        JsonNode machine = call(as(ann), "TracePath", question.formatted("10.1.1.4", bobsNet.id(), annsVm.id()));
        JsonNode nobody = call(as(ann), "TracePath", question.formatted("10.1.9.9", bobsNet.id(), annsVm.id()));

        assertThat(told(machine)).isEqualTo("there false");
        assertThat(nobody.toString().replace("10.1.9.9", "10.1.1.4")).isEqualTo(machine.toString());
    }

    @Test
    @Rule("A4")
    void planning_to_accept_tells_nothing_of_the_other_side() {
        NetPeering asked = fixture.pendingPeering(bobsNet, annsNet);
        String accept = "{'Call':'AcceptNetPeering','Arguments':{'NetPeeringId':'%s'}}".formatted(asked.id());

        JsonNode trace = web(as(ann), accept);
        JsonNode health =
                call(as(ann), "ReadPeeringHealth", "{'NetPeeringId':'%s','Plan':[%s]}".formatted(asked.id(), accept));

        assertThat(told(trace)).isEqualTo("there false, back false");
        assertThat(blockReasons(trace)).containsExactly("NO_ROUTE");
        assertThat(health.path("Source").path("Leads").asString()).isEqualTo("UNTOLD");
    }

    @Test
    @Rule("A4")
    void a_plan_names_of_others_only_what_the_account_sees_in_truth() {
        NetPeering asked = fixture.pendingPeering(bobsNet, annsNet);
        Net carolsNet = fixture.net(fixture.account(), "10.2.0.0/16");
        String request =
                "{'Call':'CreateNetPeering','Arguments':{'SourceNetId':'%s','AccepterNetId':'%s','AccepterOwnerId':'%s'}}"
                        .formatted(annsNet.id(), carolsNet.id(), carolsNet.owner());

        assertThatThrownBy(() -> web(as(ann), request))
                .hasMessageEndingWith("The AccepterNetId '%s' doesn't exist.", carolsNet.id());
        for (String group : List.of(fixture.defaultGroup(bobsNet).id().value(), "sg-0badbeef")) {
            assertThatThrownBy(() -> web(as(ann), acceptedWithRule(asked, group)))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("groups of one's own are expected");
        }
    }

    /** A plan that accepts, and lets the members of a group in. */
    private String acceptedWithRule(NetPeering asked, String group) {
        return "{'Call':'AcceptNetPeering','Arguments':{'NetPeeringId':'%s'}},{'Call':'CreateSecurityGroupRule','Arguments':{'SecurityGroupId':'%s','Flow':'Inbound','Rules':[{'IpProtocol':'-1','SecurityGroupsMembers':[{'SecurityGroupId':'%s'}]}]}}"
                .formatted(asked.id(), fixture.defaultGroup(annsNet).id(), group);
    }

    @Test
    void planned_calls_are_thought_through_and_not_kept() {
        NetPeering peering = fixture.activePeering(annsNet, bobsNet);
        String route =
                "{'Call':'CreateRoute','Arguments':{'RouteTableId':'%s','DestinationIpRange':'10.1.0.0/16','NetPeeringId':'%s'}}"
                        .formatted(fixture.mainTable(annsNet).id(), peering.id());

        assertThat(blockReasons(web(as(ann), route))).containsExactly("NOT_LET_IN");
        assertThat(fixture.mainTable(annsNet).routes()).hasSize(1);
    }

    @Test
    void the_remedies_of_an_answer_are_a_plan_that_makes_it_reachable() {
        fixture.activePeering(annsNet, bobsNet);
        StringBuilder plan = new StringBuilder();
        for (JsonNode remedy : web(OPERATOR, "").path("Remedies")) {
            plan.append(plan.isEmpty() ? "" : ",").append(remedy);
        }

        JsonNode after = web(OPERATOR, plan.toString());

        assertThat(after.path("Verdict").asString()).as("%s", after).isEqualTo("reachable");
    }

    @Test
    void the_remedies_are_such_a_plan_even_where_the_peering_is_yet_to_be_made() {
        String question = "{'From':'%s','To':'%s','Plan':[%s]}";
        JsonNode before = call(OPERATOR, "TracePath", question.formatted(annsVm.id(), bobsVm.id(), ""));
        String plan =
                before.path("Remedies").valueStream().map(JsonNode::toString).collect(Collectors.joining(","));

        JsonNode after = call(OPERATOR, "TracePath", question.formatted(annsVm.id(), bobsVm.id(), plan));

        assertThat(blockReasons(before)).contains("NO_PEERING");
        assertThat(after.path("Verdict").asString()).as("%s", after).isEqualTo("reachable");
        List<NetPeering> kept = store.read(Fixture.REGION, it -> it.peerings().liveOfNet(annsNet.id()));
        assertThat(kept).isEmpty();
    }

    @Test
    void a_planned_call_cannot_name_what_no_earlier_one_answers() {
        String accept = "{'Call':'AcceptNetPeering','AccountId':'%s','Arguments':{'NetPeeringId':'%s'}}";

        assertThatThrownBy(
                        () -> web(OPERATOR, accept.formatted(bob, "<the NetPeeringId that CreateNetPeering answers>")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no call before it in the Plan is a CreateNetPeering");
        assertThatThrownBy(() -> web(
                        OPERATOR,
                        "{'Call':'CreateNetPeering','AccountId':'%s','Arguments':{'SourceNetId':'%s','AccepterNetId':'%s','AccepterOwnerId':'%s'}},"
                                        .formatted(ann, annsNet.id(), bobsNet.id(), bob)
                                + accept.formatted(bob, "<the SubnetId that CreateNetPeering answers>")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("CreateNetPeering answers no text that is named SubnetId");
    }

    @Test
    void a_planned_call_that_would_be_refused_is_refused_with_its_number() {
        assertThatThrownBy(() -> web(
                        as(ann),
                        "{'Call':'DeleteRoute','Arguments':{'RouteTableId':'%s','DestinationIpRange':'10.9.0.0/16'}}"
                                .formatted(fixture.mainTable(annsNet).id())))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("Call 1 of the Plan, DeleteRoute: ");
    }

    @Test
    @Rule("A4")
    void an_account_plans_its_own_calls_only() {
        assertThatThrownBy(() -> web(
                        as(ann),
                        "{'Call':'StartVms','AccountId':'%s','Arguments':{'VmIds':['%s']}}"
                                .formatted(bob, bobsVm.id())))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("an account plans its own calls only");
    }

    @Test
    void a_port_needs_a_protocol_that_has_ports() {
        assertThatThrownBy(() ->
                        call(OPERATOR, "TracePath", "{'From':'%s','To':'10.1.1.4','Port':22}".formatted(annsVm.id())))
                .isInstanceOf(Refusal.class)
                .hasMessage("A Port goes with the IpProtocol tcp or udp only.");
    }

    @Test
    void what_is_no_end_is_refused() {
        assertThatThrownBy(() -> call(OPERATOR, "TracePath", "{'From':'there','To':'10.1.1.4'}"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("the id of a VM or of a NIC, or an IPv4 address, is expected");
    }

    private JsonNode ping(Asker asker, String from, String to) {
        return call(asker, "TracePath", "{'From':'%s','To':'%s'}".formatted(from, to));
    }

    @Test
    void an_address_that_no_route_leads_to_is_looked_for_in_the_nets_of_the_asker() {
        Net annsOther = fixture.net(ann, "10.4.0.0/16");

        JsonNode trace = ping(as(ann), annsVm.id().value(), "10.4.0.4");

        assertThat(trace.path("To").path("NetId").asString())
                .isEqualTo(annsOther.id().value());
        assertThat(blockReasons(trace)).contains("NO_PEERING");
        assertThat(trace.path("Remedies").path(0).path("Call").asString()).isEqualTo("CreateNetPeering");
        assertThat(ping(as(ann), "10.0.1.4", "10.4.0.4")
                        .path("From")
                        .path("VmId")
                        .asString())
                .isEqualTo(annsVm.id().value());
    }

    @Test
    void a_sender_is_found_by_its_address_also_in_the_net_of_a_peer() {
        fixture.activePeering(annsNet, bobsNet);

        JsonNode trace = ping(as(bob), "10.0.1.4", "10.1.1.4");

        assertThat(trace.path("From").path("NetId").asString())
                .isEqualTo(annsNet.id().value());
        assertThat(trace.path("To").path("VmId").asString())
                .isEqualTo(bobsVm.id().value());
    }

    @Test
    @Rule("A4")
    void the_nets_of_strangers_are_not_looked_into() {
        assertThat(ping(as(ann), annsVm.id().value(), "10.1.1.4").has("To")).isFalse();
        assertThatThrownBy(() -> ping(as(ann), "10.1.1.4", annsVm.id().value()))
                .isInstanceOf(Refusal.class)
                .hasMessage("The value '10.1.1.4' of From is not accepted: none of your Nets, nor one that is peered"
                        + " with them, has that address.");
        assertThat(ping(OPERATOR, "10.0.1.4", "10.1.1.4")
                        .path("To")
                        .path("VmId")
                        .asString())
                .isEqualTo(bobsVm.id().value());
    }

    @Test
    void of_several_nets_the_one_with_a_machine_there_is_meant() {
        fixture.net(ann, "10.0.0.0/16");
        fixture.net(bob, "10.1.0.0/16");

        JsonNode trace = ping(OPERATOR, "10.0.1.4", "10.1.1.4");

        assertThat(trace.path("From").path("VmId").asString())
                .isEqualTo(annsVm.id().value());
        assertThat(trace.path("To").path("VmId").asString())
                .isEqualTo(bobsVm.id().value());
    }

    @Test
    void of_several_nets_that_may_be_meant_the_ids_are_named() {
        Net annsOther = fixture.net(ann, "10.4.0.0/16");
        Net annsThird = fixture.net(ann, "10.4.0.0/16");

        assertThatThrownBy(() -> ping(as(ann), annsVm.id().value(), "10.4.0.4"))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("The value '10.4.0.4' of To is not accepted: it is in several Nets, ")
                .hasMessageContaining(annsOther.id().value())
                .hasMessageContaining(annsThird.id().value())
                .hasMessageEndingWith(", and ToNetId says which one is meant.");
    }

    @Test
    @Rule("A4")
    void who_is_in_the_net_of_a_peer_is_not_told_by_what_is_ambiguous() {
        Net bobsOther = fixture.net(bob, "10.4.0.0/16");
        Net annsOther = fixture.net(ann, "10.4.0.0/16");
        fixture.activePeering(annsNet, bobsOther);
        fixture.vm(
                fixture.subnet(annsOther, "10.4.1.0/24"),
                "10.4.1.4",
                fixture.defaultGroup(annsOther).id());

        assertThatThrownBy(() -> ping(as(ann), "10.4.1.4", "10.0.1.4"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(bobsOther.id().value())
                .hasMessageContaining(annsOther.id().value());
    }

    @Test
    void whom_a_machine_talks_to_is_answered_as_sets() {
        fixture.activePeering(annsNet, bobsNet);

        JsonNode answer =
                call(as(ann), "ReadReachability", "{'Of':'%s','IpProtocol':'tcp','Port':443}".formatted(annsVm.id()));

        assertThat(answer.path("In").path(0).path("SecurityGroupId").asString())
                .isEqualTo(fixture.defaultGroup(annsNet).id().value());
        assertThat(answer.path("Out").path(0).path("IpRanges").toString()).isEqualTo("[\"10.0.0.0/16\"]");
    }

    @Test
    @Rule("A4")
    void the_health_of_a_peering_is_told_to_its_owners_each_with_the_own_side() {
        NetPeering peering = fixture.activePeering(annsNet, bobsNet);
        String arguments = "{'NetPeeringId':'%s'}".formatted(peering.id());

        JsonNode seen = call(as(bob), "ReadPeeringHealth", arguments);

        assertThat(seen.path("Source").path("Subnets")).isEmpty();
        assertThat(seen.path("Accepter").path("Subnets")).hasSize(1);
        assertThat(seen.path("Findings").path(0).path("Remedy").path("Call").asString())
                .isEqualTo("CreateRoute");
        assertThat(call(OPERATOR, "ReadPeeringHealth", arguments).path("Pairs")).hasSize(1);
        assertThatThrownBy(() -> call(as(fixture.account()), "ReadPeeringHealth", arguments))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("doesn't exist");
    }

    @Test
    @Rule({"A4", "L7"})
    void the_summaries_leave_out_what_is_not_the_askers() {
        AccountId cid = fixture.account();
        Net cidsNet = fixture.net(cid, "10.2.0.0/16");
        NetPeering own = fixture.activePeering(annsNet, bobsNet);
        NetPeering others = fixture.activePeering(bobsNet, cidsNet);
        String ids = "{'NetPeeringIds':['%s','pcx-00000001','%s','%s']}".formatted(others.id(), own.id(), own.id());

        assertThat(summaries(as(ann), ids)).containsExactly(own.id().value());
        assertThat(summaries(OPERATOR, ids))
                .containsExactly(others.id().value(), own.id().value());
    }

    private List<String> summaries(Asker asker, String arguments) {
        return call(asker, "ReadPeeringSummaries", arguments)
                .path("Peerings")
                .valueStream()
                .map(peering -> peering.path("NetPeeringId").asString())
                .toList();
    }

    @Test
    @Rule({"A4", "R2"})
    void a_summary_says_what_the_health_of_the_peering_comes_to() {
        NetPeering peering = fixture.activePeering(annsNet, bobsNet);

        JsonNode summary = call(as(ann), "ReadPeeringSummaries", "{'NetPeeringIds':['%s']}".formatted(peering.id()))
                .path("Peerings")
                .path(0);
        JsonNode health = call(as(ann), "ReadPeeringHealth", "{'NetPeeringId':'%s'}".formatted(peering.id()));

        assertThat(summary.path("State").asString()).isEqualTo("active");
        assertThat(summary.path("Passable").asBoolean()).isFalse();
        assertThat(health.path("Passable").asBoolean()).isFalse();
        for (String side : List.of("Source", "Accepter")) {
            for (String field : List.of("NetId", "AccountId", "IpRange", "Leads", "Admits")) {
                assertThat(summary.path(side).path(field))
                        .as(side + " " + field)
                        .isEqualTo(health.path(side).path(field));
            }
        }
    }

    @Test
    void too_many_summaries_at_once_are_refused() {
        String ids = "'pcx-00000001',".repeat(1000) + "'pcx-00000001'";

        assertThatThrownBy(() -> call(OPERATOR, "ReadPeeringSummaries", "{'NetPeeringIds':[%s]}".formatted(ids)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("NetPeeringIds")
                .hasMessageContaining("at most 1000");
    }
}
