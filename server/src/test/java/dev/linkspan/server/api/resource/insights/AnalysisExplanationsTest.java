package dev.linkspan.server.api.resource.insights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.reachability.BlockReason;
import dev.linkspan.core.reachability.Cause;
import dev.linkspan.core.reachability.Endpoint;
import dev.linkspan.core.reachability.Leg;
import dev.linkspan.core.reachability.Question;
import dev.linkspan.core.reachability.Site;
import dev.linkspan.core.reachability.Step;
import dev.linkspan.core.reachability.Trace;
import dev.linkspan.core.reachability.Verdict;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.api.json.StrictJson;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What is told of everything that can stop a packet. */
class AnalysisExplanationsTest {

    private static final RegionName REGION = new RegionName("eu-west-2");
    private static final AccountId ANN = new AccountId("111111111111");
    private static final AccountId BOB = new AccountId("222222222222");
    private static final NetId NET = NetId.KIND.of(1);
    private static final NetId FAR = NetId.KIND.of(2);
    private static final NicId NIC = NicId.KIND.of(3);
    private static final VmId VM = VmId.KIND.of(4);
    private static final RouteTableId TABLE = RouteTableId.KIND.of(5);
    private static final NetPeeringId PEERING = NetPeeringId.KIND.of(6);
    private static final SecurityGroupId GROUP = SecurityGroupId.KIND.of(7);
    private static final SubnetId SUBNET = SubnetId.KIND.of(8);
    private static final NetworkAclId ACL = NetworkAclId.KIND.of(9);
    private static final InternetServiceId SERVICE = InternetServiceId.KIND.of(10);
    private static final NatServiceId NAT_SERVICE = NatServiceId.KIND.of(11);
    private static final Ipv4 HERE = Ipv4.parse("10.0.1.4");
    private static final Ipv4 THERE = Ipv4.parse("10.1.1.4");
    private static final Cidr RANGE = Cidr.parse("10.1.0.0/16");
    private static final Traffic WEB = new Traffic.Ports(Traffic.TCP, 443, 443);
    private static final Route ROUTE = new Route(RANGE, new RouteTarget.Peering(PEERING));

    private static Trace trace(Step step, BlockReason blockReason) {
        Site from = new Site(
                NET,
                ANN,
                Cidr.parse("10.0.0.0/16"),
                HERE,
                Optional.of(SUBNET),
                Cidr.of(HERE),
                Optional.of(NIC),
                Optional.of(VM));
        Site to =
                new Site(FAR, BOB, RANGE, THERE, Optional.empty(), Cidr.of(THERE), Optional.empty(), Optional.empty());
        Question question = new Question(new Endpoint.InVm(VM), new Endpoint.AtAddress(Optional.of(FAR), THERE), WEB);
        Verdict verdict = Verdict.of(List.of(new Cause(step, blockReason, List.of())));
        return new Trace(question, Optional.of(from), HERE, Optional.of(to), THERE, List.of(step), verdict);
    }

    private static JsonNode explained(BlockReason blockReason) {
        Step step = step(blockReason);
        assertThat(step.blockReason()).contains(blockReason);
        Trace trace = trace(step, blockReason);
        AnalysisExplanations explanations = new AnalysisExplanations(new AnalysisFields(REGION, ANN), trace);
        return StrictJson.tree(explanations.of(trace.verdict().causes().getFirst()));
    }

    /** A decision that goes wrong in this way. */
    private static Step step(BlockReason blockReason) {
        return switch (blockReason) {
            case VM_STOPPED -> machine(Step.Condition.STOPPED);
            case NIC_NOT_LINKED -> machine(Step.Condition.NOT_LINKED);
            case NOBODY_THERE -> machine(Step.Condition.NOBODY);
            case SUBREGION_FAILED -> new Step.InSubregion(Leg.THERE, NET, new SubregionName("eu-west-2a"), true);
            case SOURCE_CHECK -> new Step.SourceCheck(Leg.THERE, NET, NIC, Ipv4.parse("10.0.1.5"), false, true);
            case NO_RULE ->
                new Step.Groups(Leg.THERE, NET, NIC, Direction.OUTBOUND, WEB, THERE, List.of(GROUP), Optional.empty());
            case NETWORK_ACL ->
                new Step.SubnetBorder(
                        Leg.THERE, NET, SUBNET, ACL, Direction.OUTBOUND, WEB, THERE, Optional.empty(), false);
            case NO_ROUTE -> routing(Step.Outcome.NOWHERE);
            case DEAD_ROUTE -> routing(Step.Outcome.DEAD);
            case WRONG_ROUTE -> routing(Step.Outcome.ELSEWHERE);
            case NOT_TRANSITIVE -> routing(Step.Outcome.BEYOND);
            case OVERLAP -> routing(Step.Outcome.OVERLAP);
            case INTERNET_SERVICE_NOT_LINKED -> routing(Step.Outcome.NOT_LINKED);
            case EXIT_NOT_SHARED -> routing(Step.Outcome.NOT_SHARED);
            case NO_PUBLIC_ADDRESS -> new Step.Leaving(Leg.THERE, NET, Optional.of(SERVICE), HERE, Optional.empty());
            case NAT_SERVICE_DELETED -> routing(Step.Outcome.NAT_DELETED);
            case NAT_BEHIND_NAT -> routing(Step.Outcome.NAT_AGAIN);
            case NOT_TRANSLATABLE ->
                new Step.Translating(Leg.THERE, NET, NAT_SERVICE, new Traffic.Other(47), HERE, Ipv4.parse("10.0.2.4"));
            case NAT_SERVICE_SILENT -> machine(Step.Condition.NAT_SERVICE);
            case NO_ANSWER -> new Step.Outside(Leg.THERE, NET, Ipv4.parse("203.0.113.9"), Step.Answer.SILENT);
            case NO_PEERING -> crossing(Optional.empty(), Optional.empty());
            case PEERING_PENDING -> crossing(Optional.of(PEERING), Optional.of(PeeringStateName.PENDING_ACCEPTANCE));
            case ROUTER_SILENT -> new Step.Router(Leg.THERE, NET, Ipv4.parse("10.0.1.1"), false);
            case BEGINS_NO_FLOW -> new Step.Beginning(Leg.THERE, NET, WEB, false);
            case TOO_MANY_FLOWS -> new Step.Tracking(Leg.THERE, NET, Optional.of(NIC), Optional.empty(), 16_384);
            case NOT_LET_IN -> new Step.OtherSide(Leg.THERE, FAR, BOB, Step.Telling.TOLD, Optional.of(blockReason));
            case NO_WAY_BACK -> new Step.OtherSide(Leg.BACK, FAR, BOB, Step.Telling.TOLD, Optional.of(blockReason));
        };
    }

    private static Step machine(Step.Condition condition) {
        boolean somebody = condition != Step.Condition.NOBODY;
        Optional<VmId> vm = condition == Step.Condition.STOPPED ? Optional.of(VM) : Optional.empty();
        Optional<NicId> nic = somebody ? Optional.of(NIC) : Optional.empty();
        return new Step.Machine(Leg.THERE, NET, Direction.OUTBOUND, HERE, nic, vm, condition);
    }

    private static Step routing(Step.Outcome outcome) {
        Optional<Route> route = outcome == Step.Outcome.NOWHERE ? Optional.empty() : Optional.of(ROUTE);
        return new Step.Routing(Leg.THERE, NET, TABLE, THERE, route, Optional.of(PeeringStateName.DELETED), outcome);
    }

    private static Step crossing(Optional<NetPeeringId> peering, Optional<PeeringStateName> state) {
        return new Step.Crossing(Leg.THERE, NET, peering, FAR, RANGE, state);
    }

    @ParameterizedTest
    @CsvSource({
        "VM_STOPPED,       BAD_STATE,                         i-00000004,   ''",
        "NIC_NOT_LINKED,   BAD_STATE_ATTACHMENT,              eni-00000003, instance",
        "NOBODY_THERE,     NO_NETWORK_INTERFACE_AT_ADDRESS,   '',           network-interface",
        "SUBREGION_FAILED, AVAILABILITY_ZONE_FAILED,          '',           ''",
        "SOURCE_CHECK,     ENI_SOURCE_DEST_CHECK_RESTRICTION, eni-00000003, ''",
        "NO_RULE,          ENI_SG_RULES_MISMATCH,             eni-00000003, security-group-rule",
        "NO_ROUTE,         NO_ROUTE_TO_DESTINATION,           rtb-00000005, route",
        "DEAD_ROUTE,       BAD_STATE_ROUTE,                   rtb-00000005, ''",
        "WRONG_ROUTE,      ROUTE_LEADS_TO_OTHER_VPC,          rtb-00000005, ''",
        "NOT_TRANSITIVE,   PCX_REQUIRES_ADDRESS_IN_VPC_CIDR,  rtb-00000005, ''",
        "OVERLAP,          VPC_CIDRS_OVERLAP,                 rtb-00000005, ''",
        "NO_PEERING,       NO_VPC_PEERING_CONNECTION,         '',           vpc-peering-connection",
        "PEERING_PENDING,  BAD_STATE,                         pcx-00000006, ''",
        "NAT_SERVICE_DELETED, BAD_STATE_ROUTE,                rtb-00000005, ''",
        "NAT_BEHIND_NAT,   NGW_SENDS_TO_NO_OTHER_NGW,         rtb-00000005, ''",
        "NOT_TRANSLATABLE, NGW_PROTOCOL_RESTRICTION,          nat-0000000b, ''",
        "NAT_SERVICE_SILENT, NGW_PASSES_ON_REPLIES_ONLY,      eni-00000003, ''",
        "ROUTER_SILENT,    ROUTER_ANSWERS_PING_ONLY,          vpc-00000001, ''",
        "BEGINS_NO_FLOW,   PACKET_BEGINS_NO_FLOW,             '',           ''",
        "TOO_MANY_FLOWS,   TOO_MANY_FLOWS,                    eni-00000003, ''",
        "NOT_LET_IN,       OTHER_ACCOUNT_DOES_NOT_LET_IN,     vpc-00000002, ''",
        "NO_WAY_BACK,      OTHER_ACCOUNT_HAS_NO_ROUTE_BACK,   vpc-00000002, route",
    })
    void each_trouble_has_a_code_with_the_component_that_it_is_about(
            BlockReason blockReason, String code, String component, String missing) {
        JsonNode explanation = explained(blockReason);

        assertThat(explanation.path("ExplanationCode").asString()).isEqualTo(code);
        assertThat(explanation.path("Component").path("Id").asString()).isEqualTo(component);
        assertThat(explanation.path("MissingComponent").asString()).isEqualTo(missing);
    }

    @ParameterizedTest
    @EnumSource(BlockReason.class)
    void each_says_in_which_vpc(BlockReason blockReason) {
        JsonNode explanation = explained(blockReason);
        boolean crosses = blockReason == BlockReason.NO_PEERING || blockReason == BlockReason.PEERING_PENDING;
        boolean router = blockReason == BlockReason.ROUTER_SILENT;
        String vpc = explanation
                .path(crosses ? "SourceVpc" : router ? "Component" : "Vpc")
                .path("Arn")
                .asString();

        assertThat(vpc)
                .isIn(
                        "arn:aws:ec2:eu-west-2:111111111111:vpc/vpc-00000001",
                        "arn:aws:ec2:eu-west-2:222222222222:vpc/vpc-00000002");
    }

    @Test
    void a_route_that_leads_nowhere_is_shown_with_its_peering_and_its_state() {
        JsonNode explanation = explained(BlockReason.DEAD_ROUTE);

        assertThat(explanation.path("RouteTableRoute").path("DestinationCidr").asString())
                .isEqualTo("10.1.0.0/16");
        assertThat(explanation.path("RouteTableRoute").path("State").asString()).isEqualTo("blackhole");
        assertThat(explanation.path("VpcPeeringConnection").path("Id").asString())
                .isEqualTo("pcx-00000006");
        assertThat(explanation.path("State").asString()).isEqualTo("deleted");
        assertThat(explained(BlockReason.WRONG_ROUTE).has("State")).isFalse();
    }

    @Test
    void of_the_other_side_its_account_is_told() {
        JsonNode explanation = explained(BlockReason.NOT_LET_IN);

        assertThat(explanation.path("ComponentAccount").asString()).isEqualTo("222222222222");
        assertThat(explanation.path("ComponentRegion").asString()).isEqualTo("eu-west-2");
        assertThat(explanation.path("Direction").asString()).isEqualTo("ingress");
        assertThat(explained(BlockReason.NO_WAY_BACK).path("Direction").asString())
                .isEqualTo("egress");
    }

    @Test
    void a_machine_that_is_stopped_is_shown_with_its_network_interface_and_subnet() {
        JsonNode explanation = explained(BlockReason.VM_STOPPED);

        assertThat(explanation.path("State").asString()).isEqualTo("stopped");
        assertThat(explanation.path("NetworkInterface").path("Id").asString()).isEqualTo("eni-00000003");
        assertThat(explanation.path("Subnet").path("Id").asString()).isEqualTo("subnet-00000008");
        assertThat(explained(BlockReason.SUBREGION_FAILED)
                        .path("AvailabilityZoneSet")
                        .path(0)
                        .asString())
                .isEqualTo("eu-west-2a");
    }
}
