package dev.linkspan.server.api;

/** Finds out who sent a request; throws a {@link dev.linkspan.core.refusal.Refusal} where that cannot be shown. */
@FunctionalInterface
public interface Authenticator {
    Caller authenticate(ApiRequest request);

    /**
     * Whether the head of a request, whose body is not read yet, names a key or session that there is. Nothing is proven by
     * that; but who names none cannot be admitted whatever the body is.
     */
    default boolean knows(ApiRequest head) {
        return false;
    }
}
