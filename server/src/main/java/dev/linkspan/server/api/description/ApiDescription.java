package dev.linkspan.server.api.description;

import dev.linkspan.server.api.call.AnswerShape;
import dev.linkspan.server.api.call.DescribedCall;
import dev.linkspan.server.api.json.JsonSchemas;
import dev.linkspan.server.api.oapi.OapiErrors.ErrorResponse;
import dev.linkspan.server.api.oapi.ResponseContext;
import dev.linkspan.server.api.session.SessionCalls;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI 3.1 description of calls that answer JSON. It is made from the records that arguments are bound to and
 * answers are written from, so it says what the server does.
 */
public final class ApiDescription {

    private static final String DRY_RUN =
            "Whether the call is only checked: it changes nothing then, and answers the ResponseContext alone.";

    private static final String JSON = "application/json";
    private static final String SIGNATURE = "Signature";
    private static final String SESSION = "Session";
    private static final String ADMIN_TOKEN = "AdminToken";

    private final JsonSchemas schemas = new JsonSchemas();
    private final ObjectNode responseContext;
    private final ObjectNode refusal;

    private ApiDescription() {
        responseContext = schemas.value(ResponseContext.class);
        refusal = schemas.value(ErrorResponse.class);
    }

    /** The description of these calls, in the order of their paths. */
    public static ObjectNode of(Collection<DescribedCall> calls) {
        return new ApiDescription().describe(calls);
    }

    private ObjectNode describe(Collection<DescribedCall> calls) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Linkspan")
                .put("version", "1")
                .put("description", "The calls of the OUTSCALE API that Linkspan has, its own, and the operator's.")
                .putObject("license")
                .put("name", "Apache 2.0")
                .put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/");
        ObjectNode paths = document.putObject("paths");
        calls.stream()
                .sorted(Comparator.comparing(DescribedCall::path).thenComparing(DescribedCall::method))
                .forEach(call -> paths.withObjectProperty(call.path()).set(call.method(), operation(call)));
        ObjectNode components = document.putObject("components");
        components.putObject("schemas").setAll(schemas.schemas());
        components.set("securitySchemes", securitySchemes());
        return document;
    }

    private ObjectNode operation(DescribedCall call) {
        ObjectNode operation = JsonNodeFactory.instance.objectNode().put("operationId", call.id());
        call.arguments().ifPresent(type -> {
            ObjectNode schema = schemas.add(call.id() + "Request", arguments(call, type));
            operation.putObject("requestBody").set("content", content(JSON, schema));
        });
        ObjectNode responses = operation.putObject("responses");
        responses.putObject("200").put("description", "What was asked for.").set("content", answer(call));
        responses
                .putObject("default")
                .put("description", "Why it was refused; nothing was changed.")
                .set("content", content(JSON, refusal.deepCopy()));
        operation.set("security", security(call));
        return operation;
    }

    private ObjectNode arguments(DescribedCall call, Class<? extends Record> type) {
        ObjectNode schema = schemas.request(type);
        ObjectNode properties = schema.withObjectProperty("properties");
        if (call.answer() instanceof AnswerShape.Items items && properties.has("Filters")) {
            properties.set("Filters", schemas.add(call.id() + "Filters", JsonSchemas.filters(items.filters())));
        }
        if (call.rehearsable()) {
            properties.set("DryRun", JsonSchemas.typed("boolean").put("description", DRY_RUN));
        }
        return schema;
    }

    private ObjectNode answer(DescribedCall call) {
        return switch (call.answer()) {
            case AnswerShape.Fields(var type, var unwrapped) -> json(call, schemas.answer(type, unwrapped));
            case AnswerShape.Items items -> json(call, items(call, items));
            case AnswerShape.File(var contentType) -> content(contentType, JsonNodeFactory.instance.objectNode());
            case AnswerShape.DescribedElsewhere _ ->
                throw new IllegalArgumentException("BUG: %s is described elsewhere".formatted(call.id()));
        };
    }

    private ObjectNode items(DescribedCall call, AnswerShape.Items items) {
        ObjectNode schema = JsonSchemas.typed("object");
        ObjectNode properties = schema.putObject("properties");
        properties.set(items.key(), schemas.values(items.item()));
        if (isPaged(call)) {
            properties.set("NextPageToken", JsonSchemas.typed("string"));
        }
        schema.putArray("required").add(items.key());
        return schema;
    }

    /** A call answers page by page if it can be told where the next page begins. */
    private static boolean isPaged(DescribedCall call) {
        return call.arguments().stream()
                .flatMap(type -> List.of(type.getRecordComponents()).stream())
                .anyMatch(component -> component.getName().equals("nextPageToken"));
    }

    private ObjectNode json(DescribedCall call, ObjectNode schema) {
        return content(JSON, schemas.add(call.id() + "Response", withContext(schema)));
    }

    private ObjectNode withContext(ObjectNode schema) {
        schema.withObjectProperty("properties").set("ResponseContext", responseContext.deepCopy());
        schema.withArrayProperty("required").add("ResponseContext");
        return schema;
    }

    private static ObjectNode content(String mediaType, ObjectNode schema) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.putObject(mediaType).set("schema", schema);
        return content;
    }

    private static ArrayNode security(DescribedCall call) {
        ArrayNode alternatives = JsonNodeFactory.instance.arrayNode();
        call.callers().stream().sorted().forEach(callers -> {
            switch (callers) {
                case ANYBODY -> alternatives.addObject();
                case ACCOUNTS -> {
                    alternatives.addObject().putArray(SIGNATURE);
                    alternatives.addObject().putArray(SESSION);
                }
                case OPERATOR -> alternatives.addObject().putArray(ADMIN_TOKEN);
                case SIGNED_IN -> alternatives.addObject().putArray(SESSION);
            }
        });
        return alternatives;
    }

    private static ObjectNode securitySchemes() {
        ObjectNode schemes = JsonNodeFactory.instance.objectNode();
        schemes.putObject(SIGNATURE)
                .put("type", "apiKey")
                .put("in", "header")
                .put("name", "Authorization")
                .put("description", "Signature Version 4, as AWS and OUTSCALE have it.");
        schemes.putObject(SESSION)
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", SessionCalls.COOKIE)
                .put("description", "Cockpit's session, with the header X-Linkspan-Cockpit: 1.");
        schemes.putObject(ADMIN_TOKEN)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "What is in the file admin.token of the data folder.");
        return schemes;
    }
}
