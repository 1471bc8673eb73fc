package dev.linkspan.server.api.oapi;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.call.PageToken;
import dev.linkspan.server.api.call.Position;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Orders what a Read call has found, and cuts it into pages where the client asks for them.
 *
 * @param key the answer's field that holds the list
 * @param position each one's place in the answer
 */
public record Paging<T>(String key, Function<T, Position> position) {

    private static final int MOST_PER_PAGE = 1000;

    /** What an answer without pages has room for: everything. */
    private static final int NO_LIMIT = Integer.MAX_VALUE - 1;

    /** Reads what lies behind a place, in order, and at least as many as are wanted where there are so many. */
    @FunctionalInterface
    interface Ordered<T> {
        Stream<T> behind(Optional<Position> after, int wanted);
    }

    /** @param found in any order; asked for after the client's token and page size were checked */
    Map<String, Object> page(ListRequest request, Supplier<Stream<T>> found, Function<List<T>, List<Object>> answers) {
        return cut(request, (after, _) -> inOrder(found.get(), position, after).stream(), answers);
    }

    /** @param found asked for after the client's token and page size were checked, and no further than the page needs */
    Map<String, Object> cut(ListRequest request, Ordered<T> found, Function<List<T>, List<Object>> answers) {
        int perPage = perPage(request);
        Optional<Position> after = request.nextPageToken().map(token -> PageToken.read(key, token));
        // One more than the page holds tells whether there is another page.
        List<T> rest = found.behind(after, perPage + 1).limit(perPage + 1L).toList();
        List<T> page = rest.subList(0, Math.min(perPage, rest.size()));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(key, answers.apply(page));
        if (page.size() < rest.size()) {
            body.put("NextPageToken", PageToken.after(key, position.apply(page.getLast())));
        }
        return body;
    }

    public static <T> List<T> inOrder(Stream<T> found, Function<T, Position> position, Optional<Position> after) {
        return found.filter(item -> after.isEmpty() || position.apply(item).compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(position))
                .toList();
    }

    private static int perPage(ListRequest request) {
        Optional<Integer> asked = request.resultsPerPage();
        if (asked.isPresent() && (asked.get() < 1 || asked.get() > MOST_PER_PAGE)) {
            throw new Refusal(
                    RefusalCode.PAGE_SIZE,
                    "The value '%d' of ResultsPerPage is not within 1 to %d.",
                    asked.get(),
                    MOST_PER_PAGE);
        }
        return asked.orElse(NO_LIMIT);
    }
}
