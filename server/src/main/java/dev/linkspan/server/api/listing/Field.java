package dev.linkspan.server.api.listing;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.server.api.json.FilterKind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Something by which resources of a kind can be chosen.
 *
 * @param <T> a resource with what its listing needs to know of it
 * @param <V> what a text of this field names, where a {@link Source} looks it up
 * @param kind what OUTSCALE's filter takes; EC2's compare texts
 * @param values what a resource has of it: one value, an Optional or a collection
 * @param reader what a text names, if it can name anything
 * @param id the kind of id that OUTSCALE's filter insists on
 */
public record Field<T, V>(
        Names names,
        FilterKind kind,
        Function<T, ?> values,
        Function<String, Optional<V>> reader,
        Optional<IdKind<?>> id) {

    private Field(Names names, FilterKind kind, Function<T, ?> values, Function<String, Optional<V>> reader) {
        this(names, kind, values, reader, Optional.empty());
    }

    public static <T> Field<T, String> text(Names names, Function<T, ?> values) {
        return new Field<>(names, FilterKind.TEXTS, values, Optional::of);
    }

    public static <T, I extends ResourceId> Field<T, I> id(Names names, IdKind<I> kind, Function<T, ?> values) {
        return parsed(names, kind::tryParse, values);
    }

    /** An id for which OUTSCALE's filter takes no text that can be none of this kind. */
    public static <T, I extends ResourceId> Field<T, I> checkedId(Names names, IdKind<I> kind, Function<T, ?> values) {
        return new Field<>(names, FilterKind.TEXTS, values, kind::tryParse, Optional.of(kind));
    }

    /** What a Source looks up, read from its text. */
    public static <T, V> Field<T, V> parsed(Names names, Function<String, Optional<V>> reader, Function<T, ?> values) {
        return new Field<>(names, FilterKind.TEXTS, values, reader);
    }

    /** An account, which some clients of OUTSCALE send as a number. */
    public static <T> Field<T, AccountId> account(Names names, Function<T, ?> values) {
        return new Field<>(names, FilterKind.ACCOUNTS, values, AccountId::tryParse);
    }

    static <T> Field<T, String> of(Names names, FilterKind kind, Function<T, ?> values) {
        return new Field<>(names, kind, values, Optional::of);
    }

    /** What a resource has of it, one by one. */
    public Stream<?> of(T item) {
        return switch (values.apply(item)) {
            case Optional<?> optional -> optional.stream();
            case Collection<?> collection -> collection.stream();
            case Object value -> Stream.of(value);
        };
    }

    /** What these texts name, each once. */
    List<V> named(Collection<String> texts) {
        return texts.stream()
                .distinct()
                .flatMap(text -> reader.apply(text).stream())
                .toList();
    }
}
