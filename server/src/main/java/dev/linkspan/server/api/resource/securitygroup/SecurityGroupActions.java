package dev.linkspan.server.api.resource.securitygroup;

import static dev.linkspan.server.api.listing.Names.ec2;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.operation.DefaultNets;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.RequestedRule;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Done;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.TagItem;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.json.CanonicalCidr;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.resource.securitygroup.SecurityGroupItem.RuleItem;
import dev.linkspan.server.api.resource.securitygroup.SecurityGroupListing.SeenGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The actions on security groups and their rules (rules S). */
public final class SecurityGroupActions {

    record CreateSecurityGroupRequest(
            @Required String groupName,
            @Required String groupDescription,
            Optional<NetId> vpcId,
            List<TagSpecification> tagSpecification) {}

    record DeleteSecurityGroupRequest(Optional<SecurityGroupId> groupId, Optional<String> groupName) {}

    record DescribeSecurityGroupsRequest(
            List<SecurityGroupId> groupId,
            List<String> groupName,
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {}

    record AuthorizeIngressRequest(
            Optional<SecurityGroupId> groupId,
            Optional<String> groupName,
            List<IpPermission> ipPermissions,
            Optional<String> ipProtocol,
            Optional<Integer> fromPort,
            Optional<Integer> toPort,
            Optional<CanonicalCidr> cidrIp,
            List<TagSpecification> tagSpecification) {

        private AuthorizeRequest inPermissions(ChangeCall call) {
            return new AuthorizeRequest(
                    group(call, groupId, groupName),
                    IpPermission.either(ipPermissions, ipProtocol, fromPort, toPort, cidrIp),
                    tagSpecification);
        }
    }

    record AuthorizeRequest(
            @Required SecurityGroupId groupId,
            List<IpPermission> ipPermissions,
            List<TagSpecification> tagSpecification) {}

    record RevokeIngressRequest(
            Optional<SecurityGroupId> groupId,
            Optional<String> groupName,
            List<IpPermission> ipPermissions,
            Optional<String> ipProtocol,
            Optional<Integer> fromPort,
            Optional<Integer> toPort,
            Optional<CanonicalCidr> cidrIp,
            List<SecurityGroupRuleId> securityGroupRuleId) {

        private RevokeRequest inPermissions(ChangeCall call) {
            return new RevokeRequest(
                    group(call, groupId, groupName),
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

    private static final Ec2Listing<SeenGroup> LISTING = new Ec2Listing<>(
            "SecurityGroupInfo",
            SecurityGroupListing.GROUPS,
            SecurityGroupListing.ID,
            (call, seen) -> SecurityGroupItem.of(call, seen.group()));

    /** A rule with the group that holds it. */
    private record HeldRule(SecurityGroup group, SecurityGroupRule rule) {

        static Stream<HeldRule> of(SecurityGroup group) {
            return group.rules().stream().map(rule -> new HeldRule(group, rule));
        }
    }

    private static final Field<HeldRule, SecurityGroupId> RULE_GROUP =
            Field.id(ec2("group-id"), SecurityGroupId.KIND, held -> held.group().id());

    private static final Field<HeldRule, SecurityGroupRuleId> RULE = Field.id(
            ec2("security-group-rule-id"),
            SecurityGroupRuleId.KIND,
            held -> held.rule().id());

    private static final Ec2Listing<HeldRule> RULES = new Ec2Listing<>(
            "SecurityGroupRuleSet",
            Listing.whole(
                    Fields.<HeldRule>of()
                            .with(RULE_GROUP)
                            .with(RULE)
                            .tags(held -> held.rule().id()),
                    SecurityGroupActions::rules,
                    held -> Position.byCreation(
                            held.group().createdAt(), held.rule().id())),
            RULE,
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
                        (call, request) -> authorize(call, Direction.INBOUND, request.inPermissions(call))),
                Operation.change(
                        "AuthorizeSecurityGroupEgress",
                        AuthorizeRequest.class,
                        (call, request) -> authorize(call, Direction.OUTBOUND, request)),
                Operation.change(
                        "RevokeSecurityGroupIngress",
                        RevokeIngressRequest.class,
                        (call, request) -> revoke(call, Direction.INBOUND, request.inPermissions(call))),
                Operation.change(
                        "RevokeSecurityGroupEgress",
                        RevokeRequest.class,
                        (call, request) -> revoke(call, Direction.OUTBOUND, request)));
    }

    private Object create(ChangeCall call, CreateSecurityGroupRequest request) {
        NetId net = request.vpcId()
                .orElseGet(() ->
                        DefaultNets.require(call.snapshot(), call.caller()).id());
        SecurityGroup group =
                groups.create(call.work(), call.caller(), net, request.groupName(), request.groupDescription());
        TagSpecification.apply(call, tags, request.tagSpecification(), "security-group", group.id());
        return new CreatedAnswer(group.id(), TagItem.of(call, group.id()));
    }

    private Object delete(ChangeCall call, DeleteSecurityGroupRequest request) {
        groups.delete(call.work(), call.caller(), group(call, request.groupId(), request.groupName()));
        return Done.IT_IS;
    }

    /** A group that is named by its id or, in the default VPC first, by its name. */
    private static SecurityGroupId group(ChangeCall call, Optional<SecurityGroupId> id, Optional<String> name) {
        return id.or(() -> name.map(it -> DefaultNets.groupNamed(call.snapshot(), call.caller(), it)
                        .id()))
                .orElseThrow(() -> new Refusal(RefusalCode.MISSING_PARAMETER, "A GroupId or a GroupName is required."));
    }

    private Object authorize(ChangeCall call, Direction direction, AuthorizeRequest request) {
        List<RequestedRule> rules = IpPermission.wanted(direction, request.ipPermissions());
        if (rules.isEmpty()) {
            throw new Refusal(RefusalCode.MISSING_PARAMETER, "The request must contain the parameter IpPermissions.");
        }
        Set<SecurityGroupRuleId> before = call.snapshot()
                .securityGroups()
                .find(request.groupId())
                .map(group -> group.rules().stream().map(SecurityGroupRule::id).collect(Collectors.toSet()))
                .orElse(Set.of());
        SecurityGroup group = groups.addRules(call.work(), call.caller(), request.groupId(), rules);
        IpPermission.requirePlaces(call, group, direction, request.ipPermissions());
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

    private Object revoke(ChangeCall call, Direction direction, RevokeRequest request) {
        if (request.ipPermissions().isEmpty() && request.securityGroupRuleId().isEmpty()) {
            throw new Refusal(
                    RefusalCode.MISSING_PARAMETER,
                    "The request must contain the parameter IpPermissions or SecurityGroupRuleId.");
        }
        List<RequestedRule> rules = IpPermission.held(call, request.groupId(), direction, request.ipPermissions());
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

    /** A rule that is named is looked up by itself: its group may hold thousands of others. */
    private static List<HeldRule> rules(ReadCall call, Criteria<HeldRule> criteria) {
        Stream<SecurityGroup> holding = criteria.named(RULE)
                .map(ids -> ids.stream()
                        .flatMap(id -> call.snapshot().securityGroups().findByRule(id).stream())
                        .filter(group -> group.owner().equals(call.caller())))
                .orElseGet(() -> SecurityGroupListing.owned(call, criteria.named(RULE_GROUP)));
        return holding.flatMap(HeldRule::of).toList();
    }
}
