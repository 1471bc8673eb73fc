package dev.linkspan.server.api;

/** Finds out who sent a request; throws a {@link dev.linkspan.core.refusal.Refusal} where that cannot be shown. */
@FunctionalInterface
public interface Authenticator {
    Caller authenticate(ApiRequest request);
}
