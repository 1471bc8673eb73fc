package dev.linkspan.server.api.resource.securitygroup;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.ec2.TagItem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A security group as answers show it: its rules by direction, one permission for each kind of traffic. */
record SecurityGroupItem(
        AccountId ownerId,
        SecurityGroupId groupId,
        String groupName,
        String groupDescription,
        NetId vpcId,
        String securityGroupArn,
        List<PermissionItem> ipPermissions,
        List<PermissionItem> ipPermissionsEgress,
        List<TagItem> tagSet) {

    /**
     * @param fromPort the first port, or the ICMP type; absent where the protocol has neither
     * @param toPort the last port, or the ICMP code
     */
    record PermissionItem(
            String ipProtocol,
            Optional<Integer> fromPort,
            Optional<Integer> toPort,
            List<RangeItem> ipRanges,
            List<Ipv6RangeItem> ipv6Ranges,
            List<RangeItem> prefixListIds,
            List<GroupItem> groups) {}

    record RangeItem(Cidr cidrIp, Optional<String> description) {}

    record Ipv6RangeItem(Ipv6Range cidrIpv6, Optional<String> description) {}

    record GroupItem(
            Optional<AccountId> userId,
            SecurityGroupId groupId,
            Optional<String> groupName,
            Optional<NetId> vpcId,
            Optional<NetPeeringId> vpcPeeringConnectionId,
            Optional<String> peeringStatus,
            Optional<String> description) {

        static GroupItem of(PeerGroup seen, SecurityGroupId id, Optional<String> description) {
            return new GroupItem(seen.owner(), id, seen.name(), seen.net(), seen.peering(), seen.status(), description);
        }
    }

    /** One rule by itself, as the actions on rules show it; -1 for ports where the protocol has none. */
    record RuleItem(
            SecurityGroupRuleId securityGroupRuleId,
            String securityGroupRuleArn,
            SecurityGroupId groupId,
            AccountId groupOwnerId,
            boolean isEgress,
            String ipProtocol,
            int fromPort,
            int toPort,
            Optional<Cidr> cidrIpv4,
            Optional<Ipv6Range> cidrIpv6,
            Optional<ReferencedGroup> referencedGroupInfo,
            Optional<String> description,
            List<TagItem> tagSet) {}

    record ReferencedGroup(
            SecurityGroupId groupId,
            Optional<AccountId> userId,
            Optional<NetId> vpcId,
            Optional<NetPeeringId> vpcPeeringConnectionId,
            Optional<String> peeringStatus) {

        static ReferencedGroup of(PeerGroup seen, SecurityGroupId id) {
            return new ReferencedGroup(id, seen.owner(), seen.net(), seen.peering(), seen.status());
        }
    }

    static SecurityGroupItem of(Call call, SecurityGroup group) {
        return new SecurityGroupItem(
                group.owner(),
                group.id(),
                group.name(),
                group.description(),
                group.net(),
                arn(call, group.owner(), "security-group/" + group.id()),
                permissions(call, group, Direction.INBOUND),
                permissions(call, group, Direction.OUTBOUND),
                TagItem.of(call, group.id()));
    }

    private static String arn(Call call, AccountId owner, String what) {
        return "arn:aws:ec2:%s:%s:%s".formatted(call.snapshot().region(), owner, what);
    }

    static List<PermissionItem> permissions(Call call, SecurityGroup group, Direction direction) {
        PeerGroups peers = new PeerGroups(call, group);
        Map<Traffic, List<SecurityGroupRule>> byTraffic = group.rules(direction)
                .collect(Collectors.groupingBy(SecurityGroupRule::traffic, LinkedHashMap::new, Collectors.toList()));
        return byTraffic.entrySet().stream()
                .map(entry -> permission(peers, entry.getKey(), entry.getValue()))
                .toList();
    }

    private static PermissionItem permission(PeerGroups peers, Traffic traffic, List<SecurityGroupRule> rules) {
        boolean ports = SecurityGroupListing.hasPorts(traffic);
        return new PermissionItem(
                traffic.protocolName(),
                ports ? Optional.of(traffic.firstShown()) : Optional.empty(),
                ports ? Optional.of(traffic.lastShown()) : Optional.empty(),
                rules.stream()
                        .flatMap(rule -> rule.counterpart() instanceof Counterpart.Range(Cidr range)
                                ? Stream.of(new RangeItem(range, shown(rule)))
                                : Stream.empty())
                        .toList(),
                rules.stream()
                        .flatMap(rule -> rule.counterpart() instanceof Counterpart.Range(Ipv6Range range)
                                ? Stream.of(new Ipv6RangeItem(range, shown(rule)))
                                : Stream.empty())
                        .toList(),
                List.of(),
                rules.stream()
                        .flatMap(rule -> rule.counterpart() instanceof Counterpart.Group named
                                ? Stream.of(GroupItem.of(peers.of(named), named.id(), shown(rule)))
                                : Stream.empty())
                        .toList());
    }

    static RuleItem rule(Call call, SecurityGroup group, SecurityGroupRule rule) {
        return new RuleItem(
                rule.id(),
                arn(call, group.owner(), "security-group-rule/" + rule.id()),
                group.id(),
                group.owner(),
                rule.direction() == Direction.OUTBOUND,
                rule.traffic().protocolName(),
                rule.traffic().firstShown(),
                rule.traffic().lastShown(),
                rule.counterpart() instanceof Counterpart.Range(Cidr range) ? Optional.of(range) : Optional.empty(),
                rule.counterpart() instanceof Counterpart.Range(Ipv6Range range)
                        ? Optional.of(range)
                        : Optional.empty(),
                rule.counterpart() instanceof Counterpart.Group named
                        ? Optional.of(ReferencedGroup.of(new PeerGroups(call, group).of(named), named.id()))
                        : Optional.empty(),
                shown(rule),
                TagItem.of(call, rule.id()));
    }

    private static Optional<String> shown(SecurityGroupRule rule) {
        return Optional.of(rule.description()).filter(text -> !text.isEmpty());
    }
}
