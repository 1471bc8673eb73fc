package dev.linkspan.server.api.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/**
 * Binds JSON to records and back: names in upper camel case, no coercion between JSON's types, nothing unknown, nothing
 * null. Whatever a client may send ends as a record or as a {@link Refusal} that names the parameter.
 */
public final class StrictJson {

    /** Deeper than any request of either API. */
    private static final int DEEPEST_NESTING = 20;

    private static final JsonMapper MAPPER = mapper();

    private StrictJson() {}

    private static JsonMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST_NESTING)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .addModule(DomainJson.module())
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .withConfigOverride(
                        List.class, it -> it.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
                .withCoercionConfig(
                        LogicalType.Textual,
                        it -> it.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.WRAP_EXCEPTIONS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build();
    }

    /** The body as a JSON object; an empty body is an empty object (A1). */
    public static ObjectNode parse(byte[] body) {
        String text = decoded(body);
        if (text.isBlank()) {
            return MAPPER.createObjectNode();
        }
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                object.forEachEntry(StrictJson::requireText);
                return object;
            }
        } catch (JacksonException unreadable) {
            throw new Refusal(
                    RefusalCode.UNREADABLE_REQUEST,
                    "The request's body is not readable JSON: %s.",
                    unreadable.getOriginalMessage());
        }
        throw new Refusal(RefusalCode.WRONG_TYPE, "The request's body must be a JSON object.");
    }

    /** JSON can escape what is no text anywhere else: the character 0, which PostgreSQL refuses, and half a character. */
    private static void requireText(String parameter, JsonNode value) {
        if (value.isString() && !isText(value.stringValue())) {
            throw new Refusal(
                    RefusalCode.BAD_VALUE,
                    "The value of %s has the character U+0000 or half of a surrogate pair: text is expected.",
                    parameter);
        }
        if (value instanceof ObjectNode object) {
            object.forEachEntry(StrictJson::requireText);
        } else {
            value.forEach(element -> requireText(parameter, element));
        }
    }

    private static boolean isText(String value) {
        return value.codePoints().noneMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE);
    }

    private static String decoded(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new Refusal(RefusalCode.UNREADABLE_REQUEST, "The request's body is not valid UTF-8.");
        }
    }

    /** Reads the arguments as this record, whose components are the call's parameters. */
    public static <Q extends Record> Q bind(ObjectNode arguments, Class<Q> request) {
        RequestShape.of(request).check(arguments);
        try {
            return MAPPER.treeToValue(arguments, request);
        } catch (DatabindException mismatch) {
            throw wrongType(parameterOf(mismatch), "another JSON type");
        } catch (JacksonException outOfRange) {
            String parameter = outOfRange.processor() instanceof JsonParser parser
                    ? DomainJson.parameter(parser)
                    : "one of the parameters";
            throw wrongType(parameter, "a number that fits");
        }
    }

    /** Reads what somebody wrote who may be newer than this version: what is unknown in it is passed over. */
    public static <A extends Record> A readKnown(byte[] written, Class<A> type) {
        ObjectNode known = parse(written);
        RequestShape.of(type).dropUnknown(known);
        return bind(known, type);
    }

    /** Takes a flag that every call has out of the arguments; false where it is absent. */
    public static boolean takeFlag(ObjectNode arguments, String name) {
        JsonNode flag = arguments.remove(name);
        if (flag == null) {
            return false;
        }
        if (!flag.isBoolean()) {
            throw wrongType(name, "true or false");
        }
        return flag.booleanValue();
    }

    private static String parameterOf(DatabindException mismatch) {
        return mismatch.getPath().reversed().stream()
                .flatMap(reference -> Stream.ofNullable(reference.getPropertyName()))
                .findFirst()
                .orElse("request");
    }

    public static Refusal wrongType(String parameter, String expected) {
        return new Refusal(
                RefusalCode.WRONG_TYPE, "The value of %s has the wrong type: %s is expected.", parameter, expected);
    }

    /** An answer record or map as a JSON object, to which more can be added. */
    public static ObjectNode tree(Object answer) {
        return MAPPER.valueToTree(answer);
    }

    public static byte[] bytes(Object answer) {
        return MAPPER.writeValueAsBytes(answer);
    }
}
