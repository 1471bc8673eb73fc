package dev.linkspan.server.api.call;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One call of the OUTSCALE API, or action of the EC2 API: its name, the record that its arguments are bound to, and what it
 * does. The answer is a record or map whose components are the answer's fields.
 */
public sealed interface Operation {

    String name();

    /** A call that changes something: the handler runs in a unit of work, which DryRun takes back. */
    static <Q extends Record> Operation change(String name, Class<Q> request, ChangeHandler<Q> handler) {
        return new Change<>(name, request, handler);
    }

    /** A call that reads on one snapshot. */
    static <Q extends Record> Operation read(String name, Class<Q> request, ReadHandler<Q> handler) {
        return new Read<>(name, request, handler);
    }

    /** A call that anybody may make, signed or not, and that needs to know nothing of what is stored. */
    static <Q extends Record> Operation open(String name, Class<Q> request, Function<Q, Object> handler) {
        return new Open<>(name, request, handler);
    }

    /** Does what is asked and answers it; throws a Refusal where it may not or cannot. */
    @FunctionalInterface
    interface ChangeHandler<Q extends Record> {
        Object handle(ChangeCall call, Q request);

        /**
         * What is left to be done in the unit of work. All changes of the Region wait for that, so what takes a while and
         * needs nothing of what is stored is done here, before it begins.
         */
        default Function<ChangeCall, Object> prepared(Q request) {
            return call -> handle(call, request);
        }

        /** A handler that prepares something first, and then needs only that. */
        static <Q extends Record, P> ChangeHandler<Q> after(
                Function<Q, P> preparation, BiFunction<ChangeCall, P, Object> handler) {
            return new ChangeHandler<>() {
                @Override
                public Object handle(ChangeCall call, Q request) {
                    return prepared(request).apply(call);
                }

                @Override
                public Function<ChangeCall, Object> prepared(Q request) {
                    P made = preparation.apply(request);
                    return call -> handler.apply(call, made);
                }
            };
        }
    }

    /** Answers what is asked; throws a Refusal where it may not or cannot. */
    @FunctionalInterface
    interface ReadHandler<Q extends Record> {
        Object handle(ReadCall call, Q request);
    }

    /** The answer of a call that has nothing to say but that it was done. */
    record Done() {}

    /** A request without arguments. */
    record Nothing() {}

    record Change<Q extends Record>(String name, Class<Q> request, ChangeHandler<Q> handler) implements Operation {}

    record Read<Q extends Record>(String name, Class<Q> request, ReadHandler<Q> handler) implements Operation {}

    record Open<Q extends Record>(String name, Class<Q> request, Function<Q, Object> handler) implements Operation {}
}
