package dev.linkspan.server.api.listing;

import dev.linkspan.server.api.call.ResourceTag;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a client asks a listing for: every criterion must be met, each by one of the values that a resource has.
 *
 * @param ofTags over the caller's tags on a resource
 */
public record Criteria<T>(List<Criterion<T>> ofFields, List<Predicate<List<ResourceTag>>> ofTags) {

    /** @param match which of the field's values are meant */
    public record Criterion<T>(Field<T, ?> field, Match match) {

        boolean accepts(T item) {
            return field.of(item).anyMatch(match::accepts);
        }
    }

    public Criteria {
        ofFields = List.copyOf(ofFields);
        ofTags = List.copyOf(ofTags);
    }

    /** Everything is asked for. */
    public static <T> Criteria<T> none() {
        return new Criteria<>(List.of(), List.of());
    }

    public Criteria<T> and(Field<T, ?> field, Match match) {
        return new Criteria<>(
                Stream.concat(ofFields.stream(), Stream.of(new Criterion<>(field, match)))
                        .toList(),
                ofTags);
    }

    public Criteria<T> andTags(Predicate<List<ResourceTag>> tags) {
        return new Criteria<>(
                ofFields, Stream.concat(ofTags.stream(), Stream.of(tags)).toList());
    }

    /**
     * What a Source can look up instead of everything: the values that this field must have one of, as far as they can name
     * anything. Empty where any is as good; an empty list where nothing can be meant.
     */
    public <V> Optional<List<V>> named(Field<T, V> field) {
        return ofFields.stream()
                .filter(criterion -> criterion.field().equals(field))
                .flatMap(criterion -> criterion.match() instanceof Match.Texts(var texts)
                        ? Stream.of(field.named(texts))
                        : Stream.empty())
                .findFirst();
    }

    /** Whether a resource meets all criteria but those over tags. */
    public boolean accepts(T item) {
        return ofFields.stream().allMatch(criterion -> criterion.accepts(item));
    }

    boolean acceptsTags(List<ResourceTag> tags) {
        return ofTags.stream().allMatch(criterion -> criterion.test(tags));
    }
}
