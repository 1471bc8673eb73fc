package dev.linkspan.server.api;

/** One of the server's APIs: answers every request under its paths, never throws for what a client sent. */
@FunctionalInterface
public interface Endpoint {
    ApiResponse answer(ApiRequest request);
}
