package dev.linkspan.server.host.protocol;

/** How the link of a NIC to its host's switch is. */
public enum LinkState {

    /** The switch forwards for it. */
    UP,

    /** It is there, and the switch does not forward for it: not yet, or because it is not to. */
    DOWN,

    /** There is none. */
    MISSING
}
