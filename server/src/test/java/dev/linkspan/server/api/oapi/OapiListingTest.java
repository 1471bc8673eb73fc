package dev.linkspan.server.api.oapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.call.PageToken;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.listing.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A listing reads no further than its page needs. */
class OapiListingTest {

    private static final int LAST = 100;

    private final InMemoryStore store = new InMemoryStore();
    private final AccountId caller = new AccountId("123456789012");
    private final List<Integer> batches = new ArrayList<>();
    private final OapiListing<Integer, Integer> listing = new OapiListing<>(
            "Numbers",
            Integer.class,
            new Listing<>(
                    Fields.<Integer>of().flag(Names.outscale("Even"), number -> number % 2 == 0),
                    this::read,
                    OapiListingTest::position),
            (_, number) -> number);

    /** The numbers up to 100, ten at a time; notes which batch was read. */
    private Stream<List<Integer>> read(
            ReadCall call, Criteria<Integer> criteria, Optional<Position> after, int wanted) {
        int first = after.map(it -> Integer.parseInt(it.key()) + 1).orElse(1);
        return Stream.iterate(first, from -> from <= LAST, from -> from + 10).map(from -> {
            batches.add(from);
            return IntStream.range(from, Math.min(from + 10, LAST + 1)).boxed().toList();
        });
    }

    private static Position position(int number) {
        return Position.byName("%04d".formatted(number));
    }

    private Map<String, Object> page(String arguments) {
        batches.clear();
        ListRequest request = StrictJson.bind(StrictJson.parse(arguments.getBytes(UTF_8)), ListRequest.class);
        return store.read(Fixture.REGION, snapshot -> listing.page(new ReadCall(snapshot, caller), request));
    }

    @Test
    void a_page_that_one_batch_fills_reads_no_other() {
        Map<String, Object> page = page("{\"ResultsPerPage\":9}");

        assertThat(page.get("Numbers"))
                .isEqualTo(IntStream.rangeClosed(1, 9).boxed().toList());
        assertThat(page).containsEntry("NextPageToken", PageToken.after("Numbers", position(9)));
        assertThat(batches).containsExactly(1);
    }

    @Test
    void a_page_goes_on_where_the_one_before_it_ended() {
        Map<String, Object> page = page(
                "{\"ResultsPerPage\":3,\"NextPageToken\":\"%s\"}".formatted(PageToken.after("Numbers", position(57))));

        assertThat(page.get("Numbers")).isEqualTo(List.of(58, 59, 60));
        assertThat(batches).containsExactly(58);
    }

    @Test
    void where_filters_leave_gaps_more_batches_are_read_until_the_page_is_full() {
        Map<String, Object> page = page("{\"ResultsPerPage\":9,\"Filters\":{\"Even\":true}}");

        assertThat(page.get("Numbers")).isEqualTo(List.of(2, 4, 6, 8, 10, 12, 14, 16, 18));
        assertThat(batches).containsExactly(1, 11);
    }

    @Test
    void the_last_page_names_no_other() {
        Map<String, Object> page = page(
                "{\"ResultsPerPage\":5,\"NextPageToken\":\"%s\"}".formatted(PageToken.after("Numbers", position(95))));

        assertThat(page.get("Numbers")).isEqualTo(List.of(96, 97, 98, 99, 100));
        assertThat(page).doesNotContainKey("NextPageToken");
    }
}
