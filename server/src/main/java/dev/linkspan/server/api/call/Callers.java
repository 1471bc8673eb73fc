package dev.linkspan.server.api.call;

/** Who may make a call. */
public enum Callers {
    ANYBODY,
    /** Accounts, by signature or by Cockpit's session. */
    ACCOUNTS,
    /** The operator, by admin token. */
    OPERATOR,
    /** Whoever is signed in to Cockpit. */
    SIGNED_IN
}
