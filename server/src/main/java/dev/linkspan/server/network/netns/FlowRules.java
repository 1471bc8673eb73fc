package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.VmId;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the rules of one Net's plan say of flows, as its packet filter does of their packets. */
final class FlowRules {

    private final NetPlan plan;
    private final Map<Ipv4, Port> ports = new HashMap<>();
    private final Map<Integer, NetPeeringId> peerings = new HashMap<>();
    private final Map<Ipv4, RouteTableId> senders = new HashMap<>();
    private final Set<Ipv4> natServices = new HashSet<>();
    private final Set<Integer> ways = new HashSet<>();

    /** By which NICs machines pass on, or did, or may again, by the zone of what they pass on. */
    private final Map<Integer, List<Port>> passing;

    FlowRules(NetPlan plan) {
        this.plan = plan;
        plan.ports().values().forEach(port -> {
            for (Ipv4 address : port.addresses()) {
                ports.put(address, port);
                senders.put(address, port.table());
            }
        });
        plan.peerings().keySet().forEach(peering -> {
            peerings.put(KernelNames.mark(peering), peering);
            ways.add(KernelNames.mark(peering));
        });
        // As long as one may be an appliance: a route to it that goes may come back.
        Map<VmId, Port> firsts = plan.firstPorts();
        passing = plan.ports().values().stream()
                .filter(port -> !port.checked())
                .collect(Collectors.groupingBy(port -> KernelNames.zone(firsts.getOrDefault(port.vm(), port))));
        if (!passing.isEmpty()) {
            ways.add(KernelNames.APPLIANCE_MARK);
        }
        plan.natServices().values().forEach(nat -> {
            natServices.add(nat.address());
            senders.put(nat.address(), nat.table());
            ways.add(KernelNames.NAT_MARK);
        });
        plan.exit().ifPresent(this::addExit);
    }

    /** A public address is judged as the one that it stands for. */
    private void addExit(Exit exit) {
        ways.add(KernelNames.EXIT_MARK);
        exit.publicAddresses().forEach((own, seen) -> {
            Optional.ofNullable(ports.get(own)).ifPresent(port -> ports.put(seen, port));
            if (natServices.contains(own)) {
                natServices.add(seen);
            }
        });
    }

    /**
     * The mark of what the flow leaves the router by, or came in by; empty for one that stays among the Net's machines, or
     * whose way is no more.
     */
    Optional<Integer> way(TrackedFlow flow) {
        return Optional.of(flow.mark()).filter(ways::contains);
    }

    /** Whether it is not tracked as what an appliance passes on, or there is one that may. */
    boolean isInZone(TrackedFlow flow) {
        return flow.zone() == 0 || passing.containsKey(flow.zone());
    }

    /**
     * Whether the flow's addresses are translated as the plan has it, if it goes by the exit. A TCP connection whose public address
     * stands for nothing now waits: it goes on if that stands for the same again, and hardly anybody takes its place.
     */
    boolean isTranslated(TrackedFlow flow) {
        if (flow.mark() != KernelNames.EXIT_MARK) {
            return true;
        }
        Map<Ipv4, Ipv4> pairs = plan.exit().map(Exit::publicAddresses).orElse(Map.of());
        boolean opened = plan.range().contains(flow.opener());
        Ipv4 own = opened ? flow.opener() : flow.answeredFrom();
        Ipv4 seen = opened ? flow.answeredTo() : flow.responder();
        return seen.equals(pairs.get(own))
                || flow.protocol() == Traffic.TCP && !pairs.containsKey(own) && !pairs.containsValue(seen);
    }

    /** Whether a machine or a NAT service of this Net has the address. */
    boolean isSomebodys(Ipv4 address) {
        return senders.containsKey(address);
    }

    /** Which machine's NIC has the address in this Net; null for nobody's. */
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

    /** Nobody begins a flow to a NAT service, nor to a machine behind one (X4); and past an appliance only to whom it would answer. */
    private boolean isRouted(TrackedFlow flow) {
        if (natServices.contains(flow.responder())) {
            return false;
        }
        if (flow.mark() == 0) {
            return true;
        }
        if (isSomebodys(flow.opener())) {
            return routed(flow, flow.opener(), flow.responder()).equals(way(flow));
        }
        return flow.mark() == KernelNames.APPLIANCE_MARK
                ? routed(flow, flow.answeredFrom(), flow.opener()).equals(way(flow))
                : flow.mark() == KernelNames.EXIT_MARK || KernelNames.isOfPeering(flow.mark());
    }

    private boolean isLet(TrackedFlow flow) {
        Traffic packet = switch (flow.protocol()) {
            case Traffic.TCP, Traffic.UDP -> new Traffic.Ports(flow.protocol(), flow.to(), flow.to());
            case Traffic.ICMP -> new Traffic.Icmp(flow.to() >> 8, flow.to() & 0xff);
            default -> new Traffic.Other(flow.protocol());
        };
        return isLetOut(flow, packet)
                && allows(receiver(flow), GroupRules::inbound, packet, flow.opener(), flow.mark());
    }

    /** What is passed on is judged by the NICs by which it may be: one of them will do. */
    private boolean isLetOut(TrackedFlow flow, Traffic packet) {
        Predicate<@Nullable Port> lets =
                port -> allows(port, GroupRules::outbound, packet, flow.responder(), flow.mark());
        return flow.zone() != 0 && isSomebodys(flow.opener())
                ? passing.getOrDefault(flow.zone(), List.of()).stream().anyMatch(lets)
                : lets.test(port(flow.opener()));
    }

    /** The NIC whose groups judge what comes in by the flow; null where none of this Net does. */
    private @Nullable Port receiver(TrackedFlow flow) {
        return flow.mark() != KernelNames.APPLIANCE_MARK || !isSomebodys(flow.opener())
                ? port(flow.responder())
                : nextHop(senders.get(flow.opener()), flow.responder())
                        .filter(NextHop.Nic.class::isInstance)
                        .map(hop -> plan.ports().get(((NextHop.Nic) hop).id()))
                        .orElse(null);
    }

    /**
     * The mark of the way by which one of this Net's addresses sends what is for somebody elsewhere in the flow; or the appliance,
     * by which that passes.
     */
    Optional<Integer> routed(TrackedFlow flow, Ipv4 from, Ipv4 to) {
        if (flow.zone() == 0) {
            return nextHop(senders.get(from), to).flatMap(KernelNames::mark);
        }
        List<Integer> marks = passing.getOrDefault(flow.zone(), List.of()).stream()
                .flatMap(port -> nextHop(port.table(), to).flatMap(KernelNames::mark).stream())
                .toList();
        return way(flow).filter(marks::contains).or(() -> marks.stream().findFirst());
    }

    private Optional<NextHop> nextHop(@Nullable RouteTableId by, Ipv4 to) {
        return Optional.ofNullable(by)
                .flatMap(table -> Optional.ofNullable(plan.tables().get(table)))
                .flatMap(table -> table.routes().entrySet().stream()
                        .filter(route -> route.getKey().contains(to))
                        .max(Comparator.comparingInt(route -> route.getKey().length())))
                .map(Map.Entry::getValue);
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
