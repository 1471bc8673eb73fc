package dev.linkspan.server.api.own;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.call.Answering;
import dev.linkspan.server.api.call.Callers;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.api.oapi.OapiErrors;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The call that brings a server in the developer's mode (A6) back to empty, for test suites. */
public final class ResetCall {

    /** Where suites that were written for another server ask for the same. */
    public static final String COMPATIBLE_PATH = "/moto-api/reset";

    private static final String NAME = "Reset";

    private final Optional<Consumer<Origin>> reset;

    /** @param reset deletes everything and comes back once the network is gone too; empty where nobody may have that done */
    public ResetCall(Optional<Consumer<Origin>> reset) {
        this.reset = reset;
    }

    Operation.Own<?> operation() {
        return Operation.own(
                NAME, Set.of(Callers.ANYBODY), Operation.Nothing.class, Operation.Done.class, (invocation, _) -> {
                    run(invocation.origin());
                    return new Operation.Done();
                });
    }

    /** The same call at the other path. */
    public Endpoint compatible() {
        return request -> Answering.of(
                request, AccessRecord.on("linkspan", NAME), OapiErrors.WORDS, answering -> answer(answering));
    }

    private ApiResponse answer(Answering answering) {
        ApiRequest request = answering.request();
        if (!request.method().equals("POST")) {
            throw new Refusal(
                    RefusalCode.UNKNOWN_CALL, "There is no %s %s: POST resets.", request.method(), COMPATIBLE_PATH);
        }
        run(new Origin(Origin.OPERATOR, request.id()));
        return ApiResponse.json(200, StrictJson.bytes(Map.of("status", "ok")), answering.access());
    }

    private void run(Origin origin) {
        reset.orElseThrow(() -> new Refusal(
                        RefusalCode.UNKNOWN_CALL, "The call Reset is only there where the server runs with --dev."))
                .accept(origin);
    }
}
