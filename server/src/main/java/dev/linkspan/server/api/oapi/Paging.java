package dev.linkspan.server.api.oapi;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.call.PageToken;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.listing.Listing;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which page of a list a Read call asks for.
 *
 * @param key the answer's field that holds the list
 * @param after where the page before it ended
 * @param most how many items it has room for
 */
public record Paging(String key, Optional<Position> after, int most) {

    private static final int MOST_PER_PAGE = 1000;

    /** What an answer without pages has room for: everything. */
    private static final int NO_LIMIT = Integer.MAX_VALUE - 1;

    /** @throws Refusal if the size or the token is none that this list has (4117) */
    public static Paging of(String key, ListRequest request, Predicate<Position> places) {
        int most = perPage(request);
        return new Paging(key, request.nextPageToken().map(token -> PageToken.read(key, token, places)), most);
    }

    /** The page of items that were all found. */
    public static <T> Map<String, Object> page(
            String key,
            ListRequest request,
            Collection<T> found,
            Function<T, Position> position,
            Function<T, ?> answer) {
        Paging paging = of(key, request, _ -> true);
        List<T> rest = Listing.inOrder(found, position, paging.after());
        List<T> page = rest.subList(0, Math.min(paging.most(), rest.size()));
        Optional<Position> end =
                page.size() < rest.size() ? Optional.of(position.apply(page.getLast())) : Optional.empty();
        return paging.body(page.stream().map(answer).toList(), end);
    }

    /** The answer that shows these, and where the next page begins. */
    public Map<String, Object> body(List<?> shown, Optional<Position> end) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(key, shown);
        end.ifPresent(place -> body.put("NextPageToken", PageToken.after(key, place)));
        return body;
    }

    private static int perPage(ListRequest request) {
        Optional<Integer> asked = request.resultsPerPage();
        if (asked.isPresent() && (asked.get() < 1 || asked.get() > MOST_PER_PAGE)) {
            throw new Refusal(
                    RefusalCode.PAGE_SIZE,
                    "The value '%d' of ResultsPerPage is not within 1 to %d.".formatted(asked.get(), MOST_PER_PAGE));
        }
        return asked.orElse(NO_LIMIT);
    }
}
