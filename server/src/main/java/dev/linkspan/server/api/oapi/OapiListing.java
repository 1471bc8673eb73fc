package dev.linkspan.server.api.oapi;

import dev.linkspan.server.api.call.AnswerShape;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Listing;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * How the OUTSCALE API lists one kind of resource.
 *
 * @param key the answer's field that holds the list
 * @param item what one is shown as
 * @param answer how one is shown
 */
public record OapiListing<T, A>(String key, Class<A> item, Listing<T> listing, BiFunction<ReadCall, T, A> answer) {

    /** The Read call that takes filters and pages, and nothing else. */
    public Operation operation(String name) {
        return Operation.list(name, ListRequest.class, items(), this::page);
    }

    /** What calls answer that list this. */
    public AnswerShape.Items items() {
        return new AnswerShape.Items(key, item, OapiFilters.kinds(listing.fields()));
    }

    /** The answer of the call, page by page where the client asks for pages. */
    public Map<String, Object> page(ReadCall call, ListRequest request) {
        Criteria<T> criteria = OapiFilters.criteria(listing.fields(), request.filters());
        Paging paging = Paging.of(key, request, listing.source()::isPlace);
        Listing.Page<T> page = listing.page(call, criteria, paging.after(), paging.most());
        List<A> answers = page.items().stream()
                .map(shown -> answer.apply(page.call(), shown))
                .toList();
        return paging.body(answers, page.end());
    }
}
