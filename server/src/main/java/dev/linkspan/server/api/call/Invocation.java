package dev.linkspan.server.api.call;

import dev.linkspan.core.event.Origin;
import dev.linkspan.server.api.Caller;

/**
 * One call of Linkspan's own being made.
 *
 * @param peer the address that the request came from
 * @param origin what the event log will say of what it does
 */
public record Invocation(Asker asker, String peer, Origin origin) {

    /** Of a call that accounts alone may make: which one. */
    public Caller caller() {
        return switch (asker) {
            case Asker.Tenant(Caller caller) -> caller;
            case Asker.Operator _ -> throw new IllegalStateException("BUG: the operator makes the call of an account");
        };
    }
}
