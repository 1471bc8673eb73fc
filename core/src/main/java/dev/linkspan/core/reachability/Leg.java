package dev.linkspan.core.reachability;

/** On which part of its way a packet is. */
public enum Leg {
    /** From the one who asks. */
    THERE,
    /** The reply. Groups are not asked about it again (S3), but it needs a route of its own (R2). */
    BACK
}
