package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.server.network.linux.conntrack.ConnectionTracking;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.netlink.KernelState;
import dev.linkspan.server.network.linux.netlink.RouteEntry;
import dev.linkspan.server.network.linux.netlink.RouteEntry.Hop;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What ends for flows when a Net's plan is applied (S7).
 *
 * @param marks the ways that ended, as flows are marked with them
 * @param addresses those whose machine is another one now, or none, with the public ones that stood for them
 * @param review whether each flow must be looked at: {@link FlowReview}
 * @param contested the peerings of whose flows those must be looked at that are in the way at the peer
 * @param before what was applied before, with the routes of the past, where that is known
 */
record FlowEndings(
        Set<Integer> marks,
        Set<Ipv4> addresses,
        boolean review,
        Set<NetPeeringId> contested,
        Optional<NetPlan> before) {

    /** From this many addresses on it is cheaper to look at each flow once than to have the kernel do so for each address. */
    private static final int FEW = 8;

    /**
     * Between two plans, where everything of the first one was applied.
     *
     * @param past the routes that were removed before
     */
    static FlowEndings between(NetPlan before, PastRoutes past, NetPlan plan) {
        Set<Integer> marks = new HashSet<>();
        before.peerings().keySet().stream()
                .filter(peering -> !plan.peerings().containsKey(peering))
                .forEach(peering -> marks.add(KernelNames.mark(peering)));
        if (plan.natServices().isEmpty() && !before.natServices().isEmpty()) {
            marks.add(KernelNames.NAT_MARK);
        }
        Set<Ipv4> addresses = new HashSet<>();
        before.natServices().forEach((id, nat) -> {
            if (!plan.natServices().containsKey(id)) {
                addresses.add(nat.address());
            }
        });
        for (Port port : before.ports().values()) {
            Port now = plan.ports().get(port.nic());
            port.addresses().stream()
                    .filter(address -> now == null
                            || isElsewhere(port, now)
                            || !now.addresses().contains(address))
                    .forEach(addresses::add);
        }
        before.exit()
                .ifPresent(exit -> exit.publicAddresses().forEach((own, seen) -> {
                    if (addresses.contains(own)) {
                        addresses.add(seen);
                    }
                }));
        PlanChange change = new PlanChange(before, plan);
        return new FlowEndings(
                marks,
                addresses,
                addresses.size() > FEW || change.concernsFlows(),
                plan.peerings().values().stream()
                        .filter(change::concernsFlowsOf)
                        .map(PeeringLink::id)
                        .collect(Collectors.toSet()),
                Optional.of(past.in(before)));
    }

    /**
     * Where nothing is remembered: everything is reviewed, and what the kernel was found to hold shows whose address moved.
     *
     * @param misplaced NICs whose link led to another machine
     */
    static FlowEndings found(KernelState state, Set<NicId> misplaced, NetPlan plan) {
        Set<RouteEntry> planned = new HashSet<>();
        plan.ports()
                .values()
                .forEach(port -> port.addresses().forEach(address -> planned.add(RouterState.toPort(port, address))));
        Set<Ipv4> addresses = new HashSet<>();
        for (RouteEntry route : state.routes()) {
            if (route.table() == KernelNames.LOCAL_TABLE
                    && route.hop() instanceof Hop.OnLink
                    && !planned.contains(route)) {
                addresses.add(route.destination().network());
            }
        }
        plan.ports().values().stream()
                .filter(port -> misplaced.contains(port.nic()))
                .forEach(port -> addresses.addAll(port.addresses()));
        return new FlowEndings(Set.of(), addresses, true, plan.peerings().keySet(), Optional.empty());
    }

    private static boolean isElsewhere(Port before, Port now) {
        return !before.vm().equals(now.vm()) || before.deviceNumber() != now.deviceNumber();
    }

    /**
     * Forgets the flows that are over, and no other one.
     *
     * @param known the plans of those peers that are known
     * @param peers the routers of those that exist: they forget the flows of addresses that ended here, and those that
     *     are in the way of what this Net permits now
     */
    void apply(
            NetworkNamespace router,
            NetPlan plan,
            Collection<NetPlan> known,
            Map<NetPeeringId, NetworkNamespace> peers) {
        if (!marks.isEmpty() || !addresses.isEmpty() || review) {
            try (ConnectionTracking tracking = router.openConnectionTracking()) {
                forget(tracking, plan, known);
            }
        }
        for (PeeringLink peering : plan.peerings().values()) {
            NetworkNamespace peer = peers.get(peering.id());
            if (peer != null) {
                forgetAtPeer(peering, peer, plan, known);
            }
        }
    }

    private void forgetAtPeer(PeeringLink peering, NetworkNamespace peer, NetPlan plan, Collection<NetPlan> known) {
        Optional<NetPlan> itsPlan = contested.contains(peering.id())
                ? known.stream().filter(it -> it.net().equals(peering.peer())).findFirst()
                : Optional.empty();
        if (addresses.isEmpty() && itsPlan.isEmpty()) {
            return;
        }
        int mark = KernelNames.mark(peering.id());
        try (ConnectionTracking tracking = peer.openConnectionTracking()) {
            if (tracking.isEmpty()) {
                return;
            }
            addresses.forEach(address -> tracking.forgetOf(address, mark));
            itsPlan.map(it -> new FlowReview(it, Optional.empty(), List.of(plan), Set.of()))
                    .ifPresent(reviewing -> tracking.forget(tracking.flowsMarked(mark).stream()
                            .filter(reviewing::isInTheWay)
                            .toList()));
        }
    }

    private void forget(ConnectionTracking tracking, NetPlan plan, Collection<NetPlan> known) {
        if (tracking.isEmpty()) {
            return;
        }
        marks.forEach(tracking::forgetMarked);
        if (review) {
            FlowReview reviewing = new FlowReview(plan, before, known, addresses);
            tracking.forget(tracking.flows().stream().filter(reviewing::isOver).toList());
        } else {
            addresses.forEach(tracking::forgetOf);
        }
    }
}
