package dev.linkspan.server.api.resource.securitygroup;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ResourceTag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a security group is shown. */
record SecurityGroupAnswer(
        AccountId accountId,
        String description,
        List<SecurityGroupRuleAnswer> inboundRules,
        NetId netId,
        List<SecurityGroupRuleAnswer> outboundRules,
        SecurityGroupId securityGroupId,
        String securityGroupName,
        List<ResourceTag> tags) {

    /**
     * The rules of one direction for one kind of traffic, as one.
     *
     * @param fromPortRange the first port, or the ICMP type; -1 where neither restricts
     * @param toPortRange the last port, or the ICMP code; -1 where neither restricts
     * @param ipRanges left out where only groups are named
     * @param securityGroupRuleId the id of the oldest of them
     * @param securityGroupsMembers left out where no group is named
     */
    record SecurityGroupRuleAnswer(
            int fromPortRange,
            String ipProtocol,
            Optional<List<String>> ipRanges,
            SecurityGroupRuleId securityGroupRuleId,
            Optional<List<SecurityGroupMemberAnswer>> securityGroupsMembers,
            int toPortRange) {}

    /**
     * A group that a rule names.
     *
     * @param securityGroupName the name of a group of the caller's own; other accounts' names are theirs
     */
    record SecurityGroupMemberAnswer(
            AccountId accountId, SecurityGroupId securityGroupId, Optional<String> securityGroupName) {}

    static SecurityGroupAnswer of(Call call, SecurityGroup group) {
        return new SecurityGroupAnswer(
                group.owner(),
                group.description(),
                rules(call, group, Direction.INBOUND),
                group.net(),
                rules(call, group, Direction.OUTBOUND),
                group.id(),
                group.name(),
                call.tagsOf(group.id()));
    }

    /** The group's rules as clients see them: one for each kind of traffic, in the order of the oldest of each. */
    static List<SecurityGroupRuleAnswer> rules(Call call, SecurityGroup group, Direction direction) {
        Map<Traffic, List<SecurityGroupRule>> byTraffic = group.rules(direction)
                .collect(Collectors.groupingBy(SecurityGroupRule::traffic, LinkedHashMap::new, Collectors.toList()));
        return byTraffic.values().stream().map(rules -> rule(call, rules)).toList();
    }

    private static SecurityGroupRuleAnswer rule(Call call, List<SecurityGroupRule> rules) {
        SecurityGroupRule oldest = rules.getFirst();
        List<String> ranges = rules.stream()
                .flatMap(rule -> rule.counterpart() instanceof Counterpart.Range range
                        ? Stream.of(range.range().toString())
                        : Stream.empty())
                .toList();
        List<SecurityGroupMemberAnswer> members = rules.stream()
                .flatMap(rule -> rule.counterpart() instanceof Counterpart.Group group
                        ? Stream.of(member(call, group))
                        : Stream.empty())
                .toList();
        return new SecurityGroupRuleAnswer(
                oldest.traffic().firstShown(),
                oldest.traffic().protocolName(),
                unlessEmpty(ranges),
                oldest.id(),
                unlessEmpty(members),
                oldest.traffic().lastShown());
    }

    private static SecurityGroupMemberAnswer member(Call call, Counterpart.Group named) {
        return new SecurityGroupMemberAnswer(named.owner(), named.id(), SecurityGroupListing.nameOf(call, named));
    }

    private static <T> Optional<List<T>> unlessEmpty(List<T> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list);
    }
}
