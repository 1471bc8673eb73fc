package dev.linkspan.server.api.json;

import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The filters of a Read call as a client gave them: each name with its values, read as what the filter compares. */
public record FilterArguments(ObjectNode values) {

    public static final FilterArguments NONE = new FilterArguments(JsonNodeFactory.instance.objectNode());

    public Set<String> names() {
        return new TreeSet<>(values.propertyNames());
    }

    /** The texts of this filter; empty where it is not given, or given as an empty list, and does not restrict. */
    public List<String> texts(String name) {
        return elements(name, "a list of texts", JsonNode::isString).stream()
                .map(JsonNode::stringValue)
                .toList();
    }

    /** Account ids, which some clients send as numbers. */
    public List<String> accounts(String name) {
        return elements(name, "a list of texts", node -> node.isString() || node.isIntegralNumber()).stream()
                .map(JsonNode::asString)
                .toList();
    }

    public List<Long> numbers(String name) {
        return elements(name, "a list of whole numbers", node -> node.isIntegralNumber() && node.canConvertToLong())
                .stream()
                .map(JsonNode::longValue)
                .toList();
    }

    public List<Double> decimals(String name) {
        return elements(name, "a list of numbers", JsonNode::isNumber).stream()
                .map(JsonNode::doubleValue)
                .toList();
    }

    public List<Instant> dates(String name) {
        return texts(name).stream().map(text -> DomainJson.date(name, text)).toList();
    }

    public Optional<Boolean> flag(String name) {
        JsonNode value = values.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw StrictJson.wrongType(name, "true or false");
        }
        return Optional.of(value.booleanValue());
    }

    /**
     * The ids of this filter that can name anything, to read only those; empty where the filter is not given. A filter
     * whose ids are all malformed answers an empty list: nothing can match.
     */
    public <I extends ResourceId> Optional<List<I>> ids(String name, IdKind<I> kind) {
        List<String> texts = texts(name);
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(texts.stream()
                .distinct()
                .flatMap(text -> kind.tryParse(text).stream())
                .toList());
    }

    private List<JsonNode> elements(String name, String expected, Predicate<JsonNode> type) {
        JsonNode value = values.path(name);
        if (value.isMissingNode()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw StrictJson.wrongType(name, expected);
        }
        List<JsonNode> elements = new ArrayList<>();
        for (JsonNode element : value) {
            if (!type.test(element)) {
                throw StrictJson.wrongType(name, expected);
            }
            elements.add(element);
        }
        return elements;
    }

    static final class Reader extends StdDeserializer<FilterArguments> {

        Reader() {
            super(FilterArguments.class);
        }

        @Override
        public FilterArguments deserialize(JsonParser parser, DeserializationContext context) {
            JsonNode node = context.readTree(parser);
            if (node instanceof ObjectNode object) {
                return new FilterArguments(object);
            }
            throw StrictJson.wrongType("Filters", "an object");
        }
    }
}
