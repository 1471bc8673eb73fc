package dev.linkspan.server.api;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The header fields of a request; names are case-insensitive (RFC 9110, 5.1). */
public final class Headers {

    public static final Headers NONE = new Headers(Map.of());

    private final Map<String, List<String>> valuesByLowerCaseName;

    private Headers(Map<String, List<String>> valuesByLowerCaseName) {
        this.valuesByLowerCaseName = Map.copyOf(valuesByLowerCaseName);
    }

    /** From names, however written, to their values in the order they came. */
    public static Headers of(Map<String, ? extends Collection<String>> fields) {
        Map<String, List<String>> lowered = new LinkedHashMap<>();
        fields.forEach((name, values) -> lowered.merge(
                name.toLowerCase(Locale.ROOT),
                List.copyOf(values),
                (some, more) -> Stream.concat(some.stream(), more.stream()).toList()));
        return new Headers(lowered);
    }

    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
        return valuesByLowerCaseName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }
}
