package dev.linkspan.core.securitygroup;

import dev.linkspan.core.id.SecurityGroupRuleId;

/** What the rule of this id is to allow from now on, in the direction that it has. */
public record RuleChange(
        SecurityGroupRuleId id, Traffic traffic, RequestedCounterpart counterpart, String description) {}
