package dev.linkspan.server.api.resource.securitygroup;

import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.RequestedCounterpart;
import dev.linkspan.core.securitygroup.RequestedRule;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.json.CanonicalCidr;
import dev.linkspan.server.api.json.Required;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A kind of traffic with everybody whom it is about, as clients say which rules they mean: {@code IpPermissions.1}. */
record IpPermission(
        @Required String ipProtocol,
        Optional<Integer> fromPort,
        Optional<Integer> toPort,
        List<RangeRequest> ipRanges,
        List<Ipv6RangeRequest> ipv6Ranges,
        List<PrefixListRequest> prefixListIds,
        List<GroupRequest> groups) {

    static final int LONGEST_DESCRIPTION = 255;

    record RangeRequest(@Required CanonicalCidr cidrIp, Optional<String> description) {}

    record Ipv6RangeRequest(@Required Ipv6Range cidrIpv6, Optional<String> description) {}

    record PrefixListRequest(@Required String prefixListId, Optional<String> description) {}

    /** Clients give back what they have read, so more may stand beside the id than is needed. */
    record GroupRequest(
            Optional<SecurityGroupId> groupId,
            Optional<String> groupName,
            Optional<AccountId> userId,
            Optional<NetId> vpcId,
            Optional<NetPeeringId> vpcPeeringConnectionId,
            Optional<String> peeringStatus,
            Optional<String> description) {

        private boolean saysWhere() {
            return vpcId.isPresent() || vpcPeeringConnectionId.isPresent();
        }

        private RequestedCounterpart counterpart() {
            if (groupId.isPresent()) {
                return new RequestedCounterpart.GroupById(groupId.get(), userId);
            }
            String name = groupName.orElseThrow(() -> new Refusal(
                    RefusalCode.MISSING_PARAMETER,
                    "Each of the IpPermissions' Groups needs a GroupId or a GroupName."));
            return new RequestedCounterpart.GroupByName(name, userId);
        }
    }

    /**
     * What an action on inbound rules is about: permissions, or one range's traffic in parameters of the action itself, as
     * EC2 had it first and many scripts still have it.
     */
    static List<IpPermission> either(
            List<IpPermission> permissions,
            Optional<String> ipProtocol,
            Optional<Integer> fromPort,
            Optional<Integer> toPort,
            Optional<CanonicalCidr> cidrIp) {
        if (Stream.of(ipProtocol, fromPort, toPort, cidrIp).allMatch(Optional::isEmpty)) {
            return permissions;
        }
        if (!permissions.isEmpty()) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "IpProtocol, FromPort, ToPort and CidrIp stand for one of the IpPermissions: give either.");
        }
        return List.of(new IpPermission(
                ipProtocol.orElseThrow(() -> missing("IpProtocol")),
                fromPort,
                toPort,
                List.of(new RangeRequest(cidrIp.orElseThrow(() -> missing("CidrIp")), Optional.empty())),
                List.of(),
                List.of(),
                List.of()));
    }

    private static Refusal missing(String parameter) {
        return new Refusal(
                RefusalCode.MISSING_PARAMETER,
                "The request must contain the parameter %s, or IpPermissions instead of it.",
                parameter);
    }

    /** The rules that are meant; in the parameters' words where something is wrong with them. */
    private Stream<RequestedRule> requested(Direction direction) {
        if (ipRanges.isEmpty() && ipv6Ranges.isEmpty() && groups.isEmpty()) {
            throw new Refusal(
                    RefusalCode.MISSING_PARAMETER, "Each of the IpPermissions needs IpRanges, Ipv6Ranges or Groups.");
        }
        Traffic traffic = traffic(ipProtocol, fromPort, toPort);
        return Stream.of(
                        ipRanges.stream()
                                .map(range -> ruleFor(
                                        direction, traffic, range.cidrIp().range(), range.description())),
                        ipv6Ranges.stream()
                                .map(range -> ruleFor(direction, traffic, range.cidrIpv6(), range.description())),
                        groups.stream()
                                .map(group -> new RequestedRule(
                                        direction, traffic, group.counterpart(), described(group.description()))))
                .flatMap(rules -> rules);
    }

    /** Names of protocols are taken however they are written. */
    static Traffic traffic(String protocol, Optional<Integer> from, Optional<Integer> to) {
        return Traffic.parse(protocol.toLowerCase(Locale.ROOT), from, to);
    }

    private static RequestedRule ruleFor(
            Direction direction, Traffic traffic, AddressRange range, Optional<String> description) {
        return new RequestedRule(direction, traffic, new RequestedCounterpart.Range(range), described(description));
    }

    /** The rules that all of them mean, for an action that adds to what a group holds. */
    static List<RequestedRule> wanted(Direction direction, List<IpPermission> permissions) {
        permissions.stream()
                .flatMap(permission -> permission.prefixListIds().stream())
                .findFirst()
                .ifPresent(list -> {
                    throw Refusal.badValue("PrefixListId", list.prefixListId(), "there are no lists of prefixes here");
                });
        return permissions.stream()
                .flatMap(permission -> permission.requested(direction))
                .toList();
    }

    /** The rules that all of them mean, of those that a group holds: none of them is about lists of prefixes. */
    static List<RequestedRule> held(
            Call call, SecurityGroupId group, Direction direction, List<IpPermission> permissions) {
        if (permissions.stream().anyMatch(it -> !it.prefixListIds().isEmpty())) {
            throw new Refusal(
                            RefusalCode.UNKNOWN_RULE,
                            "The security group '%s' has no rule for a list of prefixes.",
                            group)
                    .about(group);
        }
        call.snapshot()
                .securityGroups()
                .find(group)
                .filter(holder -> holder.owner().equals(call.caller()))
                .ifPresent(holder -> requirePlaces(call, holder, direction, permissions));
        return permissions.stream()
                .flatMap(permission -> permission.requested(direction))
                .toList();
    }

    /**
     * Refuses what names a group behind another peering, or in another VPC, than it is.
     *
     * @param holder the group whose rules are meant, with these rules
     */
    static void requirePlaces(Call call, SecurityGroup holder, Direction direction, List<IpPermission> permissions) {
        for (IpPermission permission : permissions) {
            permission.groups().stream()
                    .filter(GroupRequest::saysWhere)
                    .forEach(group -> permission.requirePlace(call, holder, direction, group));
        }
    }

    private void requirePlace(Call call, SecurityGroup holder, Direction direction, GroupRequest group) {
        Traffic traffic = traffic(ipProtocol, fromPort, toPort);
        List<Counterpart.Group> meant = holder.rules(direction)
                .filter(rule -> rule.traffic().equals(traffic))
                .flatMap(rule -> rule.counterpart() instanceof Counterpart.Group named
                        ? Stream.of(named)
                        : Stream.<Counterpart.Group>empty())
                .filter(named -> isMeant(call, named, group))
                .toList();
        boolean agrees = meant.isEmpty()
                || meant.stream()
                        .anyMatch(named -> new PeerGroups(call, holder)
                                .of(named)
                                .agrees(call, holder, group.vpcId(), group.vpcPeeringConnectionId()));
        if (!agrees) {
            throw new Refusal(
                    RefusalCode.BAD_VALUE,
                    "The security group '%s' is not in the VPC, or behind the VPC peering, that is named with it.",
                    meant.getFirst().id());
        }
    }

    private static boolean isMeant(Call call, Counterpart.Group named, GroupRequest group) {
        return group.groupId()
                .map(id -> id.equals(named.id()))
                .orElseGet(() -> PeerGroups.name(call, named).equals(group.groupName()));
    }

    static String described(Optional<String> description) {
        String text = description.orElse("");
        if (text.length() > LONGEST_DESCRIPTION) {
            throw Refusal.badValue("Description", text, "%d characters at most", LONGEST_DESCRIPTION);
        }
        return text;
    }
}
