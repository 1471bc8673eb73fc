package dev.linkspan.server.api.resource.securitygroup;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.operation.Visible;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.RequestedRule;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.OapiListing;
import dev.linkspan.server.api.resource.securitygroup.SecurityGroupListing.SeenGroup;
import dev.linkspan.server.api.resource.securitygroup.SecurityGroupRuleRequests.CreateSecurityGroupRuleRequest;
import dev.linkspan.server.api.resource.securitygroup.SecurityGroupRuleRequests.DeleteSecurityGroupRuleRequest;
import java.util.List;
import java.util.Optional;

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

    private static final OapiListing<SeenGroup, SecurityGroupAnswer> LISTING = new OapiListing<>(
            "SecurityGroups",
            SecurityGroupAnswer.class,
            SecurityGroupListing.GROUPS,
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
        List<SecurityGroupRuleId> ids = request.requestedIds();
        SecurityGroup before = Visible.securityGroup(
                call.snapshot(), call.caller(), Parameter.SECURITY_GROUP, request.securityGroupId());
        List<SecurityGroupRuleId> shown = shown(before, request.direction(), ids);
        SecurityGroup group = groups.removeRules(call.work(), call.caller(), before.id(), rules);
        return answer(call, shown.isEmpty() ? group : without(call, group, shown));
    }

    /** Those of the rules that are still there: one may be meant by its id and by what it allows. */
    private SecurityGroup without(ChangeCall call, SecurityGroup group, List<SecurityGroupRuleId> unwanted) {
        List<SecurityGroupRuleId> left = group.rules().stream()
                .map(SecurityGroupRule::id)
                .filter(unwanted::contains)
                .toList();
        return groups.removeRulesById(call.work(), call.caller(), group.id(), left);
    }

    /** An id that clients have read stands for everything that they were shown under it. */
    private static List<SecurityGroupRuleId> shown(
            SecurityGroup group, Direction direction, List<SecurityGroupRuleId> shown) {
        return shown.stream()
                .flatMap(id -> group.rules(direction)
                        .filter(rule -> rule.id().equals(id))
                        .findFirst()
                        .map(rule -> group.rules(direction)
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
    }

    private static SecurityGroupResponse answer(Call call, SecurityGroup group) {
        return new SecurityGroupResponse(SecurityGroupAnswer.of(call, group));
    }
}
