package dev.linkspan.core.securitygroup;

/** A rule that a caller wants to add, or to remove; the description does not tell rules apart. */
public record RequestedRule(
        Direction direction, Traffic traffic, RequestedCounterpart counterpart, String description) {}
