package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.plan.FilterRule;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Filter;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells which tracked flows of a Net have outlived what made them possible and must be forgotten (S7).
 *
 * <p>A flow that its rules or routes no longer permit is <em>not</em> among them: the packet filter drops all of it, and its
 * entry is the memory of who opened it. Without that, the next packet of a server would open the flow anew, by the server's
 * outbound rules, and the requests that were just forbidden would come in as its replies. The exceptions are flows that
 * keep another one from beginning: between the same ends the other way round, where only that is permitted now, or through
 * another peering, to which the route was moved. Where it has always led elsewhere, the entry is what keeps an answer from
 * the wrong peer (P13).
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
        plan.peerings().values().forEach(peering -> peerings.put(Names.mark(peering.id()), peering));
        this.anybodysAddresses = plan.ports().values().stream().anyMatch(port -> !port.checked());
    }

    boolean isOver(TrackedFlow flow) {
        return ended.contains(flow.opener())
                || ended.contains(flow.responder())
                || isNobodys(flow.opener())
                || isNobodys(flow.responder())
                || (flow.mark() != 0 && !peerings.containsKey(flow.mark()))
                || isLedElsewhere(flow)
                || isInTheWay(flow);
    }

    /** Where a NIC may send from any address, nobody can tell who is behind one. */
    private boolean isNobodys(Ipv4 address) {
        return plan.range().contains(address) && own.port(address) == null && !anybodysAddresses && !isGateway(address);
    }

    private boolean isGateway(Ipv4 address) {
        return plan.gateways().values().stream()
                .anyMatch(range -> Subnet.gatewayOf(range).equals(address));
    }

    /** Whether what this Net sends in it was routed through its peering, and is now through another one. */
    private boolean isLedElsewhere(TrackedFlow flow) {
        PeeringLink peering = peerings.get(flow.mark());
        if (peering == null || before.isEmpty()) {
            return false;
        }
        boolean opened = plan.range().contains(flow.opener());
        Ipv4 here = opened ? flow.opener() : flow.responder();
        Ipv4 there = opened ? flow.responder() : flow.opener();
        return before.get().routed(here, there).equals(Optional.of(peering.id()))
                && own.routed(here, there)
                        .filter(now -> !now.equals(peering.id()))
                        .isPresent();
    }

    /** TCP knows by itself who opened a connection, and of ICMP only a query opens a flow. */
    private boolean isInTheWay(TrackedFlow flow) {
        if (flow.protocol() == Traffic.TCP || flow.protocol() == Traffic.ICMP || own.permits(flow)) {
            return false;
        }
        TrackedFlow turned = flow.turned();
        return own.permits(turned) && letIn(turned);
    }

    /** Whether whoever is asked lets it in: here, or at the peer. */
    private boolean letIn(TrackedFlow flow) {
        if (own.port(flow.responder()) != null) {
            return true;
        }
        PeeringLink peering = peerings.get(flow.mark());
        FlowRules peer = peering == null ? null : peers.get(peering.peer());
        return peer != null && peer.port(flow.responder()) != null && peer.permits(flow);
    }

    /**
     * Whether a change of the plan can have left flows behind that are over for another reason than a peering or address that
     * ended: something was permitted before that no longer is, or a route may lead to another peering than before.
     */
    static boolean isNeeded(NetPlan before, NetPlan plan) {
        return isNarrower(before, plan) || (peersOverlap(plan) && routesDiffer(before, plan));
    }

    private static boolean isNarrower(NetPlan before, NetPlan plan) {
        return before.ports().entrySet().stream()
                        .anyMatch(it -> lostGroups(it.getValue(), plan.ports().get(it.getKey())))
                || before.groups().entrySet().stream()
                        .anyMatch(it -> lostRules(it.getValue(), plan.groups().get(it.getKey())))
                || before.members().entrySet().stream()
                        .anyMatch(it -> !plan.members()
                                .getOrDefault(it.getKey(), Set.of())
                                .containsAll(it.getValue()));
    }

    private static boolean lostGroups(Port before, @Nullable Port now) {
        return now != null && !now.groups().containsAll(before.groups());
    }

    private static boolean lostRules(Filter before, @Nullable Filter now) {
        return now != null
                && !(before.inbound().stream().allMatch(rule -> isStillThere(rule, now.inbound()))
                        && before.outbound().stream().allMatch(rule -> isStillThere(rule, now.outbound())));
    }

    private static boolean isStillThere(FilterRule rule, List<FilterRule> rules) {
        return rules.stream()
                .anyMatch(it -> it.traffic().equals(rule.traffic())
                        && rule.ranges().minus(it.ranges()).isEmpty()
                        && it.groups().containsAll(rule.groups()));
    }

    private static boolean peersOverlap(NetPlan plan) {
        List<Cidr> ranges = plan.peerings().values().stream()
                .map(PeeringLink::peerRange)
                .sorted()
                .toList();
        return IntStream.range(1, ranges.size()).anyMatch(i -> ranges.get(i - 1).overlaps(ranges.get(i)));
    }

    private static boolean routesDiffer(NetPlan before, NetPlan plan) {
        return !before.tables().equals(plan.tables())
                || before.ports().values().stream().anyMatch(port -> {
                    Port now = plan.ports().get(port.nic());
                    return now != null && !now.table().equals(port.table());
                });
    }
}
