package dev.linkspan.server.api.ssm;

import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.call.Answering;
import dev.linkspan.server.api.json.StrictJson;
import java.util.Map;
import java.util.Optional;

/**
 * The public parameters of Systems Manager, under which the ids of images are published: GetParameter, GetParameters and
 * GetParametersByPath. Their client says which by a header, and the request and the answer are JSON.
 */
public final class SsmEndpoint implements Endpoint {

    private static final String HEADER = "X-Amz-Target";
    private static final String PREFIX = "AmazonSSM.";
    private static final String JSON = "application/x-amz-json-1.1";
    private static final String API = "ssm";

    private final Authenticator authenticator;
    private final Parameters parameters;

    /** @param images whose parameters are told */
    public SsmEndpoint(Authenticator authenticator, Images images) {
        this.authenticator = authenticator;
        this.parameters = new Parameters(images);
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        return Answering.of(request, AccessRecord.on(API, ""), SsmErrors.WORDS, answering -> {
            String action = target(request).orElse("").replaceFirst("^" + PREFIX, "");
            Call<?> call = call(action);
            answering.note(AccessRecord.on(API, action));
            Caller caller = answering.by(authenticator.authenticate(request));
            return json(200, request.id(), StrictJson.bytes(call.answer(request, caller)), answering.access());
        });
    }

    @Override
    public ApiResponse refuse(ApiRequest request, Refusal refusal) {
        return SsmErrors.WORDS.refused(request.id(), AccessRecord.on(API, ""), refusal);
    }

    static ApiResponse json(int status, String requestId, byte[] body, AccessRecord access) {
        return new ApiResponse(status, JSON, body, Optional.empty(), Map.of("x-amzn-RequestId", requestId), access);
    }

    private static Optional<String> target(ApiRequest request) {
        return request.headers().first(HEADER);
    }

    private Call<?> call(String action) {
        return switch (action) {
            case "GetParameter" -> new Call<>(Parameters.GetParameterRequest.class, parameters::one);
            case "GetParameters" -> new Call<>(Parameters.GetParametersRequest.class, parameters::some);
            case "GetParametersByPath" -> new Call<>(Parameters.GetParametersByPathRequest.class, parameters::below);
            default ->
                throw new Refusal(
                        RefusalCode.UNKNOWN_CALL,
                        "Of Systems Manager there are the public parameters here, which GetParameter, GetParameters and GetParametersByPath read, and nothing else.");
        };
    }

    /** What an action is asked with, and what it answers. */
    private record Call<Q extends Record>(Class<Q> type, Handler<Q> handler) {

        Object answer(ApiRequest request, Caller caller) {
            return handler.answer(caller, StrictJson.bind(StrictJson.parse(request.body()), type));
        }
    }

    @FunctionalInterface
    private interface Handler<Q extends Record> {
        Object answer(Caller caller, Q request);
    }
}
