package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.plan.FilterRule;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Filter;
import dev.linkspan.core.plan.NetPlan.Link;
import dev.linkspan.core.plan.NetPlan.Member;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.plan.NetPlan.Table;
import dev.linkspan.core.plan.NetPlan.Way;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells which tracked flows of a Net have outlived what made them possible and must be forgotten (S7).
 *
 * <p>A flow that its rules or routes no longer permit is <em>not</em> among them: the packet filter drops all of it, and its
 * entry is the memory of who opened it. Without that, the next packet of a server would open the flow anew, by the server's
 * outbound rules, and the requests that were just forbidden would come in as its replies. The exceptions are flows that
 * keep another one from beginning: between the same ends the other way round, where only that is permitted now, or through
 * another peering, where the route leads now.
 */
final class FlowReview {

    private final NetPlan plan;
    private final Set<Ipv4> ended;
    private final Map<Integer, PeeringLink> peerings = new HashMap<>();
    private final Map<Ipv4, Port> ports = new HashMap<>();
    private final boolean anybodysAddresses;

    /**
     * @param ended addresses whose machine is another one now, or none
     */
    FlowReview(NetPlan plan, Set<Ipv4> ended) {
        this.plan = plan;
        this.ended = ended;
        plan.peerings().values().forEach(peering -> peerings.put(Names.mark(peering.id()), peering));
        plan.ports().values().forEach(port -> port.addresses().forEach(address -> ports.put(address, port)));
        this.anybodysAddresses = plan.ports().values().stream().anyMatch(port -> !port.checked());
    }

    boolean isOver(TrackedFlow flow) {
        return ended.contains(flow.opener())
                || ended.contains(flow.responder())
                || isNobodys(flow.opener())
                || isNobodys(flow.responder())
                || (flow.mark() != 0 && !leadsThroughItsPeering(flow))
                || isInTheWay(flow);
    }

    /** Where a NIC may send from any address, nobody can tell who is behind one. */
    private boolean isNobodys(Ipv4 address) {
        return plan.range().contains(address)
                && !ports.containsKey(address)
                && !anybodysAddresses
                && !isGateway(address);
    }

    private boolean isGateway(Ipv4 address) {
        return plan.gateways().values().stream()
                .anyMatch(range -> Subnet.gatewayOf(range).equals(address));
    }

    /** Whether its peering is there, and no route leads what this Net sends in it through another one. */
    private boolean leadsThroughItsPeering(TrackedFlow flow) {
        PeeringLink peering = peerings.get(flow.mark());
        if (peering == null) {
            return false;
        }
        Port own = ports.get(plan.range().contains(flow.opener()) ? flow.opener() : flow.responder());
        Ipv4 other = plan.range().contains(flow.opener()) ? flow.responder() : flow.opener();
        return own == null
                || wayTo(own, other)
                        .flatMap(Way::peering)
                        .filter(chosen -> !chosen.equals(peering.id()))
                        .isEmpty();
    }

    private Optional<Way> wayTo(Port from, Ipv4 to) {
        Table table = plan.tables().get(from.table());
        return table == null
                ? Optional.empty()
                : table.routes().entrySet().stream()
                        .filter(route -> route.getKey().contains(to))
                        .max(Comparator.comparingInt(route -> route.getKey().length()))
                        .map(Map.Entry::getValue);
    }

    /** TCP knows by itself who opened a connection, and of ICMP only a query opens a flow. */
    private boolean isInTheWay(TrackedFlow flow) {
        if (flow.protocol() == Traffic.TCP || flow.protocol() == Traffic.ICMP || isPermitted(flow)) {
            return false;
        }
        TrackedFlow turned = new TrackedFlow(
                flow.protocol(), flow.responder(), flow.opener(), flow.to(), flow.from(), flow.mark(), flow.id());
        return ports.containsKey(turned.responder()) && isPermitted(turned);
    }

    private boolean isPermitted(TrackedFlow flow) {
        Traffic packet = flow.protocol() == Traffic.UDP
                ? new Traffic.Ports(Traffic.UDP, flow.to(), flow.to())
                : new Traffic.Other(flow.protocol());
        return allows(ports.get(flow.opener()), Filter::outbound, packet, flow.responder(), flow.mark())
                && allows(ports.get(flow.responder()), Filter::inbound, packet, flow.opener(), flow.mark());
    }

    private boolean allows(
            @Nullable Port port, Function<Filter, List<FilterRule>> side, Traffic packet, Ipv4 other, int mark) {
        return port == null
                || port.groups().stream()
                        .map(plan.groups()::get)
                        .flatMap(filter -> side.apply(filter).stream())
                        .filter(rule -> rule.traffic().covers(packet))
                        .anyMatch(rule -> rule.ranges().contains(other) || isMember(rule.groups(), other, mark));
    }

    private boolean isMember(Collection<SecurityGroupId> groups, Ipv4 address, int mark) {
        Port port = ports.get(address);
        PeeringLink peering = peerings.get(mark);
        Optional<Link> link = port != null
                ? Optional.of(new Link.ToNic(port.nic()))
                : Optional.ofNullable(peering).map(it -> new Link.ToPeer(it.id()));
        return link.map(it -> new Member(it, address))
                .filter(member -> groups.stream()
                        .anyMatch(group ->
                                plan.members().getOrDefault(group, Set.of()).contains(member)))
                .isPresent();
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
