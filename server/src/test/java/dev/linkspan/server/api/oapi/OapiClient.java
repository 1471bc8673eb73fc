package dev.linkspan.server.api.oapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Headers;
import dev.linkspan.server.api.call.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the OUTSCALE API as a client does, in the place of one account, with no network between. Arguments are JSON in
 * which single quotes may stand for double ones.
 */
public final class OapiClient {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String REQUEST_ID = "0475ca1e-d0c5-441d-712a-da55a4175157";

    private final OapiEndpoint endpoint;

    /** Signed in as this account, in {@link Fixture#REGION}. */
    public OapiClient(Store store, AccountId account, Collection<Operation> operations) {
        this.endpoint = new OapiEndpoint(store, _ -> new Caller(account, Fixture.REGION), operations);
    }

    /** The answer to a call that must succeed. */
    public JsonNode call(String name, String arguments) {
        ApiResponse response = send(name, arguments);
        JsonNode body = MAPPER.readTree(response.body());
        assertThat(response.status()).as("%s", body).isEqualTo(200);
        assertThat(body.path("ResponseContext").path("RequestId").stringValue()).isEqualTo(REQUEST_ID);
        return body;
    }

    /** The details of the error of a call that must fail with this status and code. */
    public String refused(int status, String code, String name, String arguments) {
        ApiResponse response = send(name, arguments);
        JsonNode body = MAPPER.readTree(response.body());
        JsonNode error = body.path("Errors").path(0);
        assertThat(List.of(response.status(), error.path("Code").asString("")))
                .as("%s", body)
                .containsExactly(status, code);
        return error.path("Details").stringValue();
    }

    private ApiResponse send(String name, String arguments) {
        byte[] body = arguments.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return endpoint.answer(
                new ApiRequest(REQUEST_ID, "POST", "/api/v1/" + name, "", Headers.NONE, body, false, "127.0.0.1"));
    }

    /** The texts of this field of each element of a list. */
    public static List<String> texts(JsonNode list, String field) {
        return elements(list).map(element -> element.path(field).asString("")).toList();
    }

    public static Stream<JsonNode> elements(JsonNode list) {
        return list.valueStream();
    }
}
