package dev.linkspan.server.lifecycle;

/** Where a peering can be in its life, and how it came there. */
enum Situation {
    PENDING,
    ACTIVE,
    REJECTED,
    /** The other request between the two Nets was accepted (P9). */
    REJECTED_BY_ANOTHER_ACCEPT,
    /** Asked for while an active peering connected the two Nets the other way round (P9). */
    REJECTED_AT_BIRTH,
    FAILED_OVERLAP,
    FAILED_REGIONS,
    EXPIRED,
    EXPIRED_AND_SWEPT,
    DELETED_WHILE_PENDING,
    DELETED_WHILE_ACTIVE,
    VANISHED,
    VANISHED_AND_SWEPT
}
