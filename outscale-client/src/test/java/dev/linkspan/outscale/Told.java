package dev.linkspan.outscale;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which fields of the client's models answers have had, and which of the same models none has ever had. */
final class Told {

    private static final String MODELS = "dev.linkspan.outscale.model.";

    private final Set<String> told = new TreeSet<>();
    private final Set<String> known = new TreeSet<>();

    /** Looks at an answer, all the way down. */
    void look(Object answer) {
        switch (answer) {
            case List<?> list -> list.forEach(this::look);
            case Enum<?> _ -> {}
            default -> {
                if (answer.getClass().getName().startsWith(MODELS)) {
                    getters(answer.getClass()).forEach(getter -> look(answer, getter));
                }
            }
        }
    }

    private void look(Object model, Method getter) {
        String field = model.getClass().getSimpleName() + "." + getter.getName().substring("get".length());
        known.add(field);
        try {
            Object value = getter.invoke(model);
            if (value != null) {
                told.add(field);
                look(value);
            }
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(field, impossible);
        }
    }

    private static Stream<Method> getters(Class<?> model) {
        return Stream.of(model.getDeclaredMethods())
                .filter(method -> method.getName().startsWith("get") && method.getParameterCount() == 0);
    }

    Set<String> never() {
        Set<String> never = new TreeSet<>(known);
        never.removeAll(told);
        return never;
    }
}
