package dev.linkspan.server.api.own;

import dev.linkspan.core.event.Origin;
import dev.linkspan.server.api.call.AnswerShape;

/** One of the operator's calls: its name, the record that its arguments are bound to, what it answers and what it does. */
record OwnOperation<Q extends Record>(String name, Class<Q> request, AnswerShape answer, Handler<Q, ?> handler) {

    /** Does what is asked and answers a record or a Download; throws a Refusal where it cannot. */
    @FunctionalInterface
    interface Handler<Q extends Record, A> {
        A handle(Origin origin, Q request);
    }

    /** A request without arguments. */
    record Nothing() {}

    /** A call that answers this record. */
    static <Q extends Record, A extends Record> OwnOperation<Q> of(
            String name, Class<Q> request, Class<A> answer, Handler<Q, A> handler) {
        return new OwnOperation<>(name, request, new AnswerShape.Fields(answer), handler);
    }
}
