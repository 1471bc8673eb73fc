package dev.linkspan.server.store;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.peering.PeeringStateName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** How many peerings there are. Reads an index from end to end: a quarter of a second for a million of them. */
record PeeringCounts(Handle handle) {

    private record Row(RegionName region, PeeringStateName state, long amount) {}

    /** By Region and recorded state, every state of every Region that is asked for. All requests of a Net are in its Region. */
    Map<RegionName, Map<PeeringStateName, Long>> of(Collection<RegionName> regions) {
        Map<RegionName, Map<PeeringStateName, Long>> counts = new HashMap<>();
        for (RegionName region : regions) {
            Map<PeeringStateName, Long> states = new HashMap<>();
            for (PeeringStateName state : PeeringStateName.values()) {
                states.put(state, 0L);
            }
            counts.put(region, states);
        }
        handle.createQuery("""
                        select region_name, state, sum(amount) as amount
                        from (
                            select
                                counted.state,
                                counted.amount,
                                (select one.region_name from net_peering as one
                                    where one.source_net_id = counted.source_net_id limit 1) as region_name
                            from (
                                select source_net_id, state, count(*) as amount
                                from net_peering
                                group by source_net_id, state
                            ) as counted
                        ) as placed
                        group by region_name, state
                        """)
                .map((row, _) -> new Row(
                        Columns.region(row),
                        PeeringStateName.tryParse(Columns.text(row, "state")).orElseThrow(),
                        row.getLong("amount")))
                .list()
                .forEach(row -> {
                    Map<PeeringStateName, Long> states = counts.get(row.region());
                    if (states != null) {
                        states.put(row.state(), row.amount());
                    }
                });
        return counts;
    }
}
