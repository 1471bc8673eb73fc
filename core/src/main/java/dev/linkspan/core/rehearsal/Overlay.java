package dev.linkspan.core.rehearsal;

import java.time.Instant;
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
 * The values of one kind that a rehearsal saved or deleted, laid over those that are true. Each query of the kind's reader
 * says in a subclass how what was changed belongs in its answer.
 */
abstract class Overlay<I, T> {

    private final Function<I, Optional<T>> truth;
    private final Function<T, I> id;
    private final Comparator<T> order;
    private final Allowance allowance;

    /** The new value of each; empty where it was deleted. */
    private final Map<I, Optional<T>> changed = new LinkedHashMap<>();

    /** @param order of lists */
    Overlay(Function<I, Optional<T>> truth, Function<T, I> id, Comparator<T> order, Allowance allowance) {
        this.truth = truth;
        this.id = id;
        this.order = order;
        this.allowance = allowance;
    }

    /** The order of most lists. */
    static <T, U extends Comparable<? super U>> Comparator<T> byCreation(
            Function<T, Instant> createdAt, Function<T, U> id) {
        return Comparator.comparing(createdAt).thenComparing(id);
    }

    public Optional<T> find(I wanted) {
        Optional<T> own = changed.get(wanted);
        return own != null ? own : truth.apply(wanted);
    }

    public void save(T value) {
        use();
        changed.put(id.apply(value), Optional.of(value));
    }

    public void delete(I gone) {
        use();
        changed.put(gone, Optional.empty());
    }

    /** Counts a change. */
    void use() {
        allowance.use();
    }

    /** Takes back what was changed of these. */
    void forget(Predicate<I> which) {
        changed.keySet().removeIf(which);
    }

    /** How many were changed. */
    int size() {
        return changed.size();
    }

    boolean covers(I wanted) {
        return changed.containsKey(wanted);
    }

    Stream<T> values() {
        return changed.values().stream().flatMap(Optional::stream);
    }

    /** The only thing that matches. */
    Optional<T> only(Predicate<T> matching, Supplier<Optional<T>> found) {
        return values().filter(matching).findFirst().or(() -> found.get().filter(it -> !covers(id.apply(it))));
    }

    /** Everything that matches, as what is true of it was found. */
    List<T> some(List<T> found, Predicate<T> matching) {
        return changed.isEmpty()
                ? found
                : Stream.concat(found.stream().filter(it -> !covers(id.apply(it))), values().filter(matching))
                        .sorted(order)
                        .toList();
    }

    /** How many more match than did. */
    int difference(Predicate<T> matching) {
        long before = changed.keySet().stream()
                .flatMap(it -> truth.apply(it).stream())
                .filter(matching)
                .count();
        return Math.toIntExact(values().filter(matching).count() - before);
    }
}
