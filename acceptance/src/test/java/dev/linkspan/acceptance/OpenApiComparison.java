package dev.linkspan.acceptance;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * One OpenAPI description held against another one: where the first takes or answers what the second does not have, or has
 * as another type, or demands what the second leaves out. That it has less is no difference.
 */
final class OpenApiComparison {

    private static final String CONTENT = "/content/application~1json/schema";
    private static final String PROPERTIES = "properties";

    private final JsonNode ours;
    private final JsonNode theirs;
    private final List<String> differences = new ArrayList<>();

    OpenApiComparison(JsonNode ours, JsonNode theirs) {
        this.ours = ours;
        this.theirs = theirs;
    }

    /** The differences in the calls below our prefix, each named by its place; theirs lie below their prefix. */
    List<String> differences(String ourPrefix, String theirPrefix) {
        for (String path : ours.path("paths").propertyNames()) {
            if (path.startsWith(ourPrefix)) {
                String call = path.substring(ourPrefix.length());
                compareCalls(
                        call,
                        ours.path("paths").path(path).path("post"),
                        theirs.path("paths").path(theirPrefix + call).path("post"));
            }
        }
        return differences;
    }

    private void compareCalls(String call, JsonNode our, JsonNode their) {
        if (their.isMissingNode()) {
            differences.add(call + ": there is no such call");
            return;
        }
        compareRequests(
                call + "Request",
                our.path("requestBody").at(CONTENT),
                their.path("requestBody").at(CONTENT));
        compare(
                call + "Response",
                our.path("responses").path("200").at(CONTENT),
                their.path("responses").path("200").at(CONTENT));
    }

    /** A request that theirs takes must not be refused by ours for lack of a parameter, nor the other way round. */
    private void compareRequests(String place, JsonNode our, JsonNode their) {
        Set<String> demanded = required(resolved(ours, our));
        Set<String> expected = required(resolved(theirs, their));
        if (!demanded.equals(expected)) {
            differences.add("%s: demands %s, not %s".formatted(place, demanded, expected));
        }
        compare(place, our, their);
    }

    private void compare(String place, JsonNode ourReference, JsonNode theirReference) {
        JsonNode our = resolved(ours, ourReference);
        JsonNode their = resolved(theirs, theirReference);
        if (their.has("oneOf")) {
            compareWithAny(place, our, their.path("oneOf"));
            return;
        }
        String type = our.path("type").asString("");
        if (!type.equals(their.path("type").asString(""))) {
            differences.add("%s: is %s, not %s".formatted(place, type, their.path("type")));
            return;
        }
        compareWords(place, our.path("enum"), their.path("enum"));
        if (type.equals("array")) {
            compare(place + "[]", our.path("items"), their.path("items"));
        }
        for (String property : our.path(PROPERTIES).propertyNames()) {
            if (their.path(PROPERTIES).has(property)) {
                compare(
                        place + "." + property,
                        our.path(PROPERTIES).path(property),
                        their.path(PROPERTIES).path(property));
            } else {
                differences.add("%s.%s: there is no such field".formatted(place, property));
            }
        }
    }

    private void compareWithAny(String place, JsonNode our, JsonNode alternatives) {
        boolean one = alternatives
                .valueStream()
                .map(their -> new OpenApiComparison(ours, theirs).differencesOf(place, our, their))
                .anyMatch(List::isEmpty);
        if (!one) {
            differences.add("%s: is %s, which is none of %s".formatted(place, our, alternatives));
        }
    }

    private List<String> differencesOf(String place, JsonNode our, JsonNode their) {
        compare(place, our, their);
        return differences;
    }

    private void compareWords(String place, JsonNode our, JsonNode their) {
        Set<String> words = texts(our);
        if (!words.isEmpty() && !their.isMissingNode() && !texts(their).containsAll(words)) {
            differences.add("%s: is one of %s, not of %s".formatted(place, words, texts(their)));
        }
    }

    private static Set<String> required(JsonNode schema) {
        return texts(schema.path("required"));
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new TreeSet<>();
        list.forEach(text -> texts.add(text.asString()));
        return texts;
    }

    private static JsonNode resolved(JsonNode description, JsonNode schema) {
        JsonNode resolved = schema;
        Set<String> seen = new HashSet<>();
        while (resolved.has("$ref") && seen.add(resolved.path("$ref").asString())) {
            resolved = description.at(resolved.path("$ref").asString().substring(1));
        }
        return resolved;
    }
}
