package dev.linkspan.server.store;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.core.peering.NetPeeringQuery.Position;
import dev.linkspan.core.peering.PeeringState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Pages of peerings out of a million.
 *
 * <p>The order of answers puts live ones first, which is a derived fact that no index can hold. So a page is asked in two
 * halves, live then dead, and each half as a union of branches: one per way in and derived state. A branch runs along one
 * index, already in order, and stops after a page; the union merges a few pages. What a page costs hence does not grow
 * with the table. The one exception: filters on the other side's account or on ranges, when nothing narrower is given,
 * read on through the viewer's own peerings until a page is full.
 */
final class NetPeeringSearch {

    private final Handle handle;
    private final RegionName region;
    private final Instant now;
    private final NetPeeringQuery query;
    private final Map<String, List<?>> lists = new LinkedHashMap<>();

    NetPeeringSearch(Handle handle, RegionName region, Instant now, NetPeeringQuery query) {
        this.handle = handle;
        this.region = region;
        this.now = now;
        this.query = query;
        put("ids", query.ids());
        put("sourceNets", query.sourceNets());
        put("accepterNets", query.accepterNets());
        put("sourceAccounts", query.sourceAccounts());
        put("accepterAccounts", query.accepterAccounts());
        put("sourceRanges", query.sourceRanges());
        put("accepterRanges", query.accepterRanges());
    }

    private void put(String name, List<?> values) {
        if (!values.isEmpty()) {
            lists.put(name, values);
        }
    }

    List<NetPeering> page() {
        Optional<Position> after = query.after();
        List<NetPeering> page = new ArrayList<>();
        if (after.map(Position::live).orElse(true)) {
            page.addAll(half(DerivedState.LIVE, after, query.limit()));
        }
        if (page.size() < query.limit()) {
            page.addAll(half(DerivedState.DEAD, after.filter(it -> !it.live()), query.limit() - page.size()));
        }
        return List.copyOf(page);
    }

    private List<NetPeering> half(List<DerivedState> states, Optional<Position> after, int limit) {
        List<DerivedState> wanted = states.stream()
                .filter(state -> query.states().isEmpty() || query.states().contains(state.shownAs()))
                .toList();
        if (wanted.isEmpty() || limit <= 0) {
            return List.of();
        }
        String filters = filters() + (after.isPresent() ? " and (created_at, id) > (:afterTime, :afterId)" : "");
        String branches = ways().stream()
                .flatMap(way -> wanted.stream().map(state -> branch(way, state, filters)))
                .collect(Collectors.joining("\nunion all\n"));
        Query search = handle.createQuery(
                        "select * from (\n%s\n) as found order by created_at, id limit :limit".formatted(branches))
                .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bind("region", region)
                .bind("viewer", query.viewer())
                .bind("weekAgo", weekAgo(after))
                .bind("limit", limit);
        Query statement = DerivedState.bindTimes(search, now);
        after.ifPresent(
                position -> statement.bind("afterTime", position.createdAt()).bind("afterId", position.id()));
        lists.forEach(statement::bindList);
        return statement.map(NetPeeringRows::peering).list();
    }

    /** Before this, no request waits any more; nor does one before the place where the page goes on belong to it. */
    private Instant weekAgo(Optional<Position> after) {
        Instant weekAgo = now.minus(PeeringState.TIME_TO_ANSWER);
        return after.filter(Position::live)
                .map(position -> position.createdAt().minusMillis(1))
                .filter(weekAgo::isBefore)
                .orElse(weekAgo);
    }

    /** Ids and Nets are narrow by themselves; all else is entered by the account that asks, on either side. */
    private List<String> ways() {
        if (lists.containsKey("ids") || lists.containsKey("sourceNets") || lists.containsKey("accepterNets")) {
            return List.of("(source_account_id = :viewer or accepter_account_id = :viewer)");
        }
        return List.of("source_account_id = :viewer", "accepter_account_id = :viewer and source_account_id <> :viewer");
    }

    private String filters() {
        Map<String, String> columns = Map.of(
                "ids", "id",
                "sourceNets", "source_net_id",
                "accepterNets", "accepter_net_id",
                "sourceAccounts", "source_account_id",
                "accepterAccounts", "accepter_account_id",
                "sourceRanges", "source_ip_range",
                "accepterRanges", "accepter_ip_range");
        return lists.keySet().stream()
                .map(list -> " and %s in (<%s>)".formatted(columns.get(list), list))
                .collect(Collectors.joining());
    }

    /** One index from front to back, at most a page of it. */
    private static String branch(String way, DerivedState state, String filters) {
        return """
                select * from (
                    select * from net_peering
                    where %s and %s%s and region_name = :region
                    order by created_at, id
                    limit :limit
                ) as %s_page""".formatted(way, state.expression(), filters, state.name().toLowerCase(Locale.ROOT));
    }
}
