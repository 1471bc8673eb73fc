package dev.linkspan.server.api.oapi;

import dev.linkspan.core.id.ResourceId;
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
 * @param candidates what the caller may see; may leave out what the filters exclude anyhow, and need not
 * @param position each one's place in the answer
 * @param filters the call's filters; a resource that has tags says so there
 * @param answer how one is shown
 */
public record Listing<T>(
        String key,
        BiFunction<ReadCall, FilterArguments, List<T>> candidates,
        Function<T, Position> position,
        FilterTable<T> filters,
        BiFunction<ReadCall, T, Object> answer) {

    /** The answer of the call, page by page where the client asks for pages. */
    public Map<String, Object> page(ReadCall call, ListRequest request) {
        FilterArguments arguments = request.filters().orElse(FilterArguments.NONE);
        filters.check(arguments);
        return new Paging<>(key, position).page(request, () -> matching(call, arguments), page -> answers(call, page));
    }

    private Stream<T> matching(ReadCall call, FilterArguments arguments) {
        ReadCall tagged = FilterTable.usesTags(arguments) ? call.withAllTags() : call;
        Function<T, List<ResourceTag>> tagsOf = item ->
                filters.tagged().map(id -> tagged.tagsOf(id.apply(item))).orElse(List.of());
        return candidates.apply(call, arguments).stream().filter(filters.predicate(arguments, tagsOf));
    }

    private List<Object> answers(ReadCall call, List<T> page) {
        ReadCall tagged = filters.tagged()
                .map(id -> call.withTagsOf(page.stream().<ResourceId>map(id).toList()))
                .orElse(call);
        return page.stream().map(item -> answer.apply(tagged, item)).toList();
    }
}
