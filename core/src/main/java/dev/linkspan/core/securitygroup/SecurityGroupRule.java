package dev.linkspan.core.securitygroup;

import dev.linkspan.core.id.SecurityGroupRuleId;

/** Allows one kind of traffic with one counterpart in one direction (S2). What no rule allows is dropped. */
public record SecurityGroupRule(
        SecurityGroupRuleId id, Direction direction, Traffic traffic, Counterpart counterpart, String description) {

    /** Whether both rules allow the same, whatever they are called. */
    public boolean allowsTheSameAs(SecurityGroupRule other) {
        return direction == other.direction && traffic.equals(other.traffic) && counterpart.equals(other.counterpart);
    }

    public SecurityGroupRule withDescription(String changed) {
        return new SecurityGroupRule(id, direction, traffic, counterpart, changed);
    }
}
