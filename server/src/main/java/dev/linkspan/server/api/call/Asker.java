package dev.linkspan.server.api.call;

import dev.linkspan.server.api.Caller;

/** Who makes one of Linkspan's own calls. */
public sealed interface Asker {

    /** Whoever has the admin token: sees everything. */
    record Operator() implements Asker {}

    /** An account, by its signature: sees what is its own. */
    record Tenant(Caller caller) implements Asker {}
}
