package dev.linkspan.acceptance;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The public OpenAPI description of the OUTSCALE API, as the judge of every request and answer that a test sees. It lies
 * beside the repository and is no part of it; where it is missing, nothing is judged, and that is said once.
 */
final class OpenApiContract {

    private static final Path DESCRIPTION = Repository.root().resolveSibling("shared/spec/outscale.yaml");
    private static final Optional<OpenApiContract> PUBLIC = read();

    private static final String CONTENT = "/content/application~1json/schema";

    private static final int CONFLICT = 409;
    /** Clients repeat what was refused with these, although the description declares no 409 for those calls. */
    private static final Set<String> CONFLICTS_THAT_CLIENTS_AWAIT = Set.of("9051", "9058", "9085", "9095");

    private final JsonNode description;
    private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getOpenApi30());
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private OpenApiContract(JsonNode description) {
        this.description = description;
    }

    /** The description, where it is at hand. */
    static Optional<OpenApiContract> ofTheApi() {
        return PUBLIC;
    }

    private static Optional<OpenApiContract> read() {
        if (!Files.isReadable(DESCRIPTION)) {
            System.err.println("NOTE: " + DESCRIPTION + " is missing: no request and no answer is judged by it");
            return Optional.empty();
        }
        try {
            ObjectMapper yaml = new YAMLMapper();
            return Optional.of(new OpenApiContract(yaml.readTree(Files.readString(DESCRIPTION))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What is wrong with a request that the server took; empty where all is well. */
    List<String> faultsOfRequest(String call, JsonNode request) {
        JsonNode schema = operation(call).path("requestBody").at(CONTENT);
        return faults(call + " request", schema, request);
    }

    /** What is wrong with an answer; empty where all is well. */
    List<String> faultsOfAnswer(String call, int status, JsonNode answer) {
        JsonNode responses = operation(call).path("responses");
        if (status == CONFLICT && CONFLICTS_THAT_CLIENTS_AWAIT.contains(errorCode(answer))) {
            return faults(call + " answer", responses.path("400").at(CONTENT), answer);
        }
        if (!responses.has(Integer.toString(status))) {
            return List.of("%s: the description declares no HTTP %d, only %s"
                    .formatted(call, status, responses.propertyNames()));
        }
        JsonNode schema = responses.path(Integer.toString(status)).at(CONTENT);
        return faults(call + " answer", schema, answer);
    }

    boolean knows(String call) {
        return description.path("paths").has("/" + call);
    }

    private static String errorCode(JsonNode answer) {
        return answer.path("Errors").path(0).path("Code").asString("");
    }

    private JsonNode operation(String call) {
        return description.path("paths").path("/" + call).path("post");
    }

    private List<String> faults(String what, JsonNode reference, JsonNode instance) {
        Schema schema = schemas.computeIfAbsent(reference.path("$ref").asString(), this::schema);
        return schema.validate(instance).stream()
                .map(error -> told(what, error))
                .collect(Collectors.toUnmodifiableList());
    }

    private static String told(String what, Error error) {
        return "%s: %s: %s".formatted(what, error.getInstanceLocation(), error.getMessage());
    }

    private Schema schema(String reference) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$ref", reference);
        root.set("components", description.path("components"));
        return registry.getSchema(root);
    }
}
