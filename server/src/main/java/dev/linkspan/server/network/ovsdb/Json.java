package dev.linkspan.server.network.ovsdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** A JSON value, as it comes and goes on the wire. */
sealed interface Json {

    /** Nothing of OVSDB's is nested deeper than a monitor's update. */
    int DEEPEST = 40;

    /**
     * Names are not kept between messages: the ids of rows are names too, and a connection that lives for months would collect
     * them all.
     */
    JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    /** A string. */
    record Text(String value) implements Json {}

    /** A number without a fraction. */
    record Whole(long value) implements Json {}

    /** A number with a fraction, or beyond 64 bits. */
    record Real(double value) implements Json {}

    /** True or false. */
    record Flag(boolean value) implements Json {}

    /** JSON's null. */
    record Nothing() implements Json {}

    /** An array. */
    record Array(List<Json> items) implements Json {

        static Array of(Json... items) {
            return new Array(List.of(items));
        }
    }

    /** An object, in the order of its members. */
    record Members(Map<String, Json> members) implements Json {

        static final Members NONE = new Members(Map.of());

        /** What has this name; {@link Nothing} where nothing has. */
        Json get(String name) {
            return members.getOrDefault(name, new Nothing());
        }
    }

    /** The object that it is; otherwise what came is not OVSDB. */
    default Members asMembers() {
        return switch (this) {
            case Members members -> members;
            default -> throw unexpected("an object");
        };
    }

    /** The items of the array that it is. */
    default List<Json> asItems() {
        return switch (this) {
            case Array(List<Json> items) -> items;
            default -> throw unexpected("an array");
        };
    }

    /** The string that it is. */
    default String asText() {
        return switch (this) {
            case Text(String value) -> value;
            default -> throw unexpected("a string");
        };
    }

    /** The whole number that it is. */
    default long asWhole() {
        return switch (this) {
            case Whole(long value) -> value;
            default -> throw unexpected("a whole number");
        };
    }

    /** Whether it is there at all. */
    default Optional<Json> present() {
        return this instanceof Nothing ? Optional.empty() : Optional.of(this);
    }

    private OvsdbException.Malformed unexpected(String expected) {
        String text = text();
        return new OvsdbException.Malformed("%s was expected, and not %s"
                .formatted(expected, text.length() > 200 ? text.substring(0, 200) + "..." : text));
    }

    /** As it is written. */
    default String text() {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(this, generator);
        }
        return text.toString();
    }

    /** As it goes on the wire. */
    default byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Json value, JsonGenerator to) {
        switch (value) {
            case Text(String text) -> to.writeString(text);
            case Whole(long number) -> to.writeNumber(number);
            case Real(double number) -> to.writeNumber(number);
            case Flag(boolean flag) -> to.writeBoolean(flag);
            case Nothing() -> to.writeNull();
            case Array(List<Json> items) -> {
                to.writeStartArray();
                items.forEach(item -> write(item, to));
                to.writeEndArray();
            }
            case Members(Map<String, Json> members) -> {
                to.writeStartObject();
                members.forEach((name, member) -> {
                    to.writeName(name);
                    write(member, to);
                });
                to.writeEndObject();
            }
        }
    }

    /** Reads one value after the other from a stream. */
    final class Reader {

        private final Bounded in;
        private final JsonParser parser;

        /** @param longest how many bytes a value may have, at least */
        Reader(InputStream in, long longest) {
            this.in = new Bounded(in, longest);
            this.parser = FACTORY.createParser(ObjectReadContext.empty(), this.in);
        }

        /** The next one, when it is there; empty at the end of the stream. */
        Optional<Json> next() throws IOException {
            try {
                in.begin();
                JsonToken first = parser.nextToken();
                return first == null ? Optional.empty() : Optional.of(value(first));
            } catch (JacksonException broken) {
                if (broken.getCause() instanceof IOException lost) {
                    throw lost;
                }
                throw new OvsdbException.Malformed("what came is not JSON: " + broken.getOriginalMessage());
            }
        }

        private Json value(JsonToken token) {
            return switch (token) {
                case VALUE_STRING -> new Text(parser.getString());
                case VALUE_NUMBER_INT -> whole();
                case VALUE_NUMBER_FLOAT -> new Real(parser.getDoubleValue());
                case VALUE_TRUE -> new Flag(true);
                case VALUE_FALSE -> new Flag(false);
                case VALUE_NULL -> new Nothing();
                case START_ARRAY -> array();
                case START_OBJECT -> members();
                case NOT_AVAILABLE, END_ARRAY, END_OBJECT, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw new OvsdbException.Malformed("what came is not JSON: " + token);
            };
        }

        private Json whole() {
            return switch (parser.getNumberType()) {
                case INT, LONG -> new Whole(parser.getLongValue());
                default -> new Real(parser.getDoubleValue());
            };
        }

        private Array array() {
            List<Json> items = new ArrayList<>();
            for (JsonToken token = next(JsonToken.END_ARRAY);
                    token != JsonToken.END_ARRAY;
                    token = next(JsonToken.END_ARRAY)) {
                items.add(value(token));
            }
            return new Array(items);
        }

        private Members members() {
            Map<String, Json> members = new LinkedHashMap<>();
            while (next(JsonToken.END_OBJECT) != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                members.put(name, value(next(JsonToken.END_OBJECT)));
            }
            return new Members(members);
        }

        private JsonToken next(JsonToken end) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new OvsdbException.Malformed("the connection ended before " + end);
            }
            return token;
        }
    }

    /** A stream that refuses to go on within a value that is too long. */
    final class Bounded extends InputStream {

        private final InputStream in;
        private final long longest;
        private long left;

        Bounded(InputStream in, long longest) {
            this.in = in;
            this.longest = longest;
            this.left = longest;
        }

        void begin() {
            left = longest;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left <= 0) {
                throw new OvsdbException.Malformed("a message has more than %,d bytes".formatted(longest));
            }
            int read = in.read(into, offset, length);
            left -= Math.max(read, 0);
            return read;
        }
    }
}
