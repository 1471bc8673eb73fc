package dev.linkspan.core.net;

/** A switch that clients set on a Net and read back (EC2's attributes of a VPC): recorded, without effect on packets. */
public enum NetAttribute {
    /** Whether its machines may ask a name server of the cloud's. */
    DNS_SUPPORT,
    /** Whether its machines with public addresses get public names. */
    DNS_HOSTNAMES,
    /** Whether the use of its addresses is measured. */
    ADDRESS_USAGE_METRICS
}
