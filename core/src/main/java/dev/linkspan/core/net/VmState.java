package dev.linkspan.core.net;

/** What a VM is doing. Linkspan's machines change state at once, so the states in between do not occur. */
public enum VmState {
    RUNNING,
    /** Exists and keeps its addresses, but exchanges no packets. */
    STOPPED,
    /** Gone; readable for an hour, without its NICs. */
    TERMINATED
}
