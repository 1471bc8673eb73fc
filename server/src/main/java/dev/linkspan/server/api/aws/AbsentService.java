package dev.linkspan.server.api.aws;

import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.aws.AwsService.Protocol;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Answers for a service that is not here, in the protocol of its clients, so that they tell people so: an error in another
 * form is an unknown one to them.
 *
 * @param here the services that there are, in words
 */
record AbsentService(AwsService service, String here) implements Endpoint {

    private static final String CODE = "UnsupportedOperation";

    /** Names of errors end so where they are those of exceptions. */
    private static final String EXCEPTION = CODE + "Exception";

    private static final String JSON = "application/x-amz-json-1.1";

    @Override
    public ApiResponse answer(ApiRequest request) {
        String message = "This server has no %s: of AWS's services it answers %s.".formatted(service.title(), here);
        return switch (protocol(request)) {
            case XML -> answer(request, 400, ApiResponse.XML, bytes(error(message, request.id())));
            case S3 ->
                // What S3 says where a header or a call implies what it cannot do.
                answer(request, 501, ApiResponse.XML, bytes(s3Error(message, request.id())))
                        .with(Map.of("x-amz-request-id", request.id()));
            case JSON ->
                answer(
                                request,
                                400,
                                JSON,
                                bytes("{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(EXCEPTION, message)))
                        .with(Map.of("x-amzn-ErrorType", EXCEPTION));
            case CBOR ->
                answer(request, 400, "application/cbor", cbor(Map.of("__type", EXCEPTION, "message", message)))
                        .with(Map.of("smithy-protocol", "rpc-v2-cbor"));
        };
    }

    private static String error(String message, String requestId) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>%s</RequestId></ErrorResponse>
                """.formatted(CODE, message, requestId);
    }

    private static String s3Error(String message, String requestId) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <Error><Code>NotImplemented</Code><Message>%s</Message><RequestId>%s</RequestId></Error>
                """.formatted(message, requestId);
    }

    /** Some services have several, of which the request tells one. */
    private Protocol protocol(ApiRequest request) {
        if (request.headers()
                .first("Smithy-Protocol")
                .filter("rpc-v2-cbor"::equals)
                .isPresent()) {
            return Protocol.CBOR;
        }
        Optional<String> type = request.headers().first("Content-Type");
        boolean json = request.headers().first("X-Amz-Target").isPresent()
                || type.filter(it -> it.contains("json")).isPresent();
        if (json) {
            return Protocol.JSON;
        }
        boolean form = type.filter(it -> it.startsWith("application/x-www-form-urlencoded"))
                .isPresent();
        return form ? Protocol.XML : service.protocol();
    }

    private ApiResponse answer(ApiRequest request, int status, String type, byte[] body) {
        return new ApiResponse(
                status,
                type,
                body,
                Optional.empty(),
                Map.of("x-amzn-requestid", request.id()),
                AccessRecord.on("none", "").refused(CODE));
    }

    private static byte[] bytes(String text) {
        return text.strip().getBytes(StandardCharsets.UTF_8);
    }

    /** RFC 8949: a map of texts. */
    private static byte[] cbor(Map<String, String> texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xa0 | texts.size());
        texts.forEach((name, value) -> {
            text(out, name);
            text(out, value);
        });
        return out.toByteArray();
    }

    /** With its length in two bytes, which any text may have. */
    private static void text(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write(0x79);
        out.write(utf8.length >> 8);
        out.write(utf8.length);
        out.writeBytes(utf8);
    }
}
