package dev.linkspan.server.api.call;

import dev.linkspan.core.id.AccountId;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One call of the OUTSCALE API, action of the EC2 API, or call of Linkspan's own: its name, who may make it, the record that
 * its arguments are bound to, what it answers, and what it does. The answer is a record or map whose components are the
 * answer's fields.
 */
public sealed interface Operation {

    String name();

    Class<? extends Record> request();

    AnswerShape answer();

    /** Who may make it. */
    Set<Callers> callers();

    /** A call that changes something: the handler runs in a unit of work, which DryRun takes back. */
    static <Q extends Record, A extends Record> Operation change(
            String name, Class<Q> request, Class<A> answer, ChangeHandler<Q, A> handler) {
        return new Change<>(name, request, new AnswerShape.Fields(answer), handler);
    }

    /** A call that changes something, whose answer is described elsewhere. */
    static <Q extends Record> Operation change(String name, Class<Q> request, ChangeHandler<Q, ?> handler) {
        return new Change<>(name, request, new AnswerShape.DescribedElsewhere(), handler);
    }

    /** A call that reads on one snapshot. */
    static <Q extends Record, A extends Record> Operation read(
            String name, Class<Q> request, Class<A> answer, ReadHandler<Q, A> handler) {
        return new Read<>(name, request, new AnswerShape.Fields(answer), handler);
    }

    /** A call that reads on one snapshot, and whose answer is described elsewhere. */
    static <Q extends Record> Operation read(String name, Class<Q> request, ReadHandler<Q, ?> handler) {
        return new Read<>(name, request, new AnswerShape.DescribedElsewhere(), handler);
    }

    /** A call that lists on one snapshot. */
    static <Q extends Record> Operation list(
            String name, Class<Q> request, AnswerShape.Items items, ReadHandler<Q, Map<String, Object>> handler) {
        return new Read<>(name, request, items, handler);
    }

    /** A call that anybody may make, signed or not, and that needs to know nothing of what is stored. */
    static <Q extends Record, A extends Record> Operation open(
            String name, Class<Q> request, Class<A> answer, Function<Q, A> handler) {
        return new Open<>(name, request, new AnswerShape.Fields(answer), handler);
    }

    /** A call that lists what anybody may know. */
    static <Q extends Record> Operation openList(
            String name, Class<Q> request, AnswerShape.Items items, Function<Q, Map<String, Object>> handler) {
        return new Open<>(name, request, items, handler);
    }

    /** A call of Linkspan's own that these may make; it reads and changes what it must by itself. */
    static <Q extends Record, A extends Record> Own<Q> own(
            String name, Set<Callers> callers, Class<Q> request, Class<A> answer, OwnHandler<Q, A> handler) {
        return new Own<>(name, callers, request, new AnswerShape.Fields(answer), handler);
    }

    /** Does what is asked and answers it; throws a Refusal where it may not or cannot. */
    @FunctionalInterface
    interface ChangeHandler<Q extends Record, A> {
        A handle(ChangeCall call, Q request);

        /**
         * What is left to be done in the unit of work. All changes of the Region wait for that, so what takes a while and
         * needs nothing of what is stored is done here, before it begins.
         */
        default Function<ChangeCall, A> prepared(AccountId caller, Q request) {
            return call -> handle(call, request);
        }

        /** A handler that prepares something first, and then needs only that. */
        static <Q extends Record, P, A> ChangeHandler<Q, A> after(
                BiFunction<AccountId, Q, P> preparation, BiFunction<ChangeCall, P, A> handler) {
            return new ChangeHandler<>() {
                @Override
                public A handle(ChangeCall call, Q request) {
                    return prepared(call.caller(), request).apply(call);
                }

                @Override
                public Function<ChangeCall, A> prepared(AccountId caller, Q request) {
                    P made = preparation.apply(caller, request);
                    return call -> handler.apply(call, made);
                }
            };
        }
    }

    /** Answers what is asked; throws a Refusal where it may not or cannot. */
    @FunctionalInterface
    interface ReadHandler<Q extends Record, A> {
        A handle(ReadCall call, Q request);
    }

    /** Does what is asked and answers a record or a Download; throws a Refusal where it may not or cannot. */
    @FunctionalInterface
    interface OwnHandler<Q extends Record, A> {
        A handle(Invocation invocation, Q request);
    }

    /** The answer of a call that has nothing to say but that it was done. */
    record Done() {}

    /** A request without arguments. */
    record Nothing() {}

    record Change<Q extends Record>(String name, Class<Q> request, AnswerShape answer, ChangeHandler<Q, ?> handler)
            implements Operation {

        @Override
        public Set<Callers> callers() {
            return Set.of(Callers.ACCOUNTS);
        }
    }

    record Read<Q extends Record>(String name, Class<Q> request, AnswerShape answer, ReadHandler<Q, ?> handler)
            implements Operation {

        @Override
        public Set<Callers> callers() {
            return Set.of(Callers.ACCOUNTS);
        }
    }

    record Open<Q extends Record>(String name, Class<Q> request, AnswerShape answer, Function<Q, ?> handler)
            implements Operation {

        @Override
        public Set<Callers> callers() {
            return Set.of(Callers.ANYBODY);
        }
    }

    record Own<Q extends Record>(
            String name, Set<Callers> callers, Class<Q> request, AnswerShape answer, OwnHandler<Q, ?> handler)
            implements Operation {}
}
