package dev.linkspan.server.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * An object that is a line of a backup. Whatever is not as it should be is an {@link IOException} that says what.
 *
 * @param properties each a String, a Long, or an object of such again
 */
record JsonLine(SequencedMap<String, Object> properties) {

    static JsonLine object(byte[] line) throws IOException {
        try (JsonParser json = BackupFormat.JSON.createParser(ObjectReadContext.empty(), line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a line is not what it should be");
            }
            return new JsonLine(properties(json));
        } catch (JacksonException notJson) {
            throw new IOException("a line is not JSON", notJson);
        }
    }

    /** The values of a row: a String, a Long or null each. */
    static @Nullable Object[] row(byte[] line) throws IOException {
        List<@Nullable Object> values = new ArrayList<>();
        try (JsonParser json = BackupFormat.JSON.createParser(ObjectReadContext.empty(), line)) {
            json.nextToken();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                values.add(json.currentToken() == JsonToken.VALUE_NULL ? null : value(json));
            }
        } catch (JacksonException notJson) {
            throw new IOException("a row is not JSON", notJson);
        }
        return values.toArray();
    }

    private static SequencedMap<String, Object> properties(JsonParser json) throws IOException {
        SequencedMap<String, Object> properties = new LinkedHashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            properties.put(name, json.currentToken() == JsonToken.START_OBJECT ? properties(json) : value(json));
        }
        return properties;
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getString();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case null, default -> throw new IOException("a value is neither a text nor a number");
        };
    }

    boolean has(String property) {
        return properties.containsKey(property);
    }

    String text(String property) throws IOException {
        if (properties.get(property) instanceof String text) {
            return text;
        }
        throw missing(property);
    }

    long number(String property) throws IOException {
        if (properties.get(property) instanceof Long number) {
            return number;
        }
        throw missing(property);
    }

    SequencedMap<String, String> texts(String property) throws IOException {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        JsonLine inner = inner(property);
        for (String name : inner.properties.keySet()) {
            texts.put(name, inner.text(name));
        }
        return texts;
    }

    SequencedMap<String, Long> numbers(String property) throws IOException {
        SequencedMap<String, Long> numbers = new LinkedHashMap<>();
        JsonLine inner = inner(property);
        for (String name : inner.properties.keySet()) {
            numbers.put(name, inner.number(name));
        }
        return numbers;
    }

    @SuppressWarnings("unchecked") // the only maps among the values are those of properties(JsonParser)
    private JsonLine inner(String property) throws IOException {
        if (properties.get(property) instanceof SequencedMap<?, ?> inner) {
            return new JsonLine((SequencedMap<String, Object>) inner);
        }
        throw missing(property);
    }

    private static IOException missing(String property) {
        return new IOException("'%s' is missing or wrong".formatted(property));
    }
}
