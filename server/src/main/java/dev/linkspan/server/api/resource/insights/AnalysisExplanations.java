package dev.linkspan.server.api.resource.insights;

import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.reachability.BlockReason;
import dev.linkspan.core.reachability.Cause;
import dev.linkspan.core.reachability.Step;
import dev.linkspan.core.reachability.Trace;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.api.resource.insights.AnalysisFields.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a packet does not get there, or its reply not back. The codes are those of AWS (Reachability Analyzer Guide,
 * Explanation codes) where one means the same, and own ones in their style where none does.
 *
 * @param trace as its viewer may see it, so that nothing else of another owner is told
 *     (docs/decisions/0015-an-owner-is-told-what-packets-would-tell.md)
 */
record AnalysisExplanations(AnalysisFields fields, Trace trace) {

    private static final String EGRESS = "egress";
    private static final String INGRESS = "ingress";

    Map<String, Object> of(Cause cause) {
        Fields explanation = new Fields().with("ExplanationCode", code(cause.step(), cause.blockReason()));
        missing(cause.blockReason()).ifPresent(component -> explanation.with("MissingComponent", component));
        describe(explanation, cause);
        return explanation.values();
    }

    static String code(Step step, BlockReason blockReason) {
        return switch (blockReason) {
            case VM_STOPPED, PEERING_PENDING -> "BAD_STATE";
            case NIC_NOT_LINKED -> "BAD_STATE_ATTACHMENT";
            case NOBODY_THERE -> "NO_NETWORK_INTERFACE_AT_ADDRESS";
            case SUBREGION_FAILED -> "AVAILABILITY_ZONE_FAILED";
            case SOURCE_CHECK, SOURCE_DEST_CHECKED -> "ENI_SOURCE_DEST_CHECK_RESTRICTION";
            case NO_RULE -> "ENI_SG_RULES_MISMATCH";
            case NETWORK_ACL -> "SUBNET_ACL_RESTRICTION";
            case NO_ROUTE -> "NO_ROUTE_TO_DESTINATION";
            case DEAD_ROUTE, NAT_SERVICE_DELETED, APPLIANCE_DOWN -> "BAD_STATE_ROUTE";
            case WRONG_ROUTE -> "ROUTE_LEADS_TO_OTHER_VPC";
            case NOT_TRANSITIVE, EXIT_NOT_SHARED -> "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR";
            case INTERNET_SERVICE_NOT_LINKED ->
                step instanceof Step.Routing ? "BAD_STATE_ROUTE" : "BAD_STATE_ATTACHMENT";
            case NO_PUBLIC_ADDRESS ->
                step instanceof Step.Leaving
                        ? "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"
                        : "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS";
            case NAT_BEHIND_NAT -> "NGW_SENDS_TO_NO_OTHER_NGW";
            case NOT_TRANSLATABLE -> "NGW_PROTOCOL_RESTRICTION";
            case NAT_SERVICE_SILENT -> "NGW_PASSES_ON_REPLIES_ONLY";
            case HANDED_TO_APPLIANCE -> "HANDED_TO_NETWORK_INTERFACE";
            case NO_ANSWER -> "NO_ANSWER_FROM_OUTSIDE";
            case OVERLAP -> "VPC_CIDRS_OVERLAP";
            case NO_PEERING -> "NO_VPC_PEERING_CONNECTION";
            case ROUTER_SILENT -> "ROUTER_ANSWERS_PING_ONLY";
            case BEGINS_NO_FLOW -> "PACKET_BEGINS_NO_FLOW";
            case TOO_MANY_FLOWS -> "TOO_MANY_FLOWS";
            case NOT_LET_IN -> "OTHER_ACCOUNT_DOES_NOT_LET_IN";
            case NO_WAY_BACK -> "OTHER_ACCOUNT_HAS_NO_ROUTE_BACK";
        };
    }

    /** What has to be there and is not. */
    private static Optional<String> missing(BlockReason blockReason) {
        return switch (blockReason) {
            case NIC_NOT_LINKED -> Optional.of("instance");
            case NOBODY_THERE -> Optional.of("network-interface");
            case NO_RULE -> Optional.of("security-group-rule");
            case NO_ROUTE, NO_WAY_BACK -> Optional.of("route");
            case NO_PEERING -> Optional.of("vpc-peering-connection");
            case NO_PUBLIC_ADDRESS -> Optional.of("elastic-ip");
            case VM_STOPPED,
                    PEERING_PENDING,
                    SUBREGION_FAILED,
                    SOURCE_CHECK,
                    NETWORK_ACL,
                    DEAD_ROUTE,
                    WRONG_ROUTE,
                    NOT_TRANSITIVE,
                    INTERNET_SERVICE_NOT_LINKED,
                    EXIT_NOT_SHARED,
                    NAT_SERVICE_DELETED,
                    NAT_BEHIND_NAT,
                    NOT_TRANSLATABLE,
                    NAT_SERVICE_SILENT,
                    APPLIANCE_DOWN,
                    SOURCE_DEST_CHECKED,
                    HANDED_TO_APPLIANCE,
                    NO_ANSWER,
                    OVERLAP,
                    ROUTER_SILENT,
                    BEGINS_NO_FLOW,
                    TOO_MANY_FLOWS,
                    NOT_LET_IN -> Optional.empty();
        };
    }

    private void describe(Fields explanation, Cause cause) {
        switch (cause.step()) {
            case Step.Beginning step -> explanation.with("Vpc", fields.component(step.net()));
            case Step.Machine step -> machine(explanation, step);
            case Step.InSubregion step ->
                explanation
                        .with("AvailabilityZoneSet", List.of(step.subregion()))
                        .with("Vpc", fields.component(step.net()));
            case Step.SourceCheck step ->
                nic(explanation, step.nic(), step).with("Direction", EGRESS).with("Address", step.address());
            case Step.Groups step -> groups(explanation, step);
            case Step.SubnetBorder step -> border(explanation, step);
            case Step.Routing step -> routing(explanation, step);
            case Step.Crossing step -> crossing(explanation, step);
            case Step.Translating step ->
                explanation
                        .with("Component", fields.component(step.service()))
                        .with("NatGateway", fields.component(step.service()))
                        .with("Vpc", fields.component(step.net()))
                        .with("Address", step.before())
                        .with("ProtocolSet", List.of(step.packet().protocolName()));
            case Step.DestinationCheck step ->
                nic(explanation, step.nic(), step).with("Direction", INGRESS);
            case Step.Appliance step ->
                nic(explanation, step.nic(), step).with("AttachedTo", fields.component(step.vm()));
            case Step.Leaving step ->
                gateway(explanation, step, step.service(), EGRESS).with("Address", step.from());
            case Step.Arriving step ->
                gateway(explanation, step, step.service(), INGRESS).with("Address", step.to());
            case Step.Outside step ->
                explanation.with("Vpc", fields.component(step.net())).with("Address", step.address());
            case Step.Tracking step -> {
                step.nic().ifPresent(nic -> nic(explanation, nic, step));
                step.peering().ifPresent(id -> explanation.with("Component", fields.component(id)));
                explanation.with("Vpc", fields.component(step.net()));
            }
            case Step.InsideMachine step -> explanation.with("Component", fields.component(step.vm()));
            case Step.Router step ->
                explanation.with("Component", fields.component(step.net())).with("Address", step.address());
            case Step.OtherSide step -> otherSide(explanation, step, cause.blockReason());
        }
    }

    private void machine(Fields explanation, Step.Machine step) {
        step.nic().ifPresent(nic -> nic(explanation, nic, step));
        explanation
                .with("Component", step.vm().map(fields::component))
                .with("Vpc", fields.component(step.net()))
                .with("Address", step.address())
                .with("Direction", AnalysisFields.direction(step.direction()));
        if (step.condition() == Step.Condition.STOPPED) {
            explanation.with("State", "stopped");
        }
    }

    private Fields nic(Fields explanation, NicId nic, Step step) {
        return explanation
                .with("Component", fields.component(nic))
                .with("NetworkInterface", fields.component(nic))
                .with("Subnet", subnetOf(nic).map(fields::component))
                .with("Vpc", fields.component(step.net()));
    }

    private Optional<SubnetId> subnetOf(NicId nic) {
        return trace.sites()
                .filter(site -> site.nic().filter(nic::equals).isPresent())
                .flatMap(site -> site.subnet().stream())
                .findFirst();
    }

    private void groups(Fields explanation, Step.Groups step) {
        List<AnalysisFields.Component> groups =
                step.groups().stream().map(fields::component).toList();
        nic(explanation, step.nic(), step)
                .with("Direction", AnalysisFields.direction(step.direction()))
                .with("SecurityGroupSet", groups)
                .with("SecurityGroup", groups.size() == 1 ? Optional.of(groups.getFirst()) : Optional.empty())
                .with("Address", step.other())
                .with("ProtocolSet", List.of(step.packet().protocolName()));
        if (step.packet() instanceof Traffic.Ports(int _, int first, int last)) {
            explanation.with("Port", first).with("PortRangeSet", List.of(new AnalysisFields.Ports(first, last)));
        }
    }

    private void border(Fields explanation, Step.SubnetBorder step) {
        explanation
                .with("Acl", fields.component(step.acl()))
                .with("AclRule", step.decision().map(AnalysisFields::entry))
                .with("Subnet", fields.component(step.subnet()))
                .with("Vpc", fields.component(step.net()))
                .with("Address", step.other())
                .with("Direction", AnalysisFields.direction(step.direction()))
                .with("ProtocolSet", List.of(step.packet().protocolName()));
        if (step.packet() instanceof Traffic.Ports(int _, int first, int last)) {
            explanation.with("PortRangeSet", List.of(new AnalysisFields.Ports(first, last)));
        }
    }

    private void routing(Fields explanation, Step.Routing step) {
        explanation
                .with("Component", fields.component(step.table()))
                .with("RouteTable", fields.component(step.table()))
                .with("RouteTableRoute", step.route().map(route -> AnalysisFields.route(step, route)))
                .with(
                        "VpcPeeringConnection",
                        step.route().flatMap(route -> route.target().peering()).map(fields::component))
                .with(
                        "InternetGateway",
                        step.route()
                                .flatMap(route -> route.target().internetService())
                                .map(fields::component))
                .with(
                        "NatGateway",
                        step.route()
                                .flatMap(route -> route.target().natService())
                                .map(fields::component))
                .with("State", step.target().filter(_ -> isDead(step)).map(PeeringStateName::label))
                .with("Vpc", fields.component(step.net()))
                .with("Address", step.address())
                .with("Direction", EGRESS);
    }

    private static boolean isDead(Step.Routing step) {
        return step.outcome() == Step.Outcome.DEAD;
    }

    private void crossing(Fields explanation, Step.Crossing step) {
        Optional<AnalysisFields.Component> peering = step.peering().map(fields::component);
        explanation
                .with("Component", peering)
                .with("VpcPeeringConnection", peering)
                .with("State", step.state().map(PeeringStateName::label))
                .with("SourceVpc", trace.from().map(site -> fields.component(site.owner(), site.net())))
                .with("DestinationVpc", trace.to().map(site -> fields.component(site.owner(), site.net())));
    }

    private Fields gateway(Fields explanation, Step step, Optional<InternetServiceId> service, String direction) {
        return explanation
                .with("Component", service.map(fields::component))
                .with("InternetGateway", service.map(fields::component))
                .with("Vpc", fields.component(step.net()))
                .with("Direction", direction);
    }

    private void otherSide(Fields explanation, Step.OtherSide step, BlockReason blockReason) {
        explanation
                .with("Component", fields.component(step.owner(), step.net()))
                .with("ComponentAccount", step.owner())
                .with("ComponentRegion", fields.region())
                .with("Vpc", fields.component(step.owner(), step.net()))
                .with("Direction", blockReason == BlockReason.NOT_LET_IN ? INGRESS : EGRESS);
    }
}
