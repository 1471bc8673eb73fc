package dev.linkspan.server.api.own;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.json.StrictJson;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What the calls of a plan have answered so far. A later call names it by {@code <the NetPeeringId that CreateNetPeering
 * answers>}, the form in which remedies name what does not exist yet: the field of that name in the answer to the last such
 * call.
 */
final class EarlierAnswers {

    private static final Pattern REFERENCE = Pattern.compile("<the (\\w+) that (\\w+) answers>");

    private final Map<String, JsonNode> byCall = new HashMap<>();

    void keep(String call, Object answer) {
        byCall.put(call, StrictJson.tree(answer));
    }

    /** The arguments with what earlier calls answered in its place. */
    ObjectNode fillIn(ObjectNode arguments) {
        ObjectNode filled = arguments.deepCopy();
        filled.propertyStream().toList().forEach(argument -> {
            Matcher reference = REFERENCE.matcher(argument.getValue().asString(""));
            if (reference.matches()) {
                filled.set(argument.getKey(), referred(argument.getKey(), reference));
            }
        });
        return filled;
    }

    private JsonNode referred(String parameter, Matcher reference) {
        String field = reference.group(1);
        String call = reference.group(2);
        JsonNode answer = byCall.get(call);
        if (answer == null) {
            throw Refusal.badValue(parameter, reference.group(), "no call before it in the Plan is a " + call);
        }
        JsonNode value = answer.findValue(field);
        if (!(value instanceof StringNode)) {
            throw Refusal.badValue(parameter, reference.group(), "%s answers no text that is named %s", call, field);
        }
        return value;
    }
}
