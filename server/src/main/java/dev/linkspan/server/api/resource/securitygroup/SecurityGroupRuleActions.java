package dev.linkspan.server.api.resource.securitygroup;

import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.refusal.Ids;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.RequestedCounterpart;
import dev.linkspan.core.securitygroup.RuleChange;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.ec2.Done;
import dev.linkspan.server.api.json.CanonicalCidr;
import dev.linkspan.server.api.json.Required;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The actions that change rules of security groups in place. */
public final class SecurityGroupRuleActions {

    record ModifySecurityGroupRulesRequest(
            @Required SecurityGroupId groupId, @Required List<RuleUpdate> securityGroupRule) {}

    record RuleUpdate(
            @Required SecurityGroupRuleId securityGroupRuleId,
            @Required RuleRequest securityGroupRule) {

        RuleChange change() {
            return securityGroupRule.change(securityGroupRuleId);
        }
    }

    /**
     * All that a rule is to be: what is left out is not kept.
     *
     * @param referencedGroupId a group, behind its owner and a slash where clients put that
     */
    record RuleRequest(
            @Required String ipProtocol,
            Optional<Integer> fromPort,
            Optional<Integer> toPort,
            Optional<CanonicalCidr> cidrIpv4,
            Optional<Ipv6Range> cidrIpv6,
            Optional<String> prefixListId,
            Optional<String> referencedGroupId,
            Optional<String> description) {

        private RuleChange change(SecurityGroupRuleId id) {
            if (prefixListId.isPresent()) {
                throw Refusal.badValue("PrefixListId", prefixListId.get(), "there are no lists of prefixes here");
            }
            List<RequestedCounterpart> counterparts = Stream.of(
                            cidrIpv4.map(CanonicalCidr::range).map(RequestedCounterpart.Range::new),
                            cidrIpv6.map(RequestedCounterpart.Range::new),
                            referencedGroupId.map(RuleRequest::group))
                    .<RequestedCounterpart>flatMap(Optional::stream)
                    .toList();
            if (counterparts.size() != 1) {
                throw new Refusal(
                        RefusalCode.PARAMETER_COMBINATION,
                        "The SecurityGroupRule '%s' needs one of CidrIpv4, CidrIpv6 and ReferencedGroupId.",
                        id);
            }
            return new RuleChange(
                    id,
                    IpPermission.traffic(ipProtocol, fromPort, toPort),
                    counterparts.getFirst(),
                    IpPermission.described(description));
        }

        private static RequestedCounterpart group(String text) {
            int slash = text.indexOf('/');
            Optional<AccountId> owner = slash < 0 ? Optional.empty() : Optional.of(owner(text, slash));
            return new RequestedCounterpart.GroupById(
                    Ids.parse(SecurityGroupId.KIND, "ReferencedGroupId", text.substring(slash + 1)), owner);
        }

        private static AccountId owner(String text, int slash) {
            return AccountId.tryParse(text.substring(0, slash))
                    .orElseThrow(() -> Refusal.malformed(
                            "ReferencedGroupId", text, "an account's id is expected before the slash"));
        }
    }

    record UpdateDescriptionsRequest(
            @Required SecurityGroupId groupId,
            List<IpPermission> ipPermissions,
            List<RuleDescription> securityGroupRuleDescription) {}

    /** Without a text, the rule is to have none. */
    record RuleDescription(@Required SecurityGroupRuleId securityGroupRuleId, Optional<String> description) {}

    private final SecurityGroups groups;

    public SecurityGroupRuleActions(SecurityGroups groups) {
        this.groups = groups;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("ModifySecurityGroupRules", ModifySecurityGroupRulesRequest.class, this::modify),
                Operation.change(
                        "UpdateSecurityGroupRuleDescriptionsIngress",
                        UpdateDescriptionsRequest.class,
                        (call, request) -> describe(call, Direction.INBOUND, request)),
                Operation.change(
                        "UpdateSecurityGroupRuleDescriptionsEgress",
                        UpdateDescriptionsRequest.class,
                        (call, request) -> describe(call, Direction.OUTBOUND, request)));
    }

    private Object modify(ChangeCall call, ModifySecurityGroupRulesRequest request) {
        List<RuleChange> changes =
                request.securityGroupRule().stream().map(RuleUpdate::change).toList();
        groups.changeRules(call.work(), call.caller(), request.groupId(), changes);
        return Done.IT_IS;
    }

    private Object describe(ChangeCall call, Direction direction, UpdateDescriptionsRequest request) {
        if (request.ipPermissions().isEmpty()
                == request.securityGroupRuleDescription().isEmpty()) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "The request needs either IpPermissions or SecurityGroupRuleDescription.");
        }
        if (request.ipPermissions().isEmpty()) {
            groups.describeRulesById(call.work(), call.caller(), request.groupId(), direction, descriptions(request));
        } else {
            groups.describeRules(
                    call.work(),
                    call.caller(),
                    request.groupId(),
                    IpPermission.held(call, request.groupId(), direction, request.ipPermissions()));
        }
        return Done.IT_IS;
    }

    private static Map<SecurityGroupRuleId, String> descriptions(UpdateDescriptionsRequest request) {
        Map<SecurityGroupRuleId, String> descriptions = new LinkedHashMap<>();
        request.securityGroupRuleDescription()
                .forEach(it -> descriptions.put(it.securityGroupRuleId(), IpPermission.described(it.description())));
        return descriptions;
    }
}
