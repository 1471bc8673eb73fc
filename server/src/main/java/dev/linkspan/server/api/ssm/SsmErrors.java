package dev.linkspan.server.api.ssm;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.call.Answering;
import dev.linkspan.server.api.ec2.Ec2Words;
import dev.linkspan.server.api.json.StrictJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** How Systems Manager words each refusal (AWS Systems Manager API Reference, Common errors; AWS JSON 1.1 protocol). */
final class SsmErrors implements Answering.Words {

    static final SsmErrors WORDS = new SsmErrors();

    private SsmErrors() {}

    @Override
    public ApiResponse refused(String requestId, AccessRecord access, Refusal refusal) {
        int status = switch (refusal.code()) {
            case UNAVAILABLE -> 503;
            default -> 400;
        };
        return answer(
                status, requestId, code(refusal.code()), refusal.sentence().in(Ec2Words.WORDS), access);
    }

    @Override
    public ApiResponse failed(String requestId, AccessRecord access) {
        String message = "BUG: request %s failed; the server's log says why.".formatted(requestId);
        return answer(500, requestId, "InternalServerError", message, access);
    }

    private static String code(RefusalCode code) {
        return switch (code) {
            case UNKNOWN_ID -> "ParameterNotFound";
            case UNKNOWN_CALL -> "UnknownOperationException";
            case UNREADABLE_REQUEST, WRONG_TYPE, REQUEST_TOO_LARGE -> "SerializationException";
            case PAGE_TOKEN -> "InvalidNextToken";
            case UNKNOWN_KEY, LOCKED_OUT -> "UnrecognizedClientException";
            case NOT_SIGNED -> "InvalidSignatureException";
            case SESSION_EXPIRED -> "ExpiredTokenException";
            case BAD_SIGNATURE_DATE -> "RequestExpired";
            case NOT_AUTHORIZED -> "AccessDeniedException";
            case THROTTLED -> "ThrottlingException";
            case UNAVAILABLE -> "ServiceUnavailable";
            default -> "ValidationException";
        };
    }

    private static ApiResponse answer(int status, String requestId, String code, String message, AccessRecord access) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("__type", code);
        body.put("message", message);
        return SsmEndpoint.json(status, requestId, StrictJson.bytes(body), access.refused(code));
    }
}
