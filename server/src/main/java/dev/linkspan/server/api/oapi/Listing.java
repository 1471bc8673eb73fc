package dev.linkspan.server.api.oapi;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.json.FilterArguments;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

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

    private static final int MOST_PER_PAGE = 1000;

    /** The answer of the call, page by page where the client asks for pages. */
    public Map<String, Object> page(ReadCall call, ListRequest request) {
        FilterArguments arguments = request.filters().orElse(FilterArguments.NONE);
        filters.check(arguments);
        long perPage = perPage(request);
        Optional<Position> after = request.nextPageToken().map(token -> PageToken.read(key, token));
        List<T> matching = matching(call, arguments, after);
        List<T> page = matching.stream().limit(perPage).toList();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(key, answers(call, page));
        if (page.size() < matching.size()) {
            body.put("NextPageToken", PageToken.after(key, position.apply(page.getLast())));
        }
        return body;
    }

    private List<T> matching(ReadCall call, FilterArguments arguments, Optional<Position> after) {
        ReadCall tagged = FilterTable.usesTags(arguments) ? call.withAllTags() : call;
        Function<T, List<ResourceTag>> tagsOf = item ->
                filters.tagged().map(id -> tagged.tagsOf(id.apply(item))).orElse(List.of());
        return candidates.apply(call, arguments).stream()
                .filter(filters.predicate(arguments, tagsOf))
                .filter(item -> after.isEmpty() || position.apply(item).compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(position))
                .toList();
    }

    private List<Object> answers(ReadCall call, List<T> page) {
        ReadCall tagged = filters.tagged()
                .map(id -> call.withTagsOf(page.stream().<ResourceId>map(id).toList()))
                .orElse(call);
        return page.stream().map(item -> answer.apply(tagged, item)).toList();
    }

    private static long perPage(ListRequest request) {
        Optional<Integer> asked = request.resultsPerPage();
        if (asked.isPresent() && (asked.get() < 1 || asked.get() > MOST_PER_PAGE)) {
            throw new Refusal(
                    RefusalCode.PAGE_SIZE,
                    "The value '%d' of ResultsPerPage is not within 1 to %d.".formatted(asked.get(), MOST_PER_PAGE));
        }
        return asked.map(Integer::longValue).orElse(Long.MAX_VALUE);
    }
}
