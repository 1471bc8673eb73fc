package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.plan.GroupRule;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Exit;
import dev.linkspan.core.plan.NetPlan.GroupRules;
import dev.linkspan.core.plan.NetPlan.Link;
import dev.linkspan.core.plan.NetPlan.Member;
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.linux.conntrack.TrackedFlow;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the rules of one Net's plan say of flows, as its packet filter does of their packets. */
final class FlowRules {

    private final NetPlan plan;
    private final Map<Ipv4, Port> ports = new HashMap<>();
    private final Map<Integer, NetPeeringId> peerings = new HashMap<>();
    private final Map<Integer, NextHop> ways = new HashMap<>();

    FlowRules(NetPlan plan) {
        this.plan = plan;
        plan.ports().values().forEach(port -> port.addresses().forEach(address -> ports.put(address, port)));
        plan.peerings().keySet().forEach(peering -> {
            peerings.put(KernelNames.mark(peering), peering);
            ways.put(KernelNames.mark(peering), new NextHop.Peering(peering));
        });
        plan.exit().ifPresent(this::addExit);
    }

    /** A public address is judged as the one that it stands for. */
    private void addExit(Exit exit) {
        ways.put(KernelNames.EXIT_MARK, new NextHop.Exit());
        exit.publicAddresses()
                .forEach((own, seen) -> Optional.ofNullable(ports.get(own)).ifPresent(port -> ports.put(seen, port)));
    }

    /** What the flow leaves the Net by, or came in by; empty for one that stays inside, or whose way is no more. */
    Optional<NextHop> way(TrackedFlow flow) {
        return Optional.ofNullable(ways.get(flow.mark()));
    }

    /** Whether the flow's addresses are translated as the plan has it, if it goes by the exit. */
    boolean isTranslated(TrackedFlow flow) {
        return flow.mark() != KernelNames.EXIT_MARK
                || plan.exit()
                        .map(Exit::publicAddresses)
                        .filter(seen -> flow.answeredTo().equals(seen.get(flow.opener()))
                                || flow.responder().equals(seen.get(flow.answeredFrom())))
                        .isPresent();
    }

    /** Whose the address is in this Net; null for nobody's. */
    @Nullable
    Port port(Ipv4 address) {
        return ports.get(address);
    }

    /**
     * Whether the Net's ends of the flow let it out, on the way that it takes, and in; an end that is elsewhere is not
     * asked.
     */
    boolean permits(TrackedFlow flow) {
        return isRouted(flow) && isLet(flow);
    }

    private boolean isRouted(TrackedFlow flow) {
        return flow.mark() == 0
                || port(flow.opener()) == null
                || routed(flow.opener(), flow.responder()).equals(way(flow));
    }

    private boolean isLet(TrackedFlow flow) {
        Traffic packet = switch (flow.protocol()) {
            case Traffic.TCP, Traffic.UDP -> new Traffic.Ports(flow.protocol(), flow.to(), flow.to());
            case Traffic.ICMP -> new Traffic.Icmp(flow.to() >> 8, flow.to() & 0xff);
            default -> new Traffic.Other(flow.protocol());
        };
        return allows(ports.get(flow.opener()), GroupRules::outbound, packet, flow.responder(), flow.mark())
                && allows(ports.get(flow.responder()), GroupRules::inbound, packet, flow.opener(), flow.mark());
    }

    /** Where one of this Net's addresses sends what is for somebody elsewhere. */
    Optional<NextHop> routed(Ipv4 from, Ipv4 to) {
        return Optional.ofNullable(ports.get(from))
                .flatMap(port -> Optional.ofNullable(plan.tables().get(port.table())))
                .flatMap(table -> table.routes().entrySet().stream()
                        .filter(route -> route.getKey().contains(to))
                        .max(Comparator.comparingInt(route -> route.getKey().length())))
                .map(Map.Entry::getValue)
                .filter(hop -> !(hop instanceof NextHop.Blackhole));
    }

    private boolean allows(
            @Nullable Port port, Function<GroupRules, List<GroupRule>> side, Traffic packet, Ipv4 other, int mark) {
        return port == null
                || port.groups().stream()
                        .flatMap(group -> Optional.ofNullable(plan.groups().get(group)).stream())
                        .flatMap(filter -> side.apply(filter).stream())
                        .filter(rule -> rule.traffic().covers(packet))
                        .anyMatch(rule -> rule.ranges().contains(other) || isMember(rule.groups(), other, mark));
    }

    private boolean isMember(Collection<SecurityGroupId> groups, Ipv4 address, int mark) {
        Port port = ports.get(address);
        Optional<Link> link = port != null
                ? Optional.of(new Link.ToNic(port.nic()))
                : Optional.ofNullable(peerings.get(mark)).map(Link.ToPeer::new);
        return link.map(it -> new Member(it, address))
                .filter(member -> groups.stream()
                        .anyMatch(group ->
                                plan.members().getOrDefault(group, Set.of()).contains(member)))
                .isPresent();
    }
}
