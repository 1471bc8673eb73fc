package dev.linkspan.server.network.ovsdb;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a column of a row holds: atoms, or pairs of them. A single atom is a set of one, as a server may write either, so that
 * equal values are equal.
 */
public sealed interface Value {

    /** Nothing. */
    static Value empty() {
        return new Atoms(Set.of());
    }

    /** A set, which has no order; or a scalar, which is one of one. */
    record Atoms(Set<Atom> atoms) implements Value {}

    /** A map. */
    record Pairs(Map<Atom, Atom> pairs) implements Value {}

    /** A string. */
    static Value text(String value) {
        return new Atoms(Set.of(new Atom.Text(value)));
    }

    /** An integer. */
    static Value whole(long value) {
        return new Atoms(Set.of(new Atom.Whole(value)));
    }

    /** A boolean. */
    static Value flag(boolean value) {
        return new Atoms(Set.of(new Atom.Flag(value)));
    }

    /** Strings. */
    static Value texts(Collection<String> values) {
        return atoms(values.stream().<Atom>map(Atom.Text::new));
    }

    /** Rows. */
    static Value ids(Collection<UUID> rows) {
        return atoms(rows.stream().<Atom>map(Atom.Id::new));
    }

    /** A set of these. */
    static Value atoms(Stream<Atom> atoms) {
        Set<Atom> set = new LinkedHashSet<>();
        atoms.forEach(set::add);
        return new Atoms(set);
    }

    /** A map of strings to strings. */
    static Value pairs(Map<String, String> pairs) {
        Map<Atom, Atom> map = new LinkedHashMap<>();
        pairs.forEach((key, value) -> map.put(new Atom.Text(key), new Atom.Text(value)));
        return new Pairs(map);
    }

    /** Its strings, if it is a set of such; others are left out. */
    default List<String> texts() {
        return switch (this) {
            case Atoms(Set<Atom> atoms) ->
                atoms.stream()
                        .flatMap(atom -> atom instanceof Atom.Text(String text) ? Stream.of(text) : Stream.empty())
                        .toList();
            case Pairs _ -> List.of();
        };
    }

    /** Its integers, if it is a set of such. */
    default List<Long> wholes() {
        return switch (this) {
            case Atoms(Set<Atom> atoms) ->
                atoms.stream()
                        .flatMap(atom -> atom instanceof Atom.Whole(long number) ? Stream.of(number) : Stream.empty())
                        .toList();
            case Pairs _ -> List.of();
        };
    }

    /** The string that stands beside this one, if it is a map. */
    default Optional<String> at(String key) {
        return switch (this) {
            case Atoms _ -> Optional.empty();
            case Pairs(Map<Atom, Atom> pairs) ->
                Optional.ofNullable(pairs.get(new Atom.Text(key)))
                        .flatMap(atom -> atom instanceof Atom.Text(String text) ? Optional.of(text) : Optional.empty());
        };
    }

    /** Whether nothing is in it, be it a set or a map. */
    default boolean isEmpty() {
        return switch (this) {
            case Atoms(Set<Atom> atoms) -> atoms.isEmpty();
            case Pairs(Map<Atom, Atom> pairs) -> pairs.isEmpty();
        };
    }

    /** As it goes on the wire. */
    default Json json() {
        return switch (this) {
            case Atoms(Set<Atom> atoms)
            when atoms.size() == 1 -> atoms.iterator().next().json();
            case Atoms(Set<Atom> atoms) -> tagged("set", atoms.stream().map(Atom::json));
            case Pairs(Map<Atom, Atom> pairs) ->
                tagged(
                        "map",
                        pairs.entrySet().stream()
                                .map(pair -> Json.Array.of(
                                        pair.getKey().json(), pair.getValue().json())));
        };
    }

    private static Json tagged(String tag, Stream<Json> items) {
        return Json.Array.of(new Json.Text(tag), new Json.Array(items.toList()));
    }

    /** As it came. */
    static Value of(Json json) {
        if (json instanceof Json.Array(List<Json> tagged)
                && tagged.size() == 2
                && tagged.getFirst() instanceof Json.Text(String tag)) {
            if (tag.equals("set")) {
                return atoms(tagged.getLast().asItems().stream().map(Atom::of));
            }
            if (tag.equals("map")) {
                Map<Atom, Atom> pairs = new LinkedHashMap<>();
                tagged.getLast().asItems().stream().map(Json::asItems).forEach(pair -> {
                    if (pair.size() != 2) {
                        throw new OvsdbException.Malformed("a map has something that is no pair");
                    }
                    pairs.put(Atom.of(pair.getFirst()), Atom.of(pair.getLast()));
                });
                return new Pairs(pairs);
            }
        }
        return atoms(Stream.of(Atom.of(json)));
    }

    /**
     * The value after an update of a monitor, which tells of sets what is new or gone, of maps what is new, changed or gone, and
     * all of the rest (ovsdb-server(7), 4.1.15).
     *
     * @param single whether the column holds exactly one atom, or one at most
     */
    default Value changedBy(Value difference, boolean single) {
        return switch (difference) {
            case Pairs(Map<Atom, Atom> changed) -> new Pairs(changed(pairs(), changed));
            case Atoms(Set<Atom> changed) ->
                single ? difference : atoms(symmetricDifference(Set.copyOf(atoms()), changed));
        };
    }

    private Set<Atom> atoms() {
        return this instanceof Atoms(Set<Atom> atoms) ? atoms : Set.of();
    }

    private Map<Atom, Atom> pairs() {
        return this instanceof Pairs(Map<Atom, Atom> pairs) ? pairs : Map.of();
    }

    private static Map<Atom, Atom> changed(Map<Atom, Atom> before, Map<Atom, Atom> difference) {
        Map<Atom, Atom> after = new LinkedHashMap<>(before);
        difference.forEach((key, value) -> {
            if (value.equals(before.get(key))) {
                after.remove(key);
            } else {
                after.put(key, value);
            }
        });
        return after;
    }

    private static Stream<Atom> symmetricDifference(Set<Atom> before, Set<Atom> difference) {
        return Stream.concat(
                before.stream().filter(atom -> !difference.contains(atom)),
                difference.stream().filter(atom -> !before.contains(atom)));
    }

    /** A set of rows, of which some may be inserted by the same transaction. */
    static Value rows(Atom... rows) {
        return atoms(Arrays.stream(rows));
    }
}
