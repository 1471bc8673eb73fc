package dev.linkspan.server.api.ec2;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Term;
import dev.linkspan.server.api.call.PageToken;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.listing.Match;
import dev.linkspan.server.api.listing.Names;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * How EC2 describes one kind of resource.
 *
 * @param set the answer's element that holds the list, in upper camel case
 * @param id what clients name resources by, beside filters
 * @param answer how one is shown
 */
public record Ec2Listing<T>(String set, Listing<T> listing, Field<T, ?> id, BiFunction<ReadCall, T, Object> answer) {

    /** A listing of what clients name by filters alone. */
    public static <T> Ec2Listing<T> withoutIds(String set, Listing<T> listing, BiFunction<ReadCall, T, Object> answer) {
        return new Ec2Listing<>(set, listing, Field.text(Names.none(), _ -> List.of()), answer);
    }

    /** How many items a client may ask for at a time. */
    public record PageSizes(int fewest, int most) {

        static final PageSizes USUAL = new PageSizes(5, 1000);
    }

    /**
     * What a client asks to see.
     *
     * @param parameter the one that held the ids
     */
    public record Asked(
            Term parameter,
            List<? extends ResourceId> ids,
            List<Filter> filters,
            Optional<Integer> maxResults,
            Optional<String> nextToken,
            PageSizes sizes) {

        public Asked(
                Term parameter,
                List<? extends ResourceId> ids,
                List<Filter> filters,
                Optional<Integer> maxResults,
                Optional<String> nextToken) {
            this(parameter, ids, filters, maxResults, nextToken, PageSizes.USUAL);
        }

        private int perPage() {
            if (maxResults.isPresent() && (maxResults.get() < sizes.fewest() || maxResults.get() > sizes.most())) {
                throw new Refusal(
                        RefusalCode.PAGE_SIZE,
                        "The value '%d' of MaxResults is not within %d to %d."
                                .formatted(maxResults.get(), sizes.fewest(), sizes.most()));
            }
            return maxResults.orElse(Integer.MAX_VALUE - 1);
        }
    }

    /** The answer, page by page where the client asks for pages; refuses an id that the caller cannot see (A4). */
    public Map<String, Object> page(ReadCall call, Asked asked) {
        Listing.Page<T> page = cut(call, asked);
        return body(
                page,
                page.items().stream()
                        .map(item -> answer.apply(page.call(), item))
                        .toList());
    }

    /** The answer that shows the page as this list. */
    public Map<String, Object> body(Listing.Page<T> page, List<?> shown) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(set, shown);
        page.end().ifPresent(place -> body.put("NextToken", PageToken.after(set, place)));
        return body;
    }

    /** The page itself, for an answer that does not show its items one by one. */
    public Listing.Page<T> cut(ReadCall call, Asked asked) {
        Criteria<T> criteria = Ec2Filters.criteria(listing.fields(), asked.filters());
        int perPage = asked.perPage();
        Optional<Position> after = asked.nextToken()
                // So do some clients ask for the first page.
                .filter(token -> !token.isEmpty())
                .map(token -> PageToken.read(set, token, listing.source()::isPlace));
        Listing<T> chosen = asked.ids().isEmpty() ? listing : listing.of(named(call, asked));
        return chosen.page(call, criteria, after, perPage);
    }

    private List<T> named(ReadCall call, Asked asked) {
        List<String> ids = asked.ids().stream().map(ResourceId::value).toList();
        List<T> found = listing.found(call, Criteria.<T>none().and(id, Match.texts(ids)), ids.size());
        Set<String> known = new HashSet<>();
        found.forEach(item -> id.of(item).map(Object::toString).forEach(known::add));
        asked.ids().stream()
                .filter(one -> !known.contains(one.value()))
                .findFirst()
                .ifPresent(one -> {
                    throw Refusal.unknown(asked.parameter(), one);
                });
        return found;
    }
}
