package dev.linkspan.core.port;

/** The right to do a piece of work that only one of several servers may do at a time. */
@FunctionalInterface
public interface Lease {

    /** Of a server that is alone. */
    Lease ALWAYS = () -> true;

    /** Whether the work is this server's now. It may be another's a moment later, so ask before each step. */
    boolean isHeld();
}
