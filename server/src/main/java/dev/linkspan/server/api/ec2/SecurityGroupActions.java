package dev.linkspan.server.api.ec2;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Flow;
import dev.linkspan.core.securitygroup.RequestedRule;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.SecurityGroupItem.GroupItem;
import dev.linkspan.server.api.ec2.SecurityGroupItem.PermissionItem;
import dev.linkspan.server.api.ec2.SecurityGroupItem.RangeItem;
import dev.linkspan.server.api.ec2.SecurityGroupItem.RuleItem;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.json.Required;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The actions on security groups and their rules (rules S). */
public final class SecurityGroupActions {

    record CreateSecurityGroupRequest(
            @Required String groupName,
            @Required String groupDescription,
            @Required NetId vpcId,
            List<TagSpecification> tagSpecification) {}

    record DeleteSecurityGroupRequest(Optional<SecurityGroupId> groupId, Optional<String> groupName) {}

    record DescribeSecurityGroupsRequest(
            List<SecurityGroupId> groupId,
            List<String> groupName,
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {}

    record AuthorizeIngressRequest(
            @Required SecurityGroupId groupId,
            List<IpPermission> ipPermissions,
            Optional<String> ipProtocol,
            Optional<Integer> fromPort,
            Optional<Integer> toPort,
            Optional<Cidr> cidrIp,
            List<TagSpecification> tagSpecification) {

        private AuthorizeRequest inPermissions() {
            return new AuthorizeRequest(
                    groupId,
                    IpPermission.either(ipPermissions, ipProtocol, fromPort, toPort, cidrIp),
                    tagSpecification);
        }
    }

    record AuthorizeRequest(
            @Required SecurityGroupId groupId,
            List<IpPermission> ipPermissions,
            List<TagSpecification> tagSpecification) {}

    record RevokeIngressRequest(
            @Required SecurityGroupId groupId,
            List<IpPermission> ipPermissions,
            Optional<String> ipProtocol,
            Optional<Integer> fromPort,
            Optional<Integer> toPort,
            Optional<Cidr> cidrIp,
            List<SecurityGroupRuleId> securityGroupRuleId) {

        private RevokeRequest inPermissions() {
            return new RevokeRequest(
                    groupId,
                    IpPermission.either(ipPermissions, ipProtocol, fromPort, toPort, cidrIp),
                    securityGroupRuleId);
        }
    }

    record RevokeRequest(
            @Required SecurityGroupId groupId,
            List<IpPermission> ipPermissions,
            List<SecurityGroupRuleId> securityGroupRuleId) {}

    record DescribeSecurityGroupRulesRequest(
            List<SecurityGroupRuleId> securityGroupRuleId,
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {}

    record CreatedAnswer(SecurityGroupId groupId, List<TagItem> tagSet) {}

    record AuthorizedAnswer(@JsonProperty("Return") boolean done, List<RuleItem> securityGroupRuleSet) {}

    private static final Ec2Filters<SecurityGroup> FILTERS = withRules(
            withRules(
                    Ec2Filters.<SecurityGroup>of()
                            .with("group-id", SecurityGroup::id)
                            .with("group-name", SecurityGroup::name)
                            .with("description", SecurityGroup::description)
                            .with("vpc-id", SecurityGroup::net)
                            .with("owner-id", SecurityGroup::owner)
                            .tags(SecurityGroup::id),
                    "ip-permission.",
                    Flow.INBOUND),
            "egress.ip-permission.",
            Flow.OUTBOUND);

    private static Ec2Filters<SecurityGroup> withRules(Ec2Filters<SecurityGroup> table, String prefix, Flow flow) {
        return table.with(
                        prefix + "cidr", each(flow, it -> it.ipRanges().stream().map(RangeItem::cidrIp)))
                .with(prefix + "protocol", each(flow, it -> Stream.of(it.ipProtocol())))
                .with(prefix + "from-port", each(flow, it -> it.fromPort().stream()))
                .with(prefix + "to-port", each(flow, it -> it.toPort().stream()))
                .with(prefix + "group-id", each(flow, it -> it.groups().stream().map(GroupItem::groupId)))
                .with(prefix + "user-id", each(flow, it -> it.groups().stream().map(GroupItem::userId)));
    }

    private static Function<SecurityGroup, List<?>> each(Flow flow, Function<PermissionItem, Stream<?>> values) {
        return group -> SecurityGroupItem.permissions(group, flow).stream()
                .<Object>flatMap(values)
                .toList();
    }

    private static final Ec2Listing<SecurityGroup> LISTING = new Ec2Listing<>(
            "SecurityGroupInfo",
            Ec2Listing.all(SecurityGroupActions::candidates, SecurityGroupActions::position),
            Map.of("group-id", "GroupIds"),
            SecurityGroupActions::position,
            SecurityGroup::id,
            FILTERS,
            SecurityGroupItem::of);

    /** A rule with the group that holds it. */
    private record Held(SecurityGroup group, SecurityGroupRule rule) {

        static Stream<Held> of(SecurityGroup group) {
            return group.rules().stream().map(rule -> new Held(group, rule));
        }
    }

    private static final Ec2Listing<Held> RULES = new Ec2Listing<>(
            "SecurityGroupRuleSet",
            Ec2Listing.all(SecurityGroupActions::rules, SecurityGroupActions::position),
            Map.of("group-id", "GroupIds", "security-group-rule-id", "SecurityGroupRuleIds"),
            SecurityGroupActions::position,
            held -> held.rule().id(),
            Ec2Filters.<Held>of()
                    .with("group-id", held -> held.group().id())
                    .with("security-group-rule-id", held -> held.rule().id())
                    .tags(held -> held.rule().id()),
            (call, held) -> SecurityGroupItem.rule(call, held.group(), held.rule()));

    private final SecurityGroups groups;
    private final Tags tags;

    public SecurityGroupActions(SecurityGroups groups, Tags tags) {
        this.groups = groups;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateSecurityGroup", CreateSecurityGroupRequest.class, this::create),
                Operation.change("DeleteSecurityGroup", DeleteSecurityGroupRequest.class, this::delete),
                Operation.read(
                        "DescribeSecurityGroups", DescribeSecurityGroupsRequest.class, SecurityGroupActions::describe),
                Operation.read(
                        "DescribeSecurityGroupRules",
                        DescribeSecurityGroupRulesRequest.class,
                        SecurityGroupActions::describeRules),
                Operation.change(
                        "AuthorizeSecurityGroupIngress",
                        AuthorizeIngressRequest.class,
                        (call, request) -> authorize(call, Flow.INBOUND, request.inPermissions())),
                Operation.change(
                        "AuthorizeSecurityGroupEgress",
                        AuthorizeRequest.class,
                        (call, request) -> authorize(call, Flow.OUTBOUND, request)),
                Operation.change(
                        "RevokeSecurityGroupIngress",
                        RevokeIngressRequest.class,
                        (call, request) -> revoke(call, Flow.INBOUND, request.inPermissions())),
                Operation.change(
                        "RevokeSecurityGroupEgress",
                        RevokeRequest.class,
                        (call, request) -> revoke(call, Flow.OUTBOUND, request)));
    }

    private Object create(ChangeCall call, CreateSecurityGroupRequest request) {
        SecurityGroup group = groups.create(
                call.work(), call.caller(), request.vpcId(), request.groupName(), request.groupDescription());
        TagSpecification.apply(call, tags, request.tagSpecification(), "security-group", group.id());
        return new CreatedAnswer(group.id(), TagItem.of(call, group.id()));
    }

    private Object delete(ChangeCall call, DeleteSecurityGroupRequest request) {
        SecurityGroupId id = request.groupId()
                .or(() -> request.groupName()
                        .map(name -> groups.named(call.snapshot(), call.caller(), name)
                                .id()))
                .orElseThrow(() -> new Refusal(RefusalCode.MISSING_PARAMETER, "A GroupId or a GroupName is required."));
        groups.delete(call.work(), call.caller(), id);
        return Done.IT_IS;
    }

    private Object authorize(ChangeCall call, Flow flow, AuthorizeRequest request) {
        List<RequestedRule> rules = IpPermission.wanted(flow, request.ipPermissions());
        if (rules.isEmpty()) {
            throw new Refusal(RefusalCode.MISSING_PARAMETER, "The request must contain the parameter IpPermissions.");
        }
        Set<SecurityGroupRuleId> before = call.snapshot()
                .securityGroups()
                .find(request.groupId())
                .map(group -> group.rules().stream().map(SecurityGroupRule::id).collect(Collectors.toSet()))
                .orElse(Set.of());
        SecurityGroup group = groups.addRules(call.work(), call.caller(), request.groupId(), rules);
        List<SecurityGroupRule> added = group.rules().stream()
                .filter(rule -> !before.contains(rule.id()))
                .toList();
        added.forEach(rule ->
                TagSpecification.apply(call, tags, request.tagSpecification(), "security-group-rule", rule.id()));
        return new AuthorizedAnswer(
                true,
                added.stream()
                        .map(rule -> SecurityGroupItem.rule(call, group, rule))
                        .toList());
    }

    private Object revoke(ChangeCall call, Flow flow, RevokeRequest request) {
        if (request.ipPermissions().isEmpty() && request.securityGroupRuleId().isEmpty()) {
            throw new Refusal(
                    RefusalCode.MISSING_PARAMETER,
                    "The request must contain the parameter IpPermissions or SecurityGroupRuleId.");
        }
        List<RequestedRule> rules = IpPermission.held(request.groupId(), flow, request.ipPermissions());
        groups.removeRules(call.work(), call.caller(), request.groupId(), rules);
        if (!request.securityGroupRuleId().isEmpty()) {
            groups.removeRulesById(call.work(), call.caller(), request.groupId(), request.securityGroupRuleId());
        }
        return Done.IT_IS;
    }

    private static Object describe(ReadCall call, DescribeSecurityGroupsRequest request) {
        List<Filter> filters = new ArrayList<>(request.filter());
        if (!request.groupName().isEmpty()) {
            requireNames(call, request.groupName());
            filters.add(new Filter("group-name", request.groupName()));
        }
        return LISTING.page(
                call,
                new Ec2Listing.Asked(
                        new Verbatim("GroupId"),
                        request.groupId(),
                        filters,
                        request.maxResults(),
                        request.nextToken()));
    }

    private static void requireNames(ReadCall call, List<String> names) {
        Set<String> known = new HashSet<>();
        call.snapshot().securityGroups().ofOwner(call.caller()).forEach(group -> known.add(group.name()));
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new Refusal(RefusalCode.UNKNOWN_GROUP_NAME, "The security group '%s' does not exist.", name);
        });
    }

    private static Object describeRules(ReadCall call, DescribeSecurityGroupRulesRequest request) {
        return RULES.page(
                call,
                new Ec2Listing.Asked(
                        Parameter.SECURITY_GROUP_RULE,
                        request.securityGroupRuleId(),
                        request.filter(),
                        request.maxResults(),
                        request.nextToken()));
    }

    private static Position position(SecurityGroup group) {
        return Position.byCreation(group.createdAt(), group.id());
    }

    private static Position position(Held held) {
        return Position.byCreation(held.group().createdAt(), held.rule().id());
    }

    private static List<SecurityGroup> candidates(ReadCall call, FilterArguments filters) {
        return filters.ids("GroupIds", SecurityGroupId.KIND)
                .map(ids -> ids.stream()
                        .flatMap(id -> call.snapshot().securityGroups().find(id).stream())
                        .filter(group -> group.owner().equals(call.caller()))
                        .toList())
                .orElseGet(() -> call.snapshot().securityGroups().ofOwner(call.caller()));
    }

    /** A rule that is named is looked up by itself: its group may hold thousands of others. */
    private static List<Held> rules(ReadCall call, FilterArguments filters) {
        Stream<SecurityGroup> holding = filters.ids("SecurityGroupRuleIds", SecurityGroupRuleId.KIND)
                .map(ids -> ids.stream()
                        .flatMap(id -> call.snapshot().securityGroups().findByRule(id).stream())
                        .filter(group -> group.owner().equals(call.caller())))
                .orElseGet(() -> candidates(call, filters).stream());
        return holding.flatMap(Held::of).toList();
    }
}
