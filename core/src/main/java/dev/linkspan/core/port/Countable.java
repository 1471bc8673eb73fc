package dev.linkspan.core.port;

/** What an account has in a Region and that is counted without being read. */
public enum Countable {
    NETS,
    /** Those that are not terminated. */
    VMS,
    NICS,
    DHCP_OPTIONS_SETS,
    KEYPAIRS,
    /** Those of the directory: they count in every Region alike. */
    ACCESS_KEYS,
    /** Its own, on whichever resource. */
    TAGS
}
