package dev.linkspan.server.lifecycle;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Steps, one after the other, with the server's settings that they run under. Its text has a line for each step, such as
 * {@code AcceptNetPeering peering=p0 by=bob in=west}, and can be read again; what is empty, zero or false is left out.
 *
 * @param requiresVm rule P6
 * @param overlappingPeers rule P13: whether the network keeps overlapping peers of one Net apart
 */
record Script(boolean requiresVm, boolean overlappingPeers, List<Step> steps) {

    Script {
        steps = List.copyOf(steps);
    }

    Script with(List<Step> others) {
        return new Script(requiresVm, overlappingPeers, others);
    }

    /** The settings as the line that a script begins with. */
    private record Settings(boolean requiresVm, boolean overlappingPeers) {}

    String text() {
        String settings = line(new Settings(requiresVm, overlappingPeers));
        return settings + "\n" + steps.stream().map(step -> line(step) + "\n").collect(Collectors.joining());
    }

    static Script parse(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        Settings settings = (Settings) read(Settings.class, lines.getFirst());
        List<Step> steps = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String name = line.split(" ", 2)[0];
            Class<?> type = Arrays.stream(Step.class.getDeclaredClasses())
                    .filter(it -> it.isRecord() && it.getSimpleName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no step is called " + name));
            steps.add((Step) read(type, line));
        }
        return new Script(settings.requiresVm(), settings.overlappingPeers(), steps);
    }

    static String line(Record step) {
        StringBuilder line = new StringBuilder(step.getClass().getSimpleName());
        for (RecordComponent component : step.getClass().getRecordComponents()) {
            String value = text(valueOf(step, component));
            if (!value.isEmpty()) {
                line.append(' ').append(component.getName()).append('=').append(value);
            }
        }
        return line.toString();
    }

    static String line(Step step) {
        return line((Record) step);
    }

    private static Object valueOf(Record step, RecordComponent component) {
        try {
            return component.getAccessor().invoke(step);
        } catch (IllegalAccessException | InvocationTargetException e) {
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

    private static Object read(Class<?> type, String line) {
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
            return type.getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("not a step: " + line, e);
        }
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
