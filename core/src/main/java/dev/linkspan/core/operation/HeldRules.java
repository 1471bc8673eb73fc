package dev.linkspan.core.operation;

import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.RequestedCounterpart;
import dev.linkspan.core.securitygroup.RequestedRule;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of a group while they are being changed, and which of them a caller means. */
final class HeldRules {

    private final Snapshot snapshot;
    private final AccountId caller;
    private final SecurityGroupId group;
    private final List<SecurityGroupRule> rules;

    HeldRules(Snapshot snapshot, AccountId caller, SecurityGroup group) {
        this.snapshot = snapshot;
        this.caller = caller;
        this.group = group.id();
        this.rules = new ArrayList<>(group.rules());
    }

    /** What there is now, for the caller to change. */
    List<SecurityGroupRule> rules() {
        return rules;
    }

    void replace(SecurityGroupRule rule, SecurityGroupRule by) {
        rules.set(rules.indexOf(rule), by);
    }

    SecurityGroupRule called(SecurityGroupRuleId id) {
        return rules.stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown("'%s'".formatted(id)));
    }

    SecurityGroupRule meant(RequestedRule requested) {
        return rules.stream()
                .filter(rule -> rule.direction() == requested.direction()
                        && rule.traffic().equals(requested.traffic())
                        && isMeant(rule.counterpart(), requested.counterpart()))
                .findFirst()
                .orElseThrow(() -> unknown(inWords(requested)));
    }

    /** A rule can be meant also when its group is gone, or the peering with that group's Net. */
    boolean isMeant(Counterpart held, RequestedCounterpart requested) {
        return switch (requested) {
            case RequestedCounterpart.Range(AddressRange range) -> held.equals(new Counterpart.Range(range));
            case RequestedCounterpart.GroupById(SecurityGroupId id, Optional<AccountId> owner) ->
                held instanceof Counterpart.Group named
                        && named.id().equals(id)
                        && named.owner().equals(owner.orElse(named.owner()));
            case RequestedCounterpart.GroupByName(String name, Optional<AccountId> owner) ->
                held instanceof Counterpart.Group named
                        && named.owner().equals(owner.orElse(caller))
                        && snapshot.securityGroups()
                                .findHead(named.id())
                                .filter(it -> it.name().equals(name))
                                .isPresent();
        };
    }

    Refusal unknown(String rule) {
        return new Refusal(RefusalCode.UNKNOWN_RULE, "The security group '%s' has no rule %s.", group, rule)
                .about(group);
    }

    /** What became of a group's rules, for the log: those added, those removed, those that say something else now. */
    static String change(List<SecurityGroupRule> before, List<SecurityGroupRule> after) {
        List<String> changed = after.stream()
                .flatMap(rule ->
                        called(before, rule.id())
                                .filter(old -> !old.equals(rule))
                                .map(old -> changeOf(old, rule))
                                .stream())
                .toList();
        return Stream.of(
                        told("added ", notIn(before, after)),
                        told("removed ", notIn(after, before)),
                        told("changed ", changed))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static Optional<SecurityGroupRule> called(List<SecurityGroupRule> rules, SecurityGroupRuleId id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    private static List<String> notIn(List<SecurityGroupRule> these, List<SecurityGroupRule> rules) {
        return rules.stream()
                .filter(rule -> called(these, rule.id()).isEmpty())
                .map(HeldRules::inWords)
                .toList();
    }

    private static String told(String verb, List<String> rules) {
        return rules.isEmpty() ? "" : verb + Fact.listed(rules);
    }

    private static String changeOf(SecurityGroupRule before, SecurityGroupRule after) {
        return before.allowsTheSameAs(after)
                ? "the description of %s".formatted(inWords(after))
                : "%s to %s".formatted(inWords(before), inWords(after));
    }

    static String inWords(SecurityGroupRule rule) {
        String whom = switch (rule.counterpart()) {
            case Counterpart.Range(AddressRange range) -> range.toString();
            case Counterpart.Group named -> named.id().value();
        };
        return inWords(rule.direction(), rule.traffic(), whom);
    }

    private static String inWords(RequestedRule rule) {
        String whom = switch (rule.counterpart()) {
            case RequestedCounterpart.Range(AddressRange range) -> range.toString();
            case RequestedCounterpart.GroupById named -> named.id().value();
            case RequestedCounterpart.GroupByName named -> named.name();
        };
        return inWords(rule.direction(), rule.traffic(), whom);
    }

    private static String inWords(Direction direction, Traffic traffic, String whom) {
        String what = switch (traffic) {
            case Traffic.All _ -> "everything";
            case Traffic.Ports ports
            when ports.from() == ports.to() -> "%s %d".formatted(traffic.protocolName(), ports.from());
            case Traffic.Ports ports -> "%s %d-%d".formatted(traffic.protocolName(), ports.from(), ports.to());
            case Traffic.Icmp icmp when icmp.type() == Traffic.ANY -> "icmp";
            case Traffic.Icmp icmp when icmp.code() == Traffic.ANY -> "icmp type %d".formatted(icmp.type());
            case Traffic.Icmp icmp -> "icmp type %d code %d".formatted(icmp.type(), icmp.code());
            case Traffic.Other other -> "protocol %d".formatted(other.protocol());
        };
        return switch (direction) {
            case INBOUND -> "%s from %s".formatted(what, whom);
            case OUTBOUND -> "%s to %s".formatted(what, whom);
        };
    }
}
