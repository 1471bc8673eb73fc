package dev.linkspan.server.api.own;

import dev.linkspan.core.event.Origin;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.call.AnswerShape;

/** A call that an account makes, signed or signed in, and nobody in its place: the operator has others for that. */
record AccountOperation<Q extends Record>(String name, Class<Q> request, AnswerShape answer, Handler<Q, ?> handler) {

    /** Answers a record; throws a Refusal where it cannot. The peer is the address that the request came from. */
    @FunctionalInterface
    interface Handler<Q extends Record, A> {
        A handle(Caller caller, String peer, Origin origin, Q request);
    }

    /** A call that answers this record. */
    static <Q extends Record, A extends Record> AccountOperation<Q> of(
            String name, Class<Q> request, Class<A> answer, Handler<Q, A> handler) {
        return new AccountOperation<>(name, request, new AnswerShape.Fields(answer), handler);
    }
}
