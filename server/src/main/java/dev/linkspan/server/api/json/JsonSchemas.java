package dev.linkspan.server.api.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schemas (draft 2020-12) of the records that {@link StrictJson} reads and writes. A record that is part of
 * another one has a schema of its own, named like the record, without {@code Answer} at its end.
 */
public final class JsonSchemas {

    private static final String REFERENCE = "#/components/schemas/";

    private enum Use {
        REQUEST,
        ANSWER
    }

    private record Named(Class<?> type, Use use) {}

    private final Map<String, Named> names = new HashMap<>();
    private final Map<String, ObjectNode> schemas = new TreeMap<>();
    private final Map<Class<?>, Class<? extends Record>> unwrapped = new HashMap<>();

    /** The schemas so far, by name. */
    public Map<String, JsonNode> schemas() {
        return new TreeMap<>(schemas);
    }

    /** Adds a schema under a name that no other one has, and answers a reference to it. */
    public ObjectNode add(String name, ObjectNode schema) {
        if (schemas.putIfAbsent(name, schema) != null) {
            throw new IllegalStateException("BUG: two schemas are named " + name);
        }
        return reference(name);
    }

    /** What a client may send for this record, and nothing besides. */
    public ObjectNode request(Class<? extends Record> type) {
        return object(type, Use.REQUEST);
    }

    /** What is answered as this record. */
    public ObjectNode answer(Class<? extends Record> type) {
        return object(type, Use.ANSWER);
    }

    /**
     * What is answered as this record, of which a part is known only when the server is put together.
     *
     * @param unwrapped by the record that has a component which is unwrapped: what that is
     */
    public ObjectNode answer(Class<? extends Record> type, Map<Class<?>, Class<? extends Record>> unwrapped) {
        this.unwrapped.putAll(unwrapped);
        return answer(type);
    }

    /** A value of this type in an answer. */
    public ObjectNode value(Class<?> type) {
        return of(type, Use.ANSWER);
    }

    /** A list of values of this type in an answer. */
    public ObjectNode values(Class<?> item) {
        return list(value(item));
    }

    /** The filters of a Read call. */
    public static ObjectNode filters(Map<String, FilterKind> kinds) {
        ObjectNode schema = typed("object");
        ObjectNode properties = schema.putObject("properties");
        kinds.forEach((name, kind) -> properties.set(
                name,
                switch (kind) {
                    case TEXTS, PATTERNS, ACCOUNTS -> list(typed("string"));
                    case NUMBERS -> list(integer("int64"));
                    case DECIMALS -> list(typed("number"));
                    case DATES -> list(text(TextLook.of("date-time")));
                    case FLAG -> typed("boolean");
                }));
        return schema.put("additionalProperties", false);
    }

    /** A schema that says only which of JSON's types a value has. */
    public static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private ObjectNode object(Class<?> type, Use use) {
        ObjectNode schema = typed("object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        for (RecordComponent component : components(type)) {
            String name = RequestShape.nameOf(component);
            ObjectNode value = of(component.getGenericType(), use);
            OneOf words = component.getAnnotation(OneOf.class);
            properties.set(name, words == null ? value : text(TextLook.oneOf(List.of(words.value()))));
            if (isRequired(component, use)) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return use == Use.REQUEST ? schema.put("additionalProperties", false) : schema;
    }

    /** Those that are in the JSON: what is unwrapped is there as its own. */
    private List<RecordComponent> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component -> component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                        ? components(unwrappedIn(type)).stream()
                        : Stream.of(component))
                .toList();
    }

    private Class<? extends Record> unwrappedIn(Class<?> type) {
        return Optional.ofNullable(unwrapped.get(type))
                .orElseThrow(() -> new IllegalStateException("BUG: what is unwrapped in " + type + " is not told"));
    }

    /** A request names what must be given; an answer has everything that is not optional. */
    private static boolean isRequired(RecordComponent component, Use use) {
        return switch (use) {
            case REQUEST -> component.isAnnotationPresent(Required.class);
            case ANSWER -> component.getType() != Optional.class;
        };
    }

    private ObjectNode of(Type type, Use use) {
        return switch (type) {
            case ParameterizedType generic -> ofGeneric(generic, use);
            case Class<?> plain -> ofPlain(plain, use);
            default -> throw new IllegalArgumentException("BUG: no value is a " + type);
        };
    }

    private ObjectNode ofGeneric(ParameterizedType generic, Use use) {
        Type[] arguments = generic.getActualTypeArguments();
        ObjectNode last = of(arguments[arguments.length - 1], use);
        if (generic.getRawType() == Optional.class) {
            return last;
        }
        if (generic.getRawType() == List.class) {
            return list(last);
        }
        if (generic.getRawType() == Map.class) {
            return typed("object").set("additionalProperties", last);
        }
        throw new IllegalArgumentException("BUG: no value is a " + generic);
    }

    private ObjectNode ofPlain(Class<?> type, Use use) {
        Optional<TextLook> look = DomainJson.look(type);
        if (look.isPresent()) {
            return text(look.get());
        }
        if (type.isEnum()) {
            return text(TextLook.oneOf(constants(type)));
        }
        return type.isRecord() && !DomainJson.isSingleValue(type) ? named(type, use) : simple(type);
    }

    private static ObjectNode simple(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "String" -> typed("string");
            case "int", "Integer" -> integer("int32");
            case "long", "Long" -> integer("int64");
            case "double", "Double" -> typed("number");
            case "boolean", "Boolean" -> typed("boolean");
            case "ObjectNode", "FilterArguments" -> typed("object");
            case "Object" -> JsonNodeFactory.instance.objectNode();
            default -> throw new IllegalArgumentException("BUG: no value is a " + type);
        };
    }

    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList();
    }

    private ObjectNode named(Class<?> type, Use use) {
        String name = type.getSimpleName().replaceFirst("Answer$", "");
        Named known = names.putIfAbsent(name, new Named(type, use));
        if (known == null) {
            add(name, object(type, use));
        } else if (!known.equals(new Named(type, use))) {
            throw new IllegalStateException(
                    "BUG: %s of %s would be named like %s".formatted(use, type.getName(), known));
        }
        return reference(name);
    }

    private static ObjectNode reference(String name) {
        return JsonNodeFactory.instance.objectNode().put("$ref", REFERENCE + name);
    }

    private static ObjectNode list(ObjectNode items) {
        return typed("array").set("items", items);
    }

    private static ObjectNode integer(String format) {
        return typed("integer").put("format", format);
    }

    private static ObjectNode text(TextLook look) {
        ObjectNode schema = typed("string");
        look.format().ifPresent(format -> schema.put("format", format));
        look.example().ifPresent(example -> schema.putArray("examples").add(example));
        if (!look.words().isEmpty()) {
            ArrayNode words = schema.putArray("enum");
            look.words().forEach(words::add);
        }
        return schema;
    }
}
