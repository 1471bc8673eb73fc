package dev.linkspan.server.api.resource.insights;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.reachability.Step;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.api.ec2.Arns;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How an analysis shows resources, rules and routes.
 *
 * @param region in which all of them are
 * @param viewer whose they are, unless said otherwise
 */
record AnalysisFields(RegionName region, AccountId viewer) {

    record Component(String id, String arn) {}

    record Ports(int from, int to) {}

    /** @param securityGroupId the group that a rule lets talk, where that is no range */
    record RuleFields(
            Optional<Cidr> cidr,
            String direction,
            Optional<SecurityGroupId> securityGroupId,
            Optional<Ports> portRange,
            String protocol) {}

    /** An entry of a network ACL. */
    record EntryFields(
            String cidr,
            boolean egress,
            Optional<Ports> portRange,
            String protocol,
            String ruleAction,
            int ruleNumber) {}

    /** @param gatewayId {@code local} for the one that a table was born with (R1) */
    record RouteFields(
            Cidr destinationCidr,
            Optional<String> gatewayId,
            Optional<NatServiceId> natGatewayId,
            String origin,
            Optional<NetPeeringId> vpcPeeringConnectionId,
            String state) {}

    /** The fields of a path's component or of an explanation, of which each has only some of very many. */
    static final class Fields {

        private final Map<String, Object> values = new LinkedHashMap<>();

        Fields with(String name, Object value) {
            values.put(name, value);
            return this;
        }

        Fields with(String name, Optional<?> value) {
            value.ifPresent(it -> values.put(name, it));
            return this;
        }

        Fields with(Fields others) {
            values.putAll(others.values);
            return this;
        }

        Map<String, Object> values() {
            return values;
        }
    }

    Component component(ResourceId id) {
        return component(viewer, id);
    }

    Component component(AccountId owner, ResourceId id) {
        return new Component(id.value(), Arns.of(region, owner, id));
    }

    static String direction(Direction direction) {
        return direction == Direction.INBOUND ? "ingress" : "egress";
    }

    static RuleFields rule(SecurityGroupRule rule) {
        Optional<Cidr> range =
                rule.counterpart() instanceof Counterpart.Range(Cidr cidr) ? Optional.of(cidr) : Optional.empty();
        Optional<SecurityGroupId> group =
                rule.counterpart() instanceof Counterpart.Group(SecurityGroupId id, AccountId _)
                        ? Optional.of(id)
                        : Optional.empty();
        return new RuleFields(
                range,
                direction(rule.direction()),
                group,
                ports(rule.traffic()),
                rule.traffic().protocolName());
    }

    private static Optional<Ports> ports(Traffic traffic) {
        return traffic instanceof Traffic.Ports(int _, int first, int last)
                ? Optional.of(new Ports(first, last))
                : Optional.empty();
    }

    static EntryFields entry(AclEntry entry) {
        return new EntryFields(
                entry.range().toString(),
                entry.direction() == Direction.OUTBOUND,
                ports(entry.traffic()),
                entry.traffic().protocolName(),
                entry.allows() ? "allow" : "deny",
                entry.number());
    }

    static RouteFields route(Step.Routing step, Route route) {
        String state = switch (step.outcome()) {
            case DEAD, NOT_LINKED, NAT_DELETED, APPLIANCE_STOPPED, APPLIANCE_UNLINKED -> "blackhole";
            case LOCAL,
                    THROUGH_PEERING,
                    OUTSIDE,
                    BY_NAT_SERVICE,
                    TO_APPLIANCE,
                    OVERLAP,
                    NOWHERE,
                    ELSEWHERE,
                    BEYOND,
                    NOT_SHARED,
                    NAT_AGAIN -> "active";
        };
        RouteTarget target = route.target();
        Optional<String> gateway = target instanceof RouteTarget.Local
                ? Optional.of("local")
                : target.internetService().map(InternetServiceId::value);
        return new RouteFields(
                route.destination(),
                gateway,
                target.natService(),
                target instanceof RouteTarget.Local ? "createroutetable" : "createroute",
                target.peering(),
                state);
    }
}
