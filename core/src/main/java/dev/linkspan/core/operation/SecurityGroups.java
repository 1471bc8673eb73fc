package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.RequestedCounterpart;
import dev.linkspan.core.securitygroup.RequestedRule;
import dev.linkspan.core.securitygroup.RuleChange;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Sentence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The operations on security groups and their rules (rules S). */
public final class SecurityGroups {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9 _.:/()#,@\\[\\]+=&;{}!$*-]{1,255}");
    private static final Pattern DESCRIPTION = Pattern.compile("[\\p{L}0-9 _.:/()#,@\\[\\]+=&;{}!$*-]{1,255}");
    private static final String ID_PREFIX = "sg-";

    /** A group that lets nothing in and everything out (S1). */
    public SecurityGroup create(UnitOfWork unit, AccountId caller, NetId netId, String name, String description) {
        requireName(name);
        requireDescription(description);
        Net net = Visible.net(unit, caller, Parameter.NET, netId);
        List<SecurityGroup> others = unit.securityGroups().ofNet(netId);
        if (others.stream().anyMatch(other -> other.name().equals(name))) {
            throw new Refusal(
                            RefusalCode.CONFLICT,
                            "The %s '%s' has a security group named '%s' already.",
                            Noun.NET,
                            netId,
                            name)
                    .about(netId);
        }
        Quotas.require(unit, caller, Quota.SECURITY_GROUPS_PER_NET, others.size() + 1, netId);
        SecurityGroup group = new SecurityGroup(
                unit.newId(SecurityGroupId.KIND),
                netId,
                net.owner(),
                name,
                description,
                List.of(everythingOut(unit)),
                unit.now());
        return saved(unit, group, EventType.SECURITY_GROUP_CREATED, "named '%s' in %s".formatted(name, netId));
    }

    private static SecurityGroupRule everythingOut(UnitOfWork unit) {
        SecurityGroupRuleId id = unit.newId(SecurityGroupRuleId.KIND);
        return new SecurityGroupRule(id, Direction.OUTBOUND, new Traffic.All(), new Counterpart.Range(Cidr.ALL), "");
    }

    /**
     * Removes a group that no NIC has and that no other group of its owner names. What other accounts' rules name may
     * go: their rules then match nobody (S5).
     */
    public void delete(UnitOfWork unit, AccountId caller, SecurityGroupId id) {
        SecurityGroup group = Visible.securityGroup(unit, caller, Parameter.SECURITY_GROUP, id);
        if (group.isDefault()) {
            throw new Refusal(
                            RefusalCode.DEFAULT_SECURITY_GROUP,
                            "The security group '%s' is the default one of the %s '%s' and goes with it.",
                            id,
                            Noun.NET,
                            group.net())
                    .about(id);
        }
        requireUnused(unit, group);
        group.rules().forEach(rule -> unit.tags().deleteOfResource(rule.id()));
        unit.tags().deleteOfResource(id);
        unit.securityGroups().delete(id);
        record(unit, group, EventType.SECURITY_GROUP_DELETED, "named '%s' in %s".formatted(group.name(), group.net()));
    }

    private static void requireUnused(Snapshot snapshot, SecurityGroup group) {
        Optional<Sentence> user = snapshot.nics().ofSecurityGroup(group.id()).stream()
                .map(Nic::id)
                .map(nic -> Sentence.of("the %s '%s' has it", Noun.NIC, nic))
                .findFirst()
                .or(() -> snapshot.securityGroups().headsNaming(group.id()).stream()
                        .filter(other -> !other.id().equals(group.id()))
                        .filter(other -> other.owner().equals(group.owner()))
                        .map(other -> Sentence.of("a rule of the security group '%s' names it", other.id()))
                        .findFirst());
        if (user.isPresent()) {
            throw new Refusal(
                            RefusalCode.SECURITY_GROUP_IN_USE,
                            "The security group '%s' is in use: %s.",
                            group.id(),
                            user.get())
                    .about(group.id());
        }
    }

    /** The caller's only group of this name, in whichever Net. */
    public SecurityGroup named(Snapshot snapshot, AccountId caller, String name) {
        List<SecurityGroup> found = snapshot.securityGroups().ofOwner(caller).stream()
                .filter(group -> group.name().equals(name))
                .toList();
        if (found.size() > 1) {
            throw Refusal.badValue(
                    Parameter.SECURITY_GROUP_NAME,
                    name,
                    "several %s have a group of that name: its id is needed",
                    Noun.NETS);
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        RefusalCode.UNKNOWN_GROUP_NAME,
                        "The %s '%s' doesn't exist.",
                        Parameter.SECURITY_GROUP_NAME,
                        name));
    }

    /** Adds all of the rules, or none where one of them cannot be added. */
    public SecurityGroup addRules(
            UnitOfWork unit, AccountId caller, SecurityGroupId id, Collection<RequestedRule> requested) {
        SecurityGroup group = Visible.securityGroup(unit, caller, Parameter.SECURITY_GROUP, id);
        NamedGroups nameable = new NamedGroups(unit, caller, group.net());
        List<SecurityGroupRule> rules = new ArrayList<>(group.rules());
        for (RequestedRule rule : requested) {
            Counterpart counterpart = counterpart(nameable, rule.counterpart());
            SecurityGroupRule added = new SecurityGroupRule(
                    unit.newId(SecurityGroupRuleId.KIND),
                    rule.direction(),
                    rule.traffic(),
                    counterpart,
                    rule.description());
            requireNew(group, rules, added);
            rules.add(added);
        }
        Quotas.require(unit, caller, Quota.RULES_PER_SECURITY_GROUP, rules.size(), id);
        return withRules(unit, group, rules);
    }

    /** Removes all of the rules, or none where the group does not hold one of them. */
    public SecurityGroup removeRules(
            UnitOfWork unit, AccountId caller, SecurityGroupId id, Collection<RequestedRule> requested) {
        SecurityGroup group = Visible.securityGroup(unit, caller, Parameter.SECURITY_GROUP, id);
        HeldRules held = new HeldRules(unit, caller, group);
        // What is meant twice is removed once.
        List<SecurityGroupRule> unwanted = requested.stream().map(held::meant).toList();
        held.rules().removeAll(unwanted);
        return withRules(unit, group, held.rules());
    }

    /** Removes the rules of these ids, or none where the group does not hold one of them. */
    public SecurityGroup removeRulesById(
            UnitOfWork unit, AccountId caller, SecurityGroupId id, Collection<SecurityGroupRuleId> ids) {
        SecurityGroup group = Visible.securityGroup(unit, caller, Parameter.SECURITY_GROUP, id);
        HeldRules held = new HeldRules(unit, caller, group);
        ids.forEach(unwanted -> held.rules().remove(held.called(unwanted)));
        return withRules(unit, group, held.rules());
    }

    /** Changes what rules allow, under their ids: all of them, or none where one of them cannot be changed. */
    public SecurityGroup changeRules(
            UnitOfWork unit, AccountId caller, SecurityGroupId id, Collection<RuleChange> changes) {
        SecurityGroup group = Visible.securityGroup(unit, caller, Parameter.SECURITY_GROUP, id);
        HeldRules held = new HeldRules(unit, caller, group);
        NamedGroups nameable = new NamedGroups(unit, caller, group.net());
        Set<SecurityGroupRuleId> changed = new HashSet<>();
        for (RuleChange change : changes) {
            SecurityGroupRule rule = held.called(change.id());
            if (!changed.add(change.id())) {
                throw Refusal.badValue(Parameter.SECURITY_GROUP_RULE, change.id(), "a rule is changed once at a time");
            }
            // What a rule names already it may go on naming, also when the peering with that group's Net is gone (S5).
            Counterpart counterpart = held.isMeant(rule.counterpart(), change.counterpart())
                    ? rule.counterpart()
                    : counterpart(nameable, change.counterpart());
            held.replace(
                    rule,
                    new SecurityGroupRule(
                            rule.id(), rule.direction(), change.traffic(), counterpart, change.description()));
        }
        changed.forEach(it -> requireNew(group, held.rules(), held.called(it)));
        return withRules(unit, group, held.rules());
    }

    /** Gives the rules that are meant the descriptions that they are requested with; all of them, or none. */
    public SecurityGroup describeRules(
            UnitOfWork unit, AccountId caller, SecurityGroupId id, Collection<RequestedRule> requested) {
        SecurityGroup group = Visible.securityGroup(unit, caller, Parameter.SECURITY_GROUP, id);
        HeldRules held = new HeldRules(unit, caller, group);
        for (RequestedRule rule : requested) {
            SecurityGroupRule meant = held.meant(rule);
            held.replace(meant, meant.withDescription(rule.description()));
        }
        return withRules(unit, group, held.rules());
    }

    /** Gives the rules of these ids, which are all of this direction, descriptions; all of them, or none. */
    public SecurityGroup describeRulesById(
            UnitOfWork unit,
            AccountId caller,
            SecurityGroupId id,
            Direction direction,
            Map<SecurityGroupRuleId, String> descriptions) {
        SecurityGroup group = Visible.securityGroup(unit, caller, Parameter.SECURITY_GROUP, id);
        HeldRules held = new HeldRules(unit, caller, group);
        descriptions.forEach((ruleId, description) -> {
            SecurityGroupRule rule = held.called(ruleId);
            if (rule.direction() != direction) {
                throw held.unknown("'%s' of that direction".formatted(ruleId));
            }
            held.replace(rule, rule.withDescription(description));
        });
        return withRules(unit, group, held.rules());
    }

    private static void requireNew(SecurityGroup group, List<SecurityGroupRule> rules, SecurityGroupRule wanted) {
        boolean there = rules.stream().anyMatch(rule -> !rule.id().equals(wanted.id()) && rule.allowsTheSameAs(wanted));
        if (there) {
            throw new Refusal(
                            RefusalCode.RULE_EXISTS,
                            "The security group '%s' allows %s already.",
                            group.id(),
                            HeldRules.inWords(wanted))
                    .about(group.id());
        }
    }

    private static Counterpart counterpart(NamedGroups nameable, RequestedCounterpart requested) {
        return switch (requested) {
            case RequestedCounterpart.Range(AddressRange range) -> new Counterpart.Range(range);
            case RequestedCounterpart.GroupById(SecurityGroupId id, Optional<AccountId> owner) ->
                counterpart(nameable.byId(id, owner));
            case RequestedCounterpart.GroupByName(String name, Optional<AccountId> owner) ->
                counterpart(nameable.byName(name, owner));
        };
    }

    private static Counterpart counterpart(SecurityGroup group) {
        return new Counterpart.Group(group.id(), group.owner());
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches() || name.startsWith(ID_PREFIX)) {
            throw Refusal.badValue(
                    Parameter.SECURITY_GROUP_NAME,
                    name,
                    "1 to 255 of a-z A-Z 0-9, spaces and _.-:/()#,@[]+=&;{}!$* are expected, and not 'sg-' at the start");
        }
    }

    private static void requireDescription(String description) {
        if (!DESCRIPTION.matcher(description).matches()) {
            throw Refusal.badValue(
                    Parameter.DESCRIPTION,
                    description,
                    "1 to 255 letters, digits, spaces and _.-:/()#,@[]+=&;{}!$* are expected");
        }
    }

    private static SecurityGroup withRules(UnitOfWork unit, SecurityGroup group, List<SecurityGroupRule> rules) {
        if (rules.equals(group.rules())) {
            return group;
        }
        Set<SecurityGroupRuleId> left =
                rules.stream().map(SecurityGroupRule::id).collect(Collectors.toSet());
        group.rules().stream()
                .map(SecurityGroupRule::id)
                .filter(rule -> !left.contains(rule))
                .forEach(unit.tags()::deleteOfResource);
        String detail = HeldRules.change(group.rules(), rules);
        return saved(unit, group.withRules(rules), EventType.SECURITY_GROUP_RULES_CHANGED, detail);
    }

    private static SecurityGroup saved(UnitOfWork unit, SecurityGroup group, EventType type, String detail) {
        unit.securityGroups().save(group);
        record(unit, group, type, detail);
        return group;
    }

    private static void record(UnitOfWork unit, SecurityGroup group, EventType type, String detail) {
        unit.record(new Fact(type, group.id().value(), Set.of(group.owner()), Set.of(group.net()), detail));
    }
}
