package dev.linkspan.server.api.listing;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How one kind of resource is listed, whichever API asks: what it can be chosen by, where it is found, and in which order it
 * comes.
 *
 * @param source what the caller may see
 * @param position each one's place in the answer
 */
public record Listing<T>(Fields<T> fields, Source<T> source, Function<T, Position> position) {

    /**
     * A part of an answer.
     *
     * @param call knows the tags of what is on the page
     * @param end the place at which the next page begins, if there is one
     */
    public record Page<T>(ReadCall call, List<T> items, Optional<Position> end) {}

    /**
     * A listing of what is read whole before a page of it is shown.
     *
     * @param candidates what the caller may see, in any order; may leave out what the criteria exclude, and need not
     */
    public static <T> Listing<T> whole(
            Fields<T> fields,
            BiFunction<ReadCall, Criteria<T>, ? extends Collection<T>> candidates,
            Function<T, Position> position) {
        return new Listing<>(
                fields,
                (call, criteria, after, _) -> Stream.of(inOrder(candidates.apply(call, criteria), position, after)),
                position);
    }

    /** What comes behind a place, in order. */
    public static <T> List<T> inOrder(Collection<T> found, Function<T, Position> position, Optional<Position> after) {
        return found.stream()
                .filter(item -> after.isEmpty() || position.apply(item).compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(position))
                .toList();
    }

    /** Chosen from these, which were found before. */
    public Listing<T> of(List<T> found) {
        return whole(fields, (_, _) -> found, position);
    }

    /** All that the source has for these criteria. */
    public List<T> found(ReadCall call, Criteria<T> criteria, int wanted) {
        return source.behind(call, criteria, Optional.empty(), wanted)
                .flatMap(List::stream)
                .toList();
    }

    /**
     * The items behind a place that meet the criteria.
     *
     * @param most so many at most
     */
    public Page<T> page(ReadCall call, Criteria<T> criteria, Optional<Position> after, int most) {
        // One more than the page holds tells whether there is another page.
        List<T> rest = source.behind(call, criteria, after, most + 1)
                .flatMap(batch -> matching(call, criteria, batch))
                .limit(most + 1L)
                .toList();
        List<T> items = rest.subList(0, Math.min(most, rest.size()));
        Optional<Position> end =
                items.size() < rest.size() ? Optional.of(position.apply(items.getLast())) : Optional.empty();
        return new Page<>(withTags(call, items), items, end);
    }

    private Stream<T> matching(ReadCall call, Criteria<T> criteria, List<T> batch) {
        List<T> matching = batch.stream().filter(criteria::accepts).toList();
        if (criteria.ofTags().isEmpty()) {
            return matching.stream();
        }
        ReadCall tagged = withTags(call, matching);
        return matching.stream()
                .filter(item -> criteria.acceptsTags(fields.tagged()
                        .map(resource -> tagged.tagsOf(resource.apply(item)))
                        .orElse(List.of())));
    }

    private ReadCall withTags(ReadCall call, List<T> items) {
        return fields.tagged()
                .map(resource ->
                        call.withTagsOf(items.stream().<ResourceId>map(resource).toList()))
                .orElse(call);
    }
}
