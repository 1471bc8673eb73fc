package dev.linkspan.server.random;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A record as a line of text, such as {@code AcceptNetPeering peering=p0 by=bob in=west}, which can be read again. Its
 * components are texts, lists of texts, numbers, flags and enums; what is empty, zero or false is left out.
 */
public final class RecordLine {

    private RecordLine() {}

    public static String of(Record step) {
        StringBuilder line = new StringBuilder(step.getClass().getSimpleName());
        for (RecordComponent component : step.getClass().getRecordComponents()) {
            String value = text(valueOf(step, component));
            if (!value.isEmpty()) {
                line.append(' ').append(component.getName()).append('=').append(value);
            }
        }
        return line.toString();
    }

    /** Reads the line of one of the records that are declared in a type. */
    public static <T> T readOneOf(Class<T> type, String line) {
        String name = line.split(" ", 2)[0];
        return Arrays.stream(type.getDeclaredClasses())
                .filter(it -> it.isRecord() && it.getSimpleName().equals(name))
                .findFirst()
                .map(it -> type.cast(read(it, line)))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no %s is called %s".formatted(type.getSimpleName().toLowerCase(Locale.ROOT), name)));
    }

    /** Reads the line of a record of this class. */
    public static <T> T read(Class<T> type, String line) {
        Map<String, String> given = new LinkedHashMap<>();
        String[] words = line.strip().split(" ", -1);
        for (String word : Arrays.asList(words).subList(1, words.length)) {
            int equals = word.indexOf('=');
            given.put(word.substring(0, equals), word.substring(equals + 1));
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> value(component.getType(), given.getOrDefault(component.getName(), "")))
                .toArray();
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("not a step: " + line, e);
        }
    }

    private static Object valueOf(Record step, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(step);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(Object::toString).collect(Collectors.joining(","));
            case Boolean flag -> flag ? "true" : "";
            case Number number -> number.longValue() == 0 ? "" : number.toString();
            default -> value.toString();
        };
    }

    private static Object value(Class<?> type, String text) {
        if (type == boolean.class) {
            return Boolean.parseBoolean(text);
        }
        if (type == long.class) {
            return text.isEmpty() ? 0L : Long.parseLong(text);
        }
        if (type == int.class) {
            return text.isEmpty() ? 0 : Integer.parseInt(text);
        }
        if (type == List.class) {
            return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(it -> it.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no %s: %s".formatted(type, text)));
        }
        return text;
    }
}
