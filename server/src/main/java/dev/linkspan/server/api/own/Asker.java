package dev.linkspan.server.api.own;

import dev.linkspan.server.api.Caller;

/** Who makes a call that accounts and the operator may make. */
sealed interface Asker {

    /** Whoever has the admin token: sees everything. */
    record Operator() implements Asker {}

    /** An account, by its signature: sees what is its own. */
    record Tenant(Caller caller) implements Asker {}
}
