package dev.linkspan.server.api.oapi;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
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
record Paging<T>(String key, Function<T, Position> position) {

    private static final int MOST_PER_PAGE = 1000;

    /** @param found asked for after the client's token and page size were checked */
    Map<String, Object> page(ListRequest request, Supplier<Stream<T>> found, Function<List<T>, List<Object>> answers) {
        long perPage = perPage(request);
        Optional<Position> after = request.nextPageToken().map(token -> PageToken.read(key, token));
        List<T> rest = found.get()
                .filter(item -> after.isEmpty() || position.apply(item).compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(position))
                .toList();
        List<T> page = rest.stream().limit(perPage).toList();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(key, answers.apply(page));
        if (page.size() < rest.size()) {
            body.put("NextPageToken", PageToken.after(key, position.apply(page.getLast())));
        }
        return body;
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
