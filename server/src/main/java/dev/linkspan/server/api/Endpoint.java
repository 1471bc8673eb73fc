package dev.linkspan.server.api;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.call.OutscaleWords;

/** One of the server's APIs: answers every request under its paths, never throws for what a client sent. */
@FunctionalInterface
public interface Endpoint {
    ApiResponse answer(ApiRequest request);

    /**
     * The answer, in the API's own form, to a request that is refused before it could be looked at: it cannot be read, took
     * too long, or there is no room for it.
     */
    default ApiResponse refuse(ApiRequest request, Refusal refusal) {
        int status = switch (refusal.code()) {
            case REQUEST_TIMEOUT -> 408;
            case THROTTLED -> 429;
            case UNAVAILABLE -> 503;
            default -> 400;
        };
        return ApiResponse.text(status, refusal.sentence().in(OutscaleWords.WORDS) + "\n", AccessRecord.on("none", ""));
    }
}
