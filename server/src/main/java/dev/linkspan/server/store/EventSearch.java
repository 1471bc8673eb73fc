package dev.linkspan.server.store;

import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventQuery;
import dev.linkspan.core.event.EventQuery.Order;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.RegionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Pages of events out of millions.
 *
 * <p>Times become numbers first: the log is in the order of time, so the first event of an instant is found by halving.
 * The lookup table then leads along one index to the events of a resource, an account or a type, in their order, and a
 * branch for each type stops after a page. Where several of these are asked for, the events of the first are read on
 * until a page of them fits the others.
 */
final class EventSearch {

    private final Handle handle;
    private final RegionName region;
    private final EventQuery query;

    EventSearch(Handle handle, RegionName region, EventQuery query) {
        this.handle = handle;
        this.region = region;
        this.query = query;
    }

    List<Event> page() {
        long first =
                Math.max(query.after() + 1, query.since().map(this::firstSince).orElse(1L));
        long end = Math.min(query.before(), query.until().map(this::firstSince).orElse(Long.MAX_VALUE));
        if (first >= end) {
            return List.of();
        }
        List<List<String>> branches = branches();
        String direction = query.order() == Order.OLDEST_FIRST ? "asc" : "desc";
        String found = IntStream.range(0, branches.size())
                .mapToObj(number -> branch(number, branches.get(number), direction))
                .collect(Collectors.joining("\nunion all\n"));
        Query statement = handle.createQuery(
                        "select * from (\n%s\n) as found order by sequence %s limit :limit".formatted(found, direction))
                .bind("region", region)
                .bind("first", first)
                .bind("end", end)
                .bind("limit", query.limit());
        for (int branch = 0; branch < branches.size(); branch++) {
            for (int name = 0; name < branches.get(branch).size(); name++) {
                statement.bind(parameter(branch, name), branches.get(branch).get(name));
            }
        }
        return statement.map(EventRows::event).list();
    }

    /** For each branch, the names that its events must all be about, the most telling one first. */
    private List<List<String>> branches() {
        List<String> names = new ArrayList<>();
        query.resource().ifPresent(names::add);
        query.account().ifPresent(account -> names.add(account.value()));
        if (query.types().isEmpty()) {
            return List.of(names);
        }
        return query.types().stream()
                .distinct()
                .map(EventType::name)
                .map(type -> IntStream.rangeClosed(0, names.size())
                        .mapToObj(place -> place < names.size() ? names.get(place) : type)
                        .toList())
                .toList();
    }

    private static String parameter(int branch, int name) {
        return "about%dof%d".formatted(name, branch);
    }

    /** One index from one end to the other, at most a page of it. */
    private static String branch(int branch, List<String> names, String direction) {
        String walked = names.isEmpty() ? "e" : "a0";
        String conditions = IntStream.range(0, names.size())
                .mapToObj(name -> " and a%d.about = :%s".formatted(name, parameter(branch, name)))
                .collect(Collectors.joining());
        return """
                select * from (
                    select e.* from %1$s
                    where %2$s.region_name = :region and %2$s.sequence >= :first and %2$s.sequence < :end%3$s
                    order by %2$s.sequence %4$s
                    limit :limit
            ) as branch%5$d\
            """.formatted(tables(names.size()), walked, conditions, direction, branch);
    }

    private static String tables(int names) {
        if (names == 0) {
            return "event as e";
        }
        String others = IntStream.range(1, names).mapToObj("""
                        join event_about as a%1$d on a%1$d.region_name = a0.region_name and a%1$d.sequence = a0.sequence
                        """::formatted).collect(Collectors.joining());
        return "event_about as a0\n" + others
                + "join event as e on e.region_name = a0.region_name and e.sequence = a0.sequence";
    }

    /** The number of the first event at or after this time; the next number where none is. */
    private long firstSince(Instant time) {
        long first = new EventRows(handle, region).firstSequence();
        long end = new EventRows(handle, region).lastSequence() + 1;
        while (first < end) {
            long middle = first + (end - first) / 2;
            if (timeOf(middle).map(at -> at.isBefore(time)).orElse(true)) {
                first = middle + 1;
            } else {
                end = middle;
            }
        }
        return first;
    }

    private Optional<Instant> timeOf(long sequence) {
        return handle.select("select happened_at from event where region_name = ? and sequence = ?", region, sequence)
                .map((row, _) -> Columns.instant(row, "happened_at"))
                .findOne();
    }
}
