package dev.linkspan.server.api.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters that a request record has, and the checks that come before any value is read: unknown ones (3001), then
 * missing ones (7000), then explicit nulls (4110), in nested records too.
 */
final class RequestShape {

    private static final ClassValue<RequestShape> SHAPES = new ClassValue<>() {
        @Override
        protected RequestShape computeValue(Class<?> type) {
            return new RequestShape(type);
        }
    };

    /**
     * @param mayBeEmptied whether an empty text stands for none where the parameter is inside another
     * @param emptyIsAbsent whether it does anywhere
     * @param type of the parameter, or of its elements where it is a list
     * @param nested that type, where it is a record with parameters of its own
     */
    record Parameter(
            boolean required,
            boolean mayBeEmptied,
            boolean list,
            boolean emptyIsAbsent,
            Class<?> type,
            Optional<Class<?>> nested) {}

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    private RequestShape(Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            parameters.put(
                    nameOf(component),
                    new Parameter(
                            component.isAnnotationPresent(Required.class),
                            component.getType() == Optional.class && !component.isAnnotationPresent(EmptyIsValue.class),
                            isList(component.getGenericType()),
                            component.isAnnotationPresent(EmptyIsAbsent.class),
                            innermost(component.getGenericType()),
                            nestedRecord(component.getGenericType())));
        }
    }

    static RequestShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    /** The name in JSON. */
    static String nameOf(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        if (given != null) {
            return given.value();
        }
        String name = component.getName();
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /** Looks through Optional. */
    private static boolean isList(Type type) {
        return type instanceof ParameterizedType generic
                && (generic.getRawType() == List.class
                        || (generic.getRawType() == Optional.class && isList(generic.getActualTypeArguments()[0])));
    }

    /** Looks through Optional and List. */
    private static Class<?> innermost(Type type) {
        return switch (type) {
            case ParameterizedType generic -> innermost(generic.getActualTypeArguments()[0]);
            case Class<?> plain -> plain;
            default -> throw new IllegalArgumentException("BUG: no parameter is a " + type);
        };
    }

    /** Records with a JSON form of their own, such as ids, are single values. */
    private static Optional<Class<?>> nestedRecord(Type type) {
        Class<?> innermost = innermost(type);
        return innermost.isRecord() && !DomainJson.isSingleValue(innermost) ? Optional.of(innermost) : Optional.empty();
    }

    Optional<Parameter> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Takes away what has none of its parameters' names, in nested records too. */
    void dropUnknown(JsonNode arguments) {
        if (arguments instanceof ObjectNode object) {
            object.retain(parameters.keySet());
            parameters.forEach((name, parameter) -> parameter
                    .nested()
                    .map(RequestShape::of)
                    .ifPresent(shape -> shape.dropUnknownIn(object.path(name))));
        }
    }

    private void dropUnknownIn(JsonNode value) {
        if (value.isArray()) {
            value.forEach(this::dropUnknown);
        } else {
            dropUnknown(value);
        }
    }

    void check(JsonNode arguments) {
        for (String name : arguments.propertyNames()) {
            if (!parameters.containsKey(name)) {
                throw new Refusal(
                        RefusalCode.UNKNOWN_PARAMETER, "The parameter '%s' is unknown: %s.", name, accepted());
            }
        }
        parameters.forEach((name, parameter) -> {
            if (parameter.required() && isEmpty(arguments.path(name))) {
                throw new Refusal(RefusalCode.MISSING_PARAMETER, "The parameter '%s' is required and not empty.", name);
            }
        });
        parameters.forEach((name, parameter) -> checkValue(name, parameter, arguments.path(name)));
    }

    private static void checkValue(String name, Parameter parameter, JsonNode value) {
        if (value.isMissingNode()) {
            return;
        }
        if (parameter.list() && !value.isArray()) {
            throw StrictJson.wrongType(name, "a list");
        }
        if (parameter.list()) {
            value.forEach(element -> checkElement(name, parameter, element));
        } else {
            checkElement(name, parameter, value);
        }
    }

    private static void checkElement(String name, Parameter parameter, JsonNode value) {
        if (value.isNull()) {
            throw StrictJson.wrongType(name, "a value, not null,");
        }
        parameter.nested().map(RequestShape::of).ifPresent(shape -> {
            if (!value.isObject()) {
                throw StrictJson.wrongType(name, "an object");
            }
            shape.check(value);
        });
    }

    /** Whether it is absent, null, or a text or list without anything in it. */
    static boolean isEmpty(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isString() && value.stringValue().isEmpty())
                || (value.isArray() && value.isEmpty());
    }

    private String accepted() {
        return parameters.isEmpty() ? "there are none" : "accepted are " + String.join(", ", parameters.keySet());
    }
}
