package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.plan.NetPlan.Table;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where routes led that were removed, as long as no other one leads there: a route that is moved in two steps, removed here
 * and made there, says of the flows that it carried the same as one that is replaced (S7).
 */
record PastRoutes(Map<RouteTableId, Map<Cidr, NextHop>> gone) {

    static final PastRoutes NONE = new PastRoutes(Map.of());

    /** As many as a table may have routes; beyond them the oldest are forgotten. */
    private static final int MOST = 200;

    /** What is past when a plan has taken the place of another. */
    PastRoutes after(NetPlan before, NetPlan plan) {
        Map<RouteTableId, Map<Cidr, NextHop>> past = new HashMap<>();
        plan.tables().forEach((id, table) -> {
            Map<Cidr, NextHop> ofTable = new LinkedHashMap<>(gone.getOrDefault(id, Map.of()));
            Table old = before.tables().get(id);
            if (old != null && !old.equals(table)) {
                ofTable.putAll(old.routes());
            }
            ofTable.entrySet()
                    .removeIf(route -> !isOpen(plan, route.getValue())
                            || overlaps(table.routes().keySet(), route.getKey()));
            while (ofTable.size() > MOST) {
                ofTable.remove(ofTable.keySet().iterator().next());
            }
            if (!ofTable.isEmpty()) {
                past.put(id, ofTable);
            }
        });
        return new PastRoutes(past);
    }

    /** The flows of a way that is no more are forgotten anyhow. */
    private static boolean isOpen(NetPlan plan, NextHop hop) {
        return switch (hop) {
            case NextHop.Peering(var id) -> plan.peerings().containsKey(id);
            case NextHop.Exit() -> plan.exit().isPresent();
            case NextHop.Nat(var id) -> plan.natServices().containsKey(id);
            case NextHop.Nic(var id) -> plan.ports().containsKey(id);
            case NextHop.Requested _, NextHop.Blackhole() -> false;
        };
    }

    private static boolean overlaps(Collection<Cidr> routed, Cidr destination) {
        return routed.stream().anyMatch(destination::overlaps);
    }

    /** The plan as if nothing had been removed. */
    NetPlan in(NetPlan plan) {
        if (gone.isEmpty()) {
            return plan;
        }
        Map<RouteTableId, Table> tables = new LinkedHashMap<>(plan.tables());
        gone.forEach((id, past) -> tables.computeIfPresent(id, (_, table) -> {
            Map<Cidr, NextHop> routes = new LinkedHashMap<>(past);
            routes.putAll(table.routes());
            return new Table(id, routes);
        }));
        return plan.withTables(tables);
    }
}
