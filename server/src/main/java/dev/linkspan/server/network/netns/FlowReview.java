package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.linux.conntrack.TrackedFlow;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which tracked flows of a Net have outlived what made them possible and must be forgotten (S7).
 *
 * <p>A flow that its rules or routes no longer permit is <em>not</em> among them: the packet filter drops all of it, and its
 * entry is the memory of who opened it. Without that, the next packet of a server would open the flow anew, by the server's
 * outbound rules, and the requests that were just forbidden would come in as its replies. The exceptions are flows that
 * keep another one from beginning: between the same ends the other way round, where only that is permitted now, or through
 * another way, to which the route leads now.
 */
final class FlowReview {

    private final NetPlan plan;
    private final FlowRules own;
    private final Optional<FlowRules> before;
    private final Map<NetId, FlowRules> peers = new HashMap<>();
    private final Set<Ipv4> ended;
    private final Map<Integer, PeeringLink> peerings = new HashMap<>();
    private final boolean anybodysAddresses;

    /**
     * @param before what was applied before, where that is known
     * @param peers the plans of those peers that are known: they tell what may begin at this end
     * @param ended addresses whose machine is another one now, or none
     */
    FlowReview(NetPlan plan, Optional<NetPlan> before, Collection<NetPlan> peers, Set<Ipv4> ended) {
        this.plan = plan;
        this.before = before.map(FlowRules::new);
        this.own = new FlowRules(plan);
        peers.forEach(peer -> this.peers.put(peer.net(), new FlowRules(peer)));
        this.ended = ended;
        plan.peerings().values().forEach(peering -> peerings.put(KernelNames.mark(peering.id()), peering));
        this.anybodysAddresses = plan.ports().values().stream().anyMatch(port -> !port.checked());
    }

    boolean isOver(TrackedFlow flow) {
        return ended.contains(flow.opener())
                || ended.contains(flow.responder())
                || isNobodys(flow.opener())
                || isNobodys(flow.responder())
                || (flow.mark() != 0 && own.way(flow).isEmpty())
                || !own.isInZone(flow)
                || !own.isTranslated(flow)
                || isLedElsewhere(flow)
                || isInTheWay(flow);
    }

    /** Where a NIC may send from any address, nobody can tell who is behind one. */
    private boolean isNobodys(Ipv4 address) {
        return plan.range().contains(address) && !own.isSomebodys(address) && !anybodysAddresses && !isGateway(address);
    }

    private boolean isGateway(Ipv4 address) {
        return plan.gateways().values().stream()
                .anyMatch(range -> Subnet.gatewayOf(range).equals(address));
    }

    /**
     * Whether what this Net sends in it is routed another way now. Of a flow that was opened elsewhere, only if it was
     * routed through its own before: else the entry is what keeps an answer from the wrong peer (P13). A TCP connection
     * stays known: it goes on when the route is back, and hardly anybody connects from the same port to take its place.
     */
    private boolean isLedElsewhere(TrackedFlow flow) {
        Optional<Integer> way = own.way(flow);
        if (flow.protocol() == Traffic.TCP || way.isEmpty()) {
            return false;
        }
        boolean opened = plan.range().contains(flow.opener());
        Ipv4 here = opened ? flow.opener() : flow.answeredFrom();
        Ipv4 there = opened ? flow.responder() : flow.opener();
        return (opened && !anybodysAddresses || wasRouted(flow, here, there, way.get()))
                && own.routed(flow, here, there)
                        .filter(now -> !now.equals(way.get()))
                        .isPresent();
    }

    private boolean wasRouted(TrackedFlow flow, Ipv4 here, Ipv4 there, int way) {
        return before.flatMap(it -> it.routed(flow, here, there))
                .filter(it -> it == way)
                .isPresent();
    }

    /**
     * Whether it is forbidden, and keeps packets the other way round, which are permitted, from being a flow of their own. What
     * either end's Net says counts at both ends, so that both forget it: where only one does, what the other takes for a
     * reply is not judged by anybody. TCP knows by itself who opened a connection, and of ICMP only a query opens a flow.
     */
    boolean isInTheWay(TrackedFlow flow) {
        return canBeInTheWay(flow.protocol()) && !isPermitted(flow, true) && isPermitted(flow.reversed(), false);
    }

    private static boolean canBeInTheWay(int protocol) {
        return protocol != Traffic.TCP && protocol != Traffic.ICMP;
    }

    /** Whether a rule about this traffic can decide that a flow is in the way. */
    static boolean canBeInTheWay(Traffic traffic) {
        return traffic.protocolNumber().stream().allMatch(FlowReview::canBeInTheWay);
    }

    /** @param unknown what a peer is taken to say whose plan is not known yet: then nothing is forgotten for its sake */
    private boolean isPermitted(TrackedFlow flow, boolean unknown) {
        return own.permits(flow) && isPermittedByPeer(flow, unknown);
    }

    private boolean isPermittedByPeer(TrackedFlow flow, boolean unknown) {
        boolean endsHere = own.port(flow.opener()) != null && own.port(flow.responder()) != null;
        boolean leavesElsewhere = flow.mark() != 0 && !KernelNames.isOfPeering(flow.mark());
        if (endsHere || leavesElsewhere) {
            return true;
        }
        PeeringLink peering = peerings.get(flow.mark());
        FlowRules peer = peering == null ? null : peers.get(peering.peer());
        return peer == null ? unknown : peer.permits(flow.inZone(0));
    }
}
