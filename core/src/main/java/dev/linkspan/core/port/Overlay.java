package dev.linkspan.core.port;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The things of one kind that a rehearsal saved or deleted, laid over those that are true.
 *
 * @param changed the new value of each; empty where it was deleted
 * @param order of lists
 */
record Overlay<I, T>(Map<I, Optional<T>> changed, Function<T, I> id, Comparator<T> order) {

    static <I, T> Overlay<I, T> of(Function<T, I> id, Comparator<T> order) {
        return new Overlay<>(new LinkedHashMap<>(), id, order);
    }

    void put(T value) {
        changed.put(id.apply(value), Optional.of(value));
    }

    void remove(I id) {
        changed.put(id, Optional.empty());
    }

    boolean covers(I id) {
        return changed.containsKey(id);
    }

    Optional<T> one(I id, Function<I, Optional<T>> truth) {
        Optional<T> own = changed.get(id);
        return own != null ? own : truth.apply(id);
    }

    /** The only thing that matches. */
    Optional<T> only(Predicate<T> matching, Supplier<Optional<T>> truth) {
        return values().filter(matching).findFirst().or(() -> truth.get().filter(it -> !covers(id.apply(it))));
    }

    /** Everything that matches, as what is true of it was found. */
    List<T> some(List<T> truth, Predicate<T> matching) {
        return changed.isEmpty()
                ? truth
                : Stream.concat(truth.stream().filter(it -> !covers(id.apply(it))), values().filter(matching))
                        .sorted(order)
                        .toList();
    }

    Stream<T> values() {
        return changed.values().stream().flatMap(Optional::stream);
    }
}
