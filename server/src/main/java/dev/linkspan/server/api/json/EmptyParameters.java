package dev.linkspan.server.api.json;

import dev.linkspan.server.api.json.RequestShape.Parameter;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes away what clients send for what they do not mean to give: in the objects inside a request, OUTSCALE's SDK for Go
 * writes every field that is not set as an empty text or list. Of the request's own parameters, only those that are marked
 * with {@link EmptyIsAbsent} are treated so: elsewhere an empty text takes something away, such as a description.
 */
public final class EmptyParameters {

    private EmptyParameters() {}

    /** @param request the record that the arguments are bound to */
    public static void drop(ObjectNode arguments, Class<? extends Record> request) {
        drop(arguments, RequestShape.of(request), false);
    }

    private static void drop(ObjectNode object, RequestShape shape, boolean inside) {
        for (String name : List.copyOf(object.propertyNames())) {
            shape.parameter(name).ifPresent(parameter -> {
                JsonNode value = object.path(name);
                boolean droppable = parameter.emptyIsAbsent() || (inside && parameter.mayBeEmptied());
                if (droppable && RequestShape.isEmpty(value) && !value.isNull()) {
                    object.remove(name);
                } else {
                    dropWithin(value, parameter);
                }
            });
        }
    }

    private static void dropWithin(JsonNode value, Parameter parameter) {
        parameter.nested().map(RequestShape::of).ifPresent(shape -> {
            if (value instanceof ObjectNode object) {
                drop(object, shape, true);
            } else {
                value.forEach(element -> dropElement(element, shape));
            }
        });
    }

    private static void dropElement(JsonNode element, RequestShape shape) {
        if (element instanceof ObjectNode object) {
            drop(object, shape, true);
        }
    }
}
