package dev.linkspan.server.api.oapi;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Flow;
import dev.linkspan.core.securitygroup.RequestedRule;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.SecurityGroupAnswer.SecurityGroupMemberAnswer;
import dev.linkspan.server.api.oapi.SecurityGroupAnswer.SecurityGroupRuleAnswer;
import dev.linkspan.server.api.oapi.SecurityGroupRuleRequests.CreateSecurityGroupRuleRequest;
import dev.linkspan.server.api.oapi.SecurityGroupRuleRequests.DeleteSecurityGroupRuleRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The calls on security groups and their rules. */
public final class SecurityGroupCalls {

    record CreateSecurityGroupRequest(
            @Required String description,
            @Required NetId netId,
            @Required String securityGroupName) {}

    /** Exactly one of the two is given. */
    record DeleteSecurityGroupRequest(Optional<SecurityGroupId> securityGroupId, Optional<String> securityGroupName) {

        void requireOne() {
            if (securityGroupId.isPresent() && securityGroupName.isPresent()) {
                throw new Refusal(
                        RefusalCode.PARAMETER_COMBINATION,
                        "SecurityGroupId and SecurityGroupName cannot be given together.");
            }
        }
    }

    record SecurityGroupResponse(SecurityGroupAnswer securityGroup) {}

    /** A group with its rules as the caller sees them. */
    private record Seen(
            SecurityGroup group, List<SecurityGroupRuleAnswer> inbound, List<SecurityGroupRuleAnswer> outbound) {

        static Seen of(Call call, SecurityGroup group) {
            return new Seen(
                    group,
                    SecurityGroupAnswer.rules(call, group, Flow.INBOUND),
                    SecurityGroupAnswer.rules(call, group, Flow.OUTBOUND));
        }
    }

    private static final FilterTable<Seen> FILTERS = withRules(
            withRules(
                    FilterTable.<Seen>of()
                            .text("Descriptions", seen -> seen.group().description())
                            .text("NetIds", seen -> seen.group().net())
                            .text("SecurityGroupIds", seen -> seen.group().id())
                            .text("SecurityGroupNames", seen -> seen.group().name())
                            .tags(seen -> seen.group().id()),
                    "InboundRule",
                    Seen::inbound),
            "OutboundRule",
            Seen::outbound);

    private static final Listing<Seen, SecurityGroupAnswer> LISTING = new Listing<>(
            "SecurityGroups",
            SecurityGroupAnswer.class,
            SecurityGroupCalls::candidates,
            seen -> Position.byCreation(seen.group().createdAt(), seen.group().id()),
            FILTERS,
            (call, seen) -> SecurityGroupAnswer.of(call, seen.group()));

    private final SecurityGroups groups;

    public SecurityGroupCalls(SecurityGroups groups) {
        this.groups = groups;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change(
                        "CreateSecurityGroup",
                        CreateSecurityGroupRequest.class,
                        SecurityGroupResponse.class,
                        this::create),
                LISTING.operation("ReadSecurityGroups"),
                Operation.change(
                        "DeleteSecurityGroup", DeleteSecurityGroupRequest.class, Operation.Done.class, this::delete),
                Operation.change(
                        "CreateSecurityGroupRule",
                        CreateSecurityGroupRuleRequest.class,
                        SecurityGroupResponse.class,
                        this::addRules),
                Operation.change(
                        "DeleteSecurityGroupRule",
                        DeleteSecurityGroupRuleRequest.class,
                        SecurityGroupResponse.class,
                        this::removeRules));
    }

    private static FilterTable<Seen> withRules(
            FilterTable<Seen> table, String prefix, Function<Seen, List<SecurityGroupRuleAnswer>> rules) {
        Function<Seen, List<SecurityGroupMemberAnswer>> members =
                seen -> each(rules.apply(seen), SecurityGroupRuleAnswer::members);
        return table.account(
                        prefix + "AccountIds", members.andThen(it -> map(it, SecurityGroupMemberAnswer::accountId)))
                .text(
                        prefix + "SecurityGroupIds",
                        members.andThen(it -> map(it, SecurityGroupMemberAnswer::securityGroupId)))
                .text(
                        prefix + "SecurityGroupNames",
                        members.andThen(it -> each(
                                it,
                                member -> member.securityGroupName().stream().toList())))
                .text(prefix + "IpRanges", seen -> each(rules.apply(seen), SecurityGroupRuleAnswer::ranges))
                .text(prefix + "Protocols", seen -> map(rules.apply(seen), SecurityGroupRuleAnswer::ipProtocol))
                .number(
                        prefix + "FromPortRanges",
                        seen -> map(rules.apply(seen), SecurityGroupRuleAnswer::fromPortRange))
                .number(prefix + "ToPortRanges", seen -> map(rules.apply(seen), SecurityGroupRuleAnswer::toPortRange));
    }

    private static <T, V> List<V> map(Collection<T> items, Function<T, V> value) {
        return items.stream().map(value).toList();
    }

    private static <T, V> List<V> each(Collection<T> items, Function<T, List<V>> values) {
        return items.stream().flatMap(item -> values.apply(item).stream()).toList();
    }

    private SecurityGroupResponse create(ChangeCall call, CreateSecurityGroupRequest request) {
        return answer(
                call,
                groups.create(
                        call.work(),
                        call.caller(),
                        request.netId(),
                        request.securityGroupName(),
                        request.description()));
    }

    private Operation.Done delete(ChangeCall call, DeleteSecurityGroupRequest request) {
        request.requireOne();
        SecurityGroupId id = request.securityGroupId()
                .or(() -> request.securityGroupName()
                        .map(name -> groups.named(call.snapshot(), call.caller(), name)
                                .id()))
                .orElseThrow(() -> new Refusal(
                        RefusalCode.MISSING_PARAMETER, "A SecurityGroupId or a SecurityGroupName is required."));
        groups.delete(call.work(), call.caller(), id);
        return new Operation.Done();
    }

    private SecurityGroupResponse addRules(ChangeCall call, CreateSecurityGroupRuleRequest request) {
        List<RequestedRule> rules = request.requested();
        return answer(call, groups.addRules(call.work(), call.caller(), request.securityGroupId(), rules));
    }

    private SecurityGroupResponse removeRules(ChangeCall call, DeleteSecurityGroupRuleRequest request) {
        List<RequestedRule> rules = request.requested();
        SecurityGroup group = groups.removeRules(call.work(), call.caller(), request.securityGroupId(), rules);
        List<SecurityGroupRuleId> ids = request.requestedIds();
        return answer(call, ids.isEmpty() ? group : withoutShown(call, group, request.direction(), ids));
    }

    /** An id that clients have read stands for everything that they were shown under it. */
    private SecurityGroup withoutShown(
            ChangeCall call, SecurityGroup group, Flow flow, List<SecurityGroupRuleId> shown) {
        List<SecurityGroupRuleId> all = shown.stream()
                .flatMap(id -> group.rules(flow)
                        .filter(rule -> rule.id().equals(id))
                        .findFirst()
                        .map(rule -> group.rules(flow)
                                .filter(other -> other.traffic().equals(rule.traffic()))
                                .map(SecurityGroupRule::id))
                        .orElseThrow(() -> new Refusal(
                                        RefusalCode.UNKNOWN_RULE,
                                        "The security group '%s' has no rule '%s' in that direction.",
                                        group.id(),
                                        id)
                                .about(group.id())))
                .distinct()
                .toList();
        return groups.removeRulesById(call.work(), call.caller(), group.id(), all);
    }

    private static SecurityGroupResponse answer(Call call, SecurityGroup group) {
        return new SecurityGroupResponse(SecurityGroupAnswer.of(call, group));
    }

    /** Asked for by id, which is what clients do most, only those are read. */
    private static List<Seen> candidates(ReadCall call, FilterArguments filters) {
        List<SecurityGroup> groups = filters.ids("SecurityGroupIds", SecurityGroupId.KIND)
                .map(ids -> ids.stream()
                        .flatMap(id -> call.snapshot().securityGroups().find(id).stream())
                        .filter(group -> group.owner().equals(call.caller()))
                        .toList())
                .orElseGet(() -> call.snapshot().securityGroups().ofOwner(call.caller()));
        return groups.stream().map(group -> Seen.of(call, group)).toList();
    }
}
