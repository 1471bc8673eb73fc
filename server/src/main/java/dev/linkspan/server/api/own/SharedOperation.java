package dev.linkspan.server.api.own;

import dev.linkspan.core.event.Origin;

/** A call that accounts sign and that the operator makes with the admin token; each sees what is theirs to see. */
record SharedOperation<Q extends Record>(String name, Class<Q> request, Handler<Q> handler) {

    /** Answers a record; throws a Refusal where it cannot. */
    @FunctionalInterface
    interface Handler<Q extends Record> {
        Object handle(Asker asker, Origin origin, Q request);
    }
}
