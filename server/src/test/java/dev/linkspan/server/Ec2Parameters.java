package dev.linkspan.server;

import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.json.CanonicalCidr;
import dev.linkspan.server.api.json.Required;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an action's request record says of its parameters, each by the name that it has on the wire. */
record Ec2Parameters(String action, List<Parameter> all) {

    /**
     * A parameter that is a single value; of a list, its first element.
     *
     * @param name in full: {@code Filter.1.Name}
     * @param required whether what it stands in cannot be without it
     * @param inside the name of what it stands in, with a dot behind it; an empty text where it stands by itself
     */
    record Parameter(String name, Class<?> type, boolean required, String inside) {

        /** The kind of id that it is, if its type says so. */
        Optional<IdKind<? extends ResourceId>> kind() {
            return ResourceId.KINDS.stream()
                    .filter(kind -> kind.of(0).getClass() == type)
                    .<IdKind<? extends ResourceId>>map(kind -> kind)
                    .findFirst();
        }

        /** Whether it names something, of whatever type it is. */
        boolean isId() {
            return kind().isPresent() || (type == String.class && name.matches("[A-Za-z]+Id(\\.1)?"));
        }

        boolean isInside() {
            return !inside.isEmpty();
        }
    }

    static Ec2Parameters of(Operation action) {
        Class<?> request = action.request();
        return new Ec2Parameters(action.name(), of(request, "", "").toList());
    }

    private static Stream<Parameter> of(Class<?> request, String prefix, String inside) {
        return Arrays.stream(request.getRecordComponents()).flatMap(component -> of(component, prefix, inside));
    }

    /** What must be there is not something else to stand in: what it holds is needed wherever it is itself. */
    private static Stream<Parameter> of(RecordComponent component, String prefix, String inside) {
        Class<?> type = innermost(component.getGenericType());
        String list = component.getType() == List.class ? ".1" : "";
        boolean required = component.isAnnotationPresent(Required.class);
        String name = prefix
                + Character.toUpperCase(component.getName().charAt(0))
                + component.getName().substring(1)
                + list;
        return type.isRecord() && type.getName().startsWith("dev.linkspan.server.") && type != CanonicalCidr.class
                ? of(type, name + ".", required ? inside : name + ".")
                : Stream.of(new Parameter(name, type, required, inside));
    }

    private static Class<?> innermost(Type type) {
        return type instanceof ParameterizedType generic
                ? innermost(generic.getActualTypeArguments()[0])
                : (Class<?>) type;
    }

    /** What must be there so that this one can be, and nothing else. */
    Stream<Parameter> neededFor(Parameter parameter) {
        return all.stream()
                .filter(other -> other.required()
                        && (!other.isInside() || parameter.inside().startsWith(other.inside())));
    }

    /** The action's name, for a test's. */
    @Override
    public String toString() {
        return action;
    }
}
