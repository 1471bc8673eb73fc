package dev.linkspan.core.securitygroup;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.net.Net;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A set of stateful allow rules that NICs of a Net share. */
public record SecurityGroup(
        SecurityGroupId id,
        NetId net,
        AccountId owner,
        String name,
        String description,
        List<SecurityGroupRule> rules,
        Instant createdAt) {

    /** The name of the group that a Net is born with (S1). */
    public static final String DEFAULT_NAME = "default";

    private static final String DEFAULT_DESCRIPTION = "default security group";

    /** The group that a Net is born with: everything in from itself, everything out (S1). */
    public static SecurityGroup bornWith(
            Net net, SecurityGroupId id, SecurityGroupRuleId inbound, SecurityGroupRuleId outbound, Instant now) {
        Counterpart itself = new Counterpart.Group(id, net.owner());
        Counterpart everybody = new Counterpart.Range(Cidr.ALL);
        List<SecurityGroupRule> rules = List.of(
                new SecurityGroupRule(inbound, Direction.INBOUND, new Traffic.All(), itself, ""),
                new SecurityGroupRule(outbound, Direction.OUTBOUND, new Traffic.All(), everybody, ""));
        return new SecurityGroup(id, net.id(), net.owner(), DEFAULT_NAME, DEFAULT_DESCRIPTION, rules, now);
    }

    public SecurityGroup {
        rules = List.copyOf(rules);
    }

    /** Whether it is the group that its Net was born with, which cannot be deleted. */
    public boolean isDefault() {
        return name.equals(DEFAULT_NAME);
    }

    public Stream<SecurityGroupRule> rules(Direction direction) {
        return rules.stream().filter(rule -> rule.direction() == direction);
    }

    public Optional<SecurityGroupRule> rule(SecurityGroupRuleId rule) {
        return rules.stream().filter(it -> it.id().equals(rule)).findFirst();
    }

    /** Whether one of its rules names this group. */
    public boolean names(SecurityGroupId other) {
        return rules.stream()
                .anyMatch(rule -> rule.counterpart() instanceof Counterpart.Group named
                        && named.id().equals(other));
    }

    public SecurityGroup withRules(List<SecurityGroupRule> changed) {
        return new SecurityGroup(id, net, owner, name, description, changed, createdAt);
    }
}
