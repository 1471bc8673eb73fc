package dev.linkspan.server.api.oapi;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Download;
import dev.linkspan.server.api.Headers;
import dev.linkspan.server.api.call.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks the OUTSCALE API with an endpoint in the same process, as one account, without signatures. */
public final class Conversation {

    private static final JsonMapper JSON = new JsonMapper();

    private final OapiEndpoint endpoint;

    public Conversation(Store store, AccountId account, Collection<Operation> operations) {
        this.endpoint = new OapiEndpoint(store, _ -> new Caller(account, Fixture.REGION), operations);
    }

    /** An answer: its status and its JSON. */
    public record Answer(int status, JsonNode body) {

        public String code() {
            return body.path("Errors").path(0).path("Code").asString();
        }

        public String type() {
            return body.path("Errors").path(0).path("Type").asString();
        }

        public String details() {
            return body.path("Errors").path(0).path("Details").asString();
        }
    }

    public Answer call(String name, String arguments) {
        return send("POST", "/api/v1/" + name, arguments.getBytes(StandardCharsets.UTF_8), false);
    }

    public Answer send(String method, String path, byte[] body, boolean cutShort) {
        ApiRequest request = new ApiRequest(
                UUID.randomUUID().toString(), method, path, "", Headers.NONE, body, cutShort, "127.0.0.1");
        ApiResponse response = endpoint.answer(request);
        JsonNode json = JSON.readTree(body(response));
        if (!json.path("ResponseContext").path("RequestId").asString().equals(request.id())) {
            throw new AssertionError("no request id in " + json);
        }
        return new Answer(response.status(), json);
    }

    private static byte[] body(ApiResponse response) {
        if (response.download().isEmpty()) {
            return response.body();
        }
        try (Download download = response.download().get()) {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            download.writeTo(written);
            return written.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
