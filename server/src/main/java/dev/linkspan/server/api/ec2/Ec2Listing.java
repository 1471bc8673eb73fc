package dev.linkspan.server.api.ec2;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Term;
import dev.linkspan.server.api.call.OutscaleWords;
import dev.linkspan.server.api.call.PageToken;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.call.Source;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.oapi.Paging;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How one kind of resource is described: ids, filters, order, pages and tags are the same for all of them.
 *
 * @param set the answer's element that holds the list, in upper camel case
 * @param source what the caller may see, narrowed by filters under the names that it knows
 * @param narrowing what the source calls an EC2 filter that it can narrow by
 * @param position each one's place in the answer
 * @param id each one's id
 * @param answer how one is shown
 */
record Ec2Listing<T>(
        String set,
        Source<T> source,
        Map<String, String> narrowing,
        Function<T, Position> position,
        Function<T, ResourceId> id,
        Ec2Filters<T> filters,
        BiFunction<ReadCall, T, Object> answer) {

    /** How many items a client may ask for at a time. */
    record PageSizes(int fewest, int most) {

        static final PageSizes USUAL = new PageSizes(5, 1000);
    }

    /** What is read whole before a page of it is shown. */
    static <T> Source<T> all(
            BiFunction<ReadCall, FilterArguments, List<T>> candidates, Function<T, Position> position) {
        return (call, arguments, after, _) ->
                Stream.of(Paging.inOrder(candidates.apply(call, arguments).stream(), position, after));
    }

    /**
     * What a client asks to see.
     *
     * @param idParameter what the ids are given as: the source reads the filter of that name
     */
    record Asked(
            Term idParameter,
            List<? extends ResourceId> ids,
            List<Filter> filters,
            Optional<Integer> maxResults,
            Optional<String> nextToken,
            PageSizes sizes) {

        Asked(
                Term idParameter,
                List<? extends ResourceId> ids,
                List<Filter> filters,
                Optional<Integer> maxResults,
                Optional<String> nextToken) {
            this(idParameter, ids, filters, maxResults, nextToken, PageSizes.USUAL);
        }
    }

    /** A listing of what has names instead of ids, read whole before a page of it is shown. */
    static <T> Ec2Listing<T> withoutIds(
            String set,
            BiFunction<ReadCall, FilterArguments, List<T>> candidates,
            Map<String, String> narrowing,
            Function<T, Position> position,
            Ec2Filters<T> filters,
            BiFunction<ReadCall, T, Object> answer) {
        return new Ec2Listing<>(set, all(candidates, position), narrowing, position, Ec2Listing::noId, filters, answer);
    }

    private static <T> ResourceId noId(T item) {
        throw new IllegalStateException("BUG: %s has no id to be asked for by".formatted(item));
    }

    /**
     * A page of what matches.
     *
     * @param call knows the tags of what is on the page
     */
    record Page<T>(ReadCall call, List<T> items, Optional<String> nextToken) {

        /** The answer that shows the page as this list. */
        Map<String, Object> body(String set, List<?> shown) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put(set, shown);
            nextToken.ifPresent(token -> body.put("NextToken", token));
            return body;
        }
    }

    /** The answer, page by page where the client asks for pages; refuses an id that the caller cannot see (A4). */
    Map<String, Object> page(ReadCall call, Asked asked) {
        Page<T> page = cut(call, asked);
        return page.body(
                set,
                page.items().stream()
                        .map(item -> answer.apply(page.call(), item))
                        .toList());
    }

    /** The page itself, for an answer that does not show its items one by one. */
    Page<T> cut(ReadCall call, Asked asked) {
        filters.check(asked.filters());
        int perPage = perPage(asked.maxResults(), asked.sizes());
        Optional<Position> after = asked.nextToken().map(token -> PageToken.read(set, token));
        FilterArguments arguments = narrowed(asked);
        requireKnown(call, asked, arguments);
        List<T> rest = source.behind(call, arguments, after, perPage + 1)
                .flatMap(batch -> matching(call, asked.filters(), batch))
                .limit(perPage + 1L)
                .toList();
        List<T> page = rest.subList(0, Math.min(perPage, rest.size()));
        Optional<String> next = page.size() < rest.size()
                ? Optional.of(PageToken.after(set, position.apply(page.getLast())))
                : Optional.empty();
        return new Page<>(withTags(call, page), page, next);
    }

    private static int perPage(Optional<Integer> asked, PageSizes sizes) {
        if (asked.isPresent() && (asked.get() < sizes.fewest() || asked.get() > sizes.most())) {
            throw new Refusal(
                    RefusalCode.PAGE_SIZE,
                    "The value '%d' of MaxResults is not within %d to %d.",
                    asked.get(),
                    sizes.fewest(),
                    sizes.most());
        }
        return asked.orElse(Integer.MAX_VALUE - 1);
    }

    private void requireKnown(ReadCall call, Asked asked, FilterArguments arguments) {
        if (asked.ids().isEmpty()) {
            return;
        }
        Set<ResourceId> known = source.behind(
                        call, arguments, Optional.empty(), asked.ids().size())
                .flatMap(List::stream)
                .map(id)
                .collect(Collectors.toSet());
        for (ResourceId one : asked.ids()) {
            if (!known.contains(one)) {
                throw Refusal.unknown(asked.idParameter(), one);
            }
        }
    }

    /** Filters without wildcards that the source knows, and the ids. */
    private FilterArguments narrowed(Asked asked) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        if (!asked.ids().isEmpty()) {
            ArrayNode ids = values.putArray(OutscaleWords.WORDS.of(asked.idParameter()) + "s");
            asked.ids().forEach(one -> ids.add(one.value()));
        }
        for (Filter filter : asked.filters()) {
            String name = narrowing.get(filter.name());
            boolean exact = filter.value().stream().noneMatch(value -> value.matches("(?s).*[*?\\\\].*"));
            if (name != null && exact && !values.has(name)) {
                ArrayNode texts = values.putArray(name);
                filter.value().forEach(texts::add);
            }
        }
        return new FilterArguments(values);
    }

    private Stream<T> matching(ReadCall call, List<Filter> given, List<T> batch) {
        ReadCall tagged = Ec2Filters.useTags(given) ? withTags(call, batch) : call;
        Function<T, List<ResourceTag>> tagsOf = item -> filters.tagged()
                .map(resource -> tagged.tagsOf(resource.apply(item)))
                .orElse(List.of());
        return batch.stream().filter(filters.predicate(given, tagsOf));
    }

    private ReadCall withTags(ReadCall call, List<T> items) {
        return filters.tagged()
                .map(resource -> call.withTagsOf(items.stream().map(resource).toList()))
                .orElse(call);
    }
}
