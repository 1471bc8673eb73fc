package dev.linkspan.server.api.resource.securitygroup;

import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.refusal.Ids;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.RequestedCounterpart;
import dev.linkspan.core.securitygroup.RequestedRule;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.api.json.EmptyIsAbsent;
import dev.linkspan.server.api.json.OneOf;
import dev.linkspan.server.api.json.Required;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How clients say which rules they mean: one rule by parameters of the call itself, or any number in {@code Rules},
 * never both.
 */
final class SecurityGroupRuleRequests {

    /** What a rule speaks of when its protocol is not given. */
    private static final String EVERY_PROTOCOL = "-1";

    private SecurityGroupRuleRequests() {}

    record CreateSecurityGroupRuleRequest(
            @Required SecurityGroupId securityGroupId,
            @Required @OneOf({"Inbound", "Outbound"}) String flow,
            Optional<Integer> fromPortRange,
            Optional<String> ipProtocol,
            Optional<AddressRange> ipRange,
            List<RuleRequest> rules,
            Optional<AccountId> securityGroupAccountIdToLink,
            Optional<String> securityGroupNameToLink,
            Optional<Integer> toPortRange) {

        List<RequestedRule> requested() {
            SingleRule single = new SingleRule(
                    ipProtocol,
                    fromPortRange,
                    toPortRange,
                    ipRange,
                    securityGroupNameToLink,
                    securityGroupAccountIdToLink);
            rules.forEach(RuleRequest::requireNoId);
            return SecurityGroupRuleRequests.requested(direction(flow), single, rules);
        }
    }

    record DeleteSecurityGroupRuleRequest(
            @Required SecurityGroupId securityGroupId,
            @Required @OneOf({"Inbound", "Outbound"}) String flow,
            Optional<Integer> fromPortRange,
            @EmptyIsAbsent Optional<String> ipProtocol,
            @EmptyIsAbsent Optional<AddressRange> ipRange,
            List<RuleRequest> rules,
            @EmptyIsAbsent Optional<AccountId> securityGroupAccountIdToUnlink,
            @EmptyIsAbsent Optional<String> securityGroupNameToUnlink,
            Optional<Integer> toPortRange) {

        Direction direction() {
            return SecurityGroupRuleRequests.direction(flow);
        }

        /** The rules that are given by what they allow. */
        List<RequestedRule> requested() {
            SingleRule single = new SingleRule(
                    ipProtocol,
                    fromPortRange,
                    toPortRange,
                    ipRange,
                    securityGroupNameToUnlink,
                    securityGroupAccountIdToUnlink);
            return SecurityGroupRuleRequests.requested(direction(), single, rules);
        }

        /** The rules that are given by an id alone. */
        List<SecurityGroupRuleId> requestedIds() {
            return rules.stream()
                    .filter(RuleRequest::isIdAlone)
                    .flatMap(rule -> rule.securityGroupRuleId().stream())
                    .toList();
        }
    }

    /** One element of {@code Rules}: a kind of traffic with everybody whom it is about. */
    record RuleRequest(
            Optional<Integer> fromPortRange,
            Optional<String> ipProtocol,
            List<AddressRange> ipRanges,
            Optional<SecurityGroupRuleId> securityGroupRuleId,
            List<MemberRequest> securityGroupsMembers,
            List<String> serviceIds,
            Optional<Integer> toPortRange) {

        boolean isIdAlone() {
            return securityGroupRuleId.isPresent() && ipRanges.isEmpty() && securityGroupsMembers.isEmpty();
        }

        private void requireNoId() {
            if (securityGroupRuleId.isPresent()) {
                throw new Refusal(
                        RefusalCode.PARAMETER_COMBINATION,
                        "A rule is given its SecurityGroupRuleId when it is created: it cannot be chosen.");
            }
        }

        private Stream<RequestedRule> requested(Direction direction) {
            if (!serviceIds.isEmpty()) {
                throw Refusal.badValue("ServiceIds", String.join(", ", serviceIds), "there are no such services here");
            }
            if (ipRanges.isEmpty() && securityGroupsMembers.isEmpty()) {
                throw new Refusal(
                        RefusalCode.MISSING_PARAMETER, "Each of the Rules needs IpRanges or SecurityGroupsMembers.");
            }
            Traffic traffic = Traffic.parse(ipProtocol.orElse(EVERY_PROTOCOL), fromPortRange, toPortRange);
            return Stream.concat(
                            ipRanges.stream().map(RequestedCounterpart.Range::new),
                            securityGroupsMembers.stream().map(MemberRequest::requested))
                    .map(counterpart -> new RequestedRule(direction, traffic, counterpart, ""));
        }
    }

    record MemberRequest(
            Optional<AccountId> accountId,
            Optional<SecurityGroupId> securityGroupId,
            Optional<String> securityGroupName) {

        /** Clients give back what they have read, so the name may stand beside the id. */
        private RequestedCounterpart requested() {
            if (securityGroupId.isPresent()) {
                return new RequestedCounterpart.GroupById(securityGroupId.get(), accountId);
            }
            String name = securityGroupName.orElseThrow(() -> new Refusal(
                    RefusalCode.MISSING_PARAMETER,
                    "Each of the SecurityGroupsMembers needs a SecurityGroupId or a SecurityGroupName."));
            return groupNamed(name, accountId);
        }
    }

    /** The rule that the call's own parameters describe. */
    private record SingleRule(
            Optional<String> protocol,
            Optional<Integer> from,
            Optional<Integer> to,
            Optional<AddressRange> range,
            Optional<String> group,
            Optional<AccountId> groupOwner) {

        boolean isGiven() {
            return Stream.of(protocol, from, to, range, group, groupOwner).anyMatch(Optional::isPresent);
        }

        RequestedRule requested(Direction direction) {
            if (range.isPresent() && group.isPresent()) {
                throw new Refusal(
                        RefusalCode.PARAMETER_COMBINATION,
                        "One rule speaks of an IpRange or of a security group, not of both: Rules takes several.");
            }
            RequestedCounterpart counterpart = range.<RequestedCounterpart>map(RequestedCounterpart.Range::new)
                    .or(() -> group.map(it -> groupNamed(it, groupOwner)))
                    .orElseThrow(() -> new Refusal(
                            RefusalCode.MISSING_PARAMETER, "An IpRange, a security group or Rules are required."));
            return new RequestedRule(
                    direction, Traffic.parse(protocol.orElse(EVERY_PROTOCOL), from, to), counterpart, "");
        }
    }

    private static List<RequestedRule> requested(Direction direction, SingleRule single, List<RuleRequest> rules) {
        if (rules.isEmpty()) {
            return List.of(single.requested(direction));
        }
        if (single.isGiven()) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "Rules cannot be given together with the parameters of a single rule.");
        }
        return rules.stream()
                .filter(rule -> !rule.isIdAlone())
                .flatMap(rule -> rule.requested(direction))
                .toList();
    }

    /** The parameters that name a group take its id as well; no name begins like an id. */
    private static RequestedCounterpart groupNamed(String idOrName, Optional<AccountId> owner) {
        return idOrName.startsWith(SecurityGroupId.KIND.prefix())
                ? new RequestedCounterpart.GroupById(
                        Ids.parse(SecurityGroupId.KIND, "SecurityGroupId", idOrName), owner)
                : new RequestedCounterpart.GroupByName(idOrName, owner);
    }

    private static Direction direction(String flow) {
        return switch (flow) {
            case "Inbound" -> Direction.INBOUND;
            case "Outbound" -> Direction.OUTBOUND;
            default -> throw Refusal.malformed("Flow", flow, "Inbound or Outbound is expected");
        };
    }
}
