package dev.linkspan.server.api.json;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.json.RequestShape.Parameter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes of a form's flat parameters the JSON that {@link StrictJson#bind} reads: {@code IpPermissions.1.FromPort=22} is the
 * number 22 in the first object of the list IpPermissions. What is a list, an object, a number or a flag is told by the
 * request record, whose components have the names of the parameters.
 */
public final class FormJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Lists begin at 1 (some clients at 0), and nobody needs more than five digits. */
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,4}");

    private FormJson() {}

    /**
     * @param parameters by their full names
     * @throws Refusal if a parameter is none that the record has, or is not of its type; the full name is told
     */
    public static ObjectNode tree(Map<String, String> parameters, Class<? extends Record> request) {
        return object(parameters, RequestShape.of(request), "");
    }

    private static ObjectNode object(Map<String, String> parameters, RequestShape shape, String path) {
        ObjectNode object = NODES.objectNode();
        grouped(parameters)
                .forEach((name, rest) -> object.set(
                        name,
                        value(rest, shape.parameter(name).orElseThrow(() -> unknown(path + name, rest)), path + name)));
        return object;
    }

    /** By what stands before the first dot; what is behind it, an empty text where there is none, leads to the value. */
    private static Map<String, Map<String, String>> grouped(Map<String, String> parameters) {
        Map<String, Map<String, String>> groups = new TreeMap<>();
        parameters.forEach((name, value) -> {
            int dot = name.indexOf('.');
            String first = dot < 0 ? name : name.substring(0, dot);
            String rest = dot < 0 ? "" : name.substring(dot + 1);
            groups.computeIfAbsent(first, _ -> new TreeMap<>()).put(rest, value);
        });
        return groups;
    }

    private static JsonNode value(Map<String, String> rest, Parameter parameter, String path) {
        return parameter.list() ? list(rest, parameter, path) : element(rest, parameter, path);
    }

    private static ArrayNode list(Map<String, String> rest, Parameter parameter, String path) {
        Map<Integer, JsonNode> elements = new TreeMap<>();
        grouped(rest).forEach((index, inner) -> {
            if (!INDEX.matcher(index).matches()) {
                throw unknown(index.isEmpty() ? path : path + "." + index, inner);
            }
            elements.put(Integer.valueOf(index), element(inner, parameter, path + "." + index));
        });
        return NODES.arrayNode().addAll(elements.values());
    }

    private static JsonNode element(Map<String, String> rest, Parameter parameter, String path) {
        Optional<Class<?>> nested = parameter.nested();
        if (nested.isPresent()) {
            if (rest.containsKey("")) {
                throw unknown(path, rest);
            }
            return object(rest, RequestShape.of(nested.get()), path + ".");
        }
        String text = rest.get("");
        if (text == null || rest.size() > 1) {
            throw unknown(path, rest);
        }
        return single(text, parameter.type(), path);
    }

    private static JsonNode single(String text, Class<?> type, String path) {
        if (type == Boolean.class || type == boolean.class) {
            return switch (text) {
                case "true" -> NODES.booleanNode(true);
                case "false" -> NODES.booleanNode(false);
                default -> throw Refusal.malformed(path, text, "true or false is expected");
            };
        }
        if (type == Integer.class || type == int.class) {
            try {
                return NODES.numberNode(Integer.parseInt(text));
            } catch (NumberFormatException notANumber) {
                throw Refusal.malformed(path, text, "a whole number is expected");
            }
        }
        return NODES.stringNode(text);
    }

    private static Refusal unknown(String path, Map<String, String> rest) {
        String full = rest.keySet().stream()
                .filter(inner -> !inner.isEmpty())
                .findFirst()
                .map(inner -> path + "." + inner)
                .orElse(path);
        return new Refusal(RefusalCode.UNKNOWN_PARAMETER, "The parameter '%s' is not recognized.", full);
    }
}
