package dev.linkspan.acceptance;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
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
 * An OpenAPI description as the judge of every request and answer that a test sees. There are two: the public one of the
 * OUTSCALE API, which lies beside the repository and is no part of it (where it is missing, it judges nothing, and that is
 * said once), and Linkspan's own.
 */
final class OpenApiContract {

    private static final Path PUBLIC_FILE = Repository.root().resolveSibling("shared/spec/outscale.yaml");
    /** The committed copy of {@code /linkspan/v1/openapi.json}. */
    static final Path OWN_FILE = Repository.root().resolve("docs").resolve("openapi.json");

    private static final Optional<OpenApiContract> PUBLIC = read();

    private static final String CONTENT = "/content/application~1json/schema";

    private static final int FIRST_REFUSAL = 400;
    private static final int CONFLICT = 409;
    /** Clients repeat what was refused with these, although the description declares no 409 for those calls. */
    private static final Set<String> CONFLICTS_THAT_CLIENTS_AWAIT = Set.of("9051", "9058", "9085", "9095");

    private final JsonNode description;
    private final String prefix;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private OpenApiContract(JsonNode description, String prefix, Dialect dialect) {
        this.description = description;
        this.prefix = prefix;
        this.registry = SchemaRegistry.withDialect(dialect);
    }

    /** Linkspan's own description, whose calls are named by their paths. */
    static OpenApiContract ofLinkspan() {
        return Own.CONTRACT;
    }

    /** Read when it is needed: the copy can be written anew also where it is missing or broken. */
    private static final class Own {
        private static final OpenApiContract CONTRACT = readOwn();
    }

    /** The public description, where it is at hand. */
    static Optional<OpenApiContract> ofTheApi() {
        return PUBLIC;
    }

    private static Optional<OpenApiContract> read() {
        if (!Files.isReadable(PUBLIC_FILE)) {
            System.err.println("NOTE: " + PUBLIC_FILE
                    + " is missing: no request and no answer is judged by it, and no client is generated of it");
            return Optional.empty();
        }
        try {
            ObjectMapper yaml = new YAMLMapper();
            JsonNode description = yaml.readTree(Files.readString(PUBLIC_FILE));
            return Optional.of(new OpenApiContract(description, "/", Dialects.getOpenApi30()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What a server tells about itself, taken at its word: what is not described there is not answered. */
    private static OpenApiContract readOwn() {
        try {
            JsonNode description = new ObjectMapper().readTree(Files.readString(OWN_FILE));
            description.path("components").path("schemas").forEach(OpenApiContract::close);
            return new OpenApiContract(description, "", Dialects.getOpenApi31());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(OpenApiContract::close);
    }

    /** What is wrong with a request that the server took; empty where all is well. */
    List<String> faultsOfRequest(String call, JsonNode request) {
        JsonNode schema = operation(call).path("requestBody").at(CONTENT);
        return faults(call + " request", schema, request);
    }

    /** What is wrong with an answer; empty where all is well. */
    List<String> faultsOfAnswer(String call, int status, JsonNode answer) {
        JsonNode responses = operation(call).path("responses");
        if (responses.has("default") && status >= FIRST_REFUSAL) {
            return faults(call + " answer", responses.path("default").at(CONTENT), answer);
        }
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
        return description.path("paths").has(prefix + call);
    }

    private static String errorCode(JsonNode answer) {
        return answer.path("Errors").path(0).path("Code").asString("");
    }

    JsonNode description() {
        return description;
    }

    private JsonNode operation(String call) {
        return description.path("paths").path(prefix + call).path("post");
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
