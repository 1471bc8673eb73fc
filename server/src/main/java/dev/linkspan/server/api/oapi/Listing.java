package dev.linkspan.server.api.oapi;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.server.api.call.AnswerShape;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.call.Source;
import dev.linkspan.server.api.json.FilterArguments;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How one kind of resource is listed: filters, order, pages and tags are the same for all of them.
 *
 * @param key the answer's field that holds the list
 * @param item what one is shown as
 * @param source what the caller may see
 * @param position each one's place in the answer
 * @param filters the call's filters; a resource that has tags says so there
 * @param answer how one is shown
 */
public record Listing<T, A>(
        String key,
        Class<A> item,
        Source<T> source,
        Function<T, Position> position,
        FilterTable<T> filters,
        BiFunction<ReadCall, T, A> answer) {

    /**
     * A listing of what is read whole before a page of it is shown.
     *
     * @param candidates what the caller may see, in any order; may leave out what the filters exclude, and need not
     */
    public Listing(
            String key,
            Class<A> item,
            BiFunction<ReadCall, FilterArguments, List<T>> candidates,
            Function<T, Position> position,
            FilterTable<T> filters,
            BiFunction<ReadCall, T, A> answer) {
        this(
                key,
                item,
                (call, arguments, after, _) ->
                        Stream.of(Paging.inOrder(candidates.apply(call, arguments).stream(), position, after)),
                position,
                filters,
                answer);
    }

    /** The Read call that takes filters and pages, and nothing else. */
    public Operation operation(String name) {
        return Operation.list(name, ListRequest.class, items(), this::page);
    }

    /** What calls answer that list this. */
    public AnswerShape.Items items() {
        return new AnswerShape.Items(key, item, filters.kinds());
    }

    /** The answer of the call, page by page where the client asks for pages. */
    public Map<String, Object> page(ReadCall call, ListRequest request) {
        FilterArguments arguments = request.filters().orElse(FilterArguments.NONE);
        filters.check(arguments);
        return new Paging<>(key, position)
                .cut(
                        request,
                        (after, wanted) -> source.behind(call, arguments, after, wanted)
                                .flatMap(batch -> matching(call, arguments, batch)),
                        page -> answers(call, page));
    }

    private Stream<T> matching(ReadCall call, FilterArguments arguments, List<T> batch) {
        ReadCall tagged = FilterTable.usesTags(arguments) ? withTags(call, batch) : call;
        Function<T, List<ResourceTag>> tagsOf = item ->
                filters.tagged().map(id -> tagged.tagsOf(id.apply(item))).orElse(List.of());
        return batch.stream().filter(filters.predicate(arguments, tagsOf));
    }

    private List<Object> answers(ReadCall call, List<T> page) {
        ReadCall tagged = withTags(call, page);
        return page.stream().<Object>map(it -> answer.apply(tagged, it)).toList();
    }

    private ReadCall withTags(ReadCall call, List<T> items) {
        return filters.tagged()
                .map(id -> call.withTagsOf(items.stream().<ResourceId>map(id).toList()))
                .orElse(call);
    }
}
