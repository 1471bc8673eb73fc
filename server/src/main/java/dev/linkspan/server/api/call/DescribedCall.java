package dev.linkspan.server.api.call;

import java.util.Optional;
import java.util.Set;

/**
 * A call as the description of the API has it.
 *
 * @param id a name that no other call has
 * @param method of HTTP
 * @param arguments the record that they are bound to; empty where the call takes no body
 * @param rehearsable whether it takes {@code DryRun}
 * @param callers who may make it
 */
public record DescribedCall(
        String id,
        String method,
        String path,
        Optional<Class<? extends Record>> arguments,
        boolean rehearsable,
        AnswerShape answer,
        Set<Callers> callers) {

    public DescribedCall {
        callers = Set.copyOf(callers);
    }

    /** A call that is POSTed, as nearly all are. */
    public static DescribedCall post(
            String id,
            String path,
            Class<? extends Record> arguments,
            boolean rehearsable,
            AnswerShape answer,
            Set<Callers> callers) {
        return new DescribedCall(id, "post", path, Optional.of(arguments), rehearsable, answer, callers);
    }
}
