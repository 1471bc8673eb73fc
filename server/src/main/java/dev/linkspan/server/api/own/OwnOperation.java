package dev.linkspan.server.api.own;

import dev.linkspan.core.event.Origin;

/** One of the operator's calls: its name, the record that its arguments are bound to, and what it does. */
record OwnOperation<Q extends Record>(String name, Class<Q> request, Handler<Q> handler) {

    /** Does what is asked and answers a record or a Download; throws a Refusal where it cannot. */
    @FunctionalInterface
    interface Handler<Q extends Record> {
        Object handle(Origin origin, Q request);
    }

    /** A request without arguments. */
    record Nothing() {}
}
