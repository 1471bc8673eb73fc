package dev.linkspan.server.api.cockpit;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;

/**
 * The path {@code /}: people who come there with a browser are shown to Cockpit, and everybody else is left to the API that
 * has it for its own.
 */
public record RootEndpoint(Endpoint api) implements Endpoint {

    @Override
    public ApiResponse answer(ApiRequest request) {
        boolean browser = request.isRead()
                && request.query().isEmpty()
                && request.headers().first("Accept").orElse("").contains("text/html");
        return browser ? CockpitEndpoint.redirect() : api.answer(request);
    }

    @Override
    public ApiResponse refuse(ApiRequest request, Refusal refusal) {
        return api.refuse(request, refusal);
    }
}
