package dev.linkspan.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a client knows of things that only it changes: of each thing, by id, the value that was acknowledged last, and
 * those that it may have besides since an answer did not come.
 */
final class Possible {

    private final Map<String, Set<String>> values = new LinkedHashMap<>();

    /** An acknowledged change, or something seen. */
    void became(String thing, String value) {
        values.put(thing, new LinkedHashSet<>(Set.of(value)));
    }

    /** A change whose answer did not come. */
    void mayBe(String thing, String value) {
        values.computeIfAbsent(thing, _ -> new LinkedHashSet<>()).add(value);
    }

    /** Compares with what is read, which is certain from now on. */
    void found(String thing, String value) {
        assertThat(values.get(thing))
                .as("what %s may be; it is %s", thing, value)
                .contains(value);
        became(thing, value);
    }

    void forget(String thing) {
        values.remove(thing);
    }

    boolean knows(String thing) {
        return values.containsKey(thing);
    }

    Set<String> things() {
        return Set.copyOf(values.keySet());
    }

    /** The things of which this value is certain, oldest first. */
    List<String> with(String value) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().equals(Set.of(value)))
                .map(Map.Entry::getKey)
                .toList();
    }
}
