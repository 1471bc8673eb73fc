package dev.linkspan.server.api.own;

import dev.linkspan.core.event.Origin;
import dev.linkspan.server.api.call.AnswerShape;

/** A call that accounts sign and that the operator makes with the admin token; each sees what is theirs to see. */
record SharedOperation<Q extends Record>(String name, Class<Q> request, AnswerShape answer, Handler<Q, ?> handler) {

    /** Answers a record; throws a Refusal where it cannot. */
    @FunctionalInterface
    interface Handler<Q extends Record, A> {
        A handle(Asker asker, Origin origin, Q request);
    }

    /** A call that answers this record. */
    static <Q extends Record, A extends Record> SharedOperation<Q> of(
            String name, Class<Q> request, Class<A> answer, Handler<Q, A> handler) {
        return new SharedOperation<>(name, request, new AnswerShape.Fields(answer), handler);
    }
}
