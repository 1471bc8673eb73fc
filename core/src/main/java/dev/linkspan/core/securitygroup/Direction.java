package dev.linkspan.core.securitygroup;

/** The direction of a rule, seen from the NIC. */
public enum Direction {
    INBOUND,
    OUTBOUND
}
