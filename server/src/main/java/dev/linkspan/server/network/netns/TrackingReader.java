package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.port.FlowTables.FlowTable;
import dev.linkspan.server.network.FlowLimits;
import dev.linkspan.server.network.linux.conntrack.ConnectionTracking;
import dev.linkspan.server.network.linux.conntrack.ConnectionTracking.Fill;
import dev.linkspan.server.network.linux.conntrack.ConnectionTracking.Opening;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Looks how full a router's connection tracking is, and whose share of it is. */
final class TrackingReader {

    private final FlowLimits limits;

    TrackingReader(FlowLimits limits) {
        this.limits = limits;
    }

    /** Whoever has a full share is looked for only where there are that many flows at all. */
    FlowTable read(NetworkNamespace router, NetPlan plan) {
        try (ConnectionTracking tracking = router.openConnectionTracking()) {
            Fill fill = tracking.fill();
            return fill.entries() < limits.smallest()
                    ? new FlowTable(fill.entries(), fill.most(), Set.of(), Set.of())
                    : counted(fill, tracking.openings(), plan);
        }
    }

    /** A NIC whose source is not checked may have opened flows from any address: those are nobody's here. */
    private FlowTable counted(Fill fill, Map<Opening, Integer> openings, NetPlan plan) {
        Map<Ipv4, NicId> nics = new HashMap<>();
        plan.ports().values().forEach(port -> port.addresses().forEach(address -> nics.put(address, port.nic())));
        Map<Integer, NetPeeringId> peerings = new HashMap<>();
        plan.peerings().keySet().forEach(id -> peerings.put(KernelNames.mark(id), id));
        Map<NicId, Integer> byNic = new HashMap<>();
        Map<NetPeeringId, Integer> byPeering = new HashMap<>();
        openings.forEach((opening, flows) -> {
            NicId nic = nics.get(opening.opener());
            NetPeeringId peering = peerings.get(opening.mark());
            if (nic != null) {
                byNic.merge(nic, flows, Integer::sum);
            } else if (peering != null && !plan.range().contains(opening.opener())) {
                byPeering.merge(peering, flows, Integer::sum);
            }
        });
        return new FlowTable(
                fill.entries(), fill.most(), full(byNic, limits.perNic()), full(byPeering, limits.perPeering()));
    }

    private static <T> Set<T> full(Map<T, Integer> flows, int share) {
        Set<T> full = new HashSet<>();
        flows.forEach((link, opened) -> {
            if (opened >= share) {
                full.add(link);
            }
        });
        return full;
    }
}
