package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.plan.GroupRule;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Border;
import dev.linkspan.core.plan.NetPlan.BorderEntry;
import dev.linkspan.core.plan.NetPlan.GroupRules;
import dev.linkspan.core.plan.NetPlan.Link;
import dev.linkspan.core.plan.NetPlan.Member;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.planner.NetView;
import dev.linkspan.core.planner.Planner;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Routers that do what the plans say, packet by packet: written from what a driver is told, apart from the analysis, so
 * that the two can be compared.
 */
final class PlannedNetwork {

    private static final Set<Integer> ICMP_REQUESTS = Set.of(8, 13, 15, 17);

    private final Map<NetId, NetPlan> plans = new HashMap<>();

    /** To which peering each router has bound the flow (P13). */
    private final Map<NetId, Optional<NetPeeringId>> bindings = new HashMap<>();

    /** Where a packet ends. */
    private sealed interface End {
        record AtPort(NetId net, Port port) implements End {}

        record AtRouter() implements End {}

        record Nowhere() implements End {}
    }

    private record Packet(Ipv4 source, Ipv4 destination, Traffic traffic, boolean reply) {

        Packet reversed() {
            Ipv4 formerSource = source;
            return new Packet(destination, formerSource, traffic, true);
        }
    }

    PlannedNetwork(Snapshot snapshot) {
        snapshot.nets()
                .ids()
                .forEach(id ->
                        plans.put(id, Planner.plan(NetView.of(snapshot, id).orElseThrow())));
    }

    /** Whether what the NIC's machine sends from this address arrives, at that NIC if one is named, and is answered. */
    boolean answers(NetId net, NicId nic, Ipv4 source, Ipv4 destination, Traffic traffic, Optional<NicId> meant) {
        bindings.clear();
        Optional<Port> port = port(net, nic).filter(Port::up);
        if (port.isEmpty()) {
            return false;
        }
        if (sameMachine(net, port.get(), destination)) {
            return meant.flatMap(it -> port(net, it))
                            .map(Port::vm)
                            .filter(port.get().vm()::equals)
                            .isPresent()
                    || meant.isEmpty();
        }
        Packet packet = new Packet(source, destination, traffic, false);
        return switch (fromPort(net, exit(net, port.get(), destination), packet)) {
            case End.AtRouter _ -> true;
            case End.Nowhere _ -> false;
            case End.AtPort(NetId other, Port there) ->
                meant.filter(it -> !it.equals(there.nic())).isEmpty() && replies(net, nic, other, there, packet);
        };
    }

    private boolean replies(NetId net, NicId nic, NetId other, Port there, Packet packet) {
        Packet reply = packet.reversed();
        return fromPort(other, exit(other, there, packet.source()), reply) instanceof End.AtPort(NetId home, Port end)
                && home.equals(net)
                && end.nic().equals(nic);
    }

    private Optional<Port> port(NetId net, NicId nic) {
        return Optional.ofNullable(plan(net).ports().get(nic));
    }

    private NetPlan plan(NetId net) {
        return Optional.ofNullable(plans.get(net)).orElseThrow();
    }

    private boolean sameMachine(NetId net, Port port, Ipv4 destination) {
        return plan(net).ports().values().stream()
                .anyMatch(it -> it.vm().equals(port.vm()) && it.addresses().contains(destination));
    }

    /** What a machine's own routes say: the NIC of that Subnet, else the first. */
    private Port exit(NetId net, Port arrival, Ipv4 to) {
        List<Port> ports = plan(net).ports().values().stream()
                .filter(it -> it.vm().equals(arrival.vm()))
                .sorted(Comparator.comparingInt(Port::deviceNumber))
                .toList();
        return ports.stream()
                .filter(it -> it.subnetRange().contains(to))
                .findFirst()
                .orElse(ports.getFirst());
    }

    private End fromPort(NetId net, Port port, Packet packet) {
        if (port.checked() && !port.addresses().contains(packet.source())) {
            return new End.Nowhere();
        }
        return forward(plan(net), new Link.ToNic(port.nic()), Optional.of(port), packet);
    }

    private End fromPeer(NetId net, NetPeeringId peering, Packet packet) {
        NetPlan plan = plan(net);
        PeeringLink link = Optional.ofNullable(plan.peerings().get(peering)).orElseThrow();
        boolean admitted =
                link.peerRange().contains(packet.source()) && plan.range().contains(packet.destination());
        return admitted ? forward(plan, new Link.ToPeer(peering), Optional.empty(), packet) : new End.Nowhere();
    }

    private End forward(NetPlan plan, Link in, Optional<Port> sender, Packet packet) {
        if (plan.gateways().values().stream().map(Subnet::gatewayOf).anyMatch(packet.destination()::equals)) {
            boolean echo = packet.traffic() instanceof Traffic.Icmp icmp && icmp.type() == 8;
            return sender.isPresent() && echo ? new End.AtRouter() : new End.Nowhere();
        }
        if (!packet.reply() && packet.traffic() instanceof Traffic.Icmp icmp && !ICMP_REQUESTS.contains(icmp.type())) {
            return new End.Nowhere();
        }
        Optional<Port> receiver = plan.ports().values().stream()
                .filter(it -> it.up() && it.addresses().contains(packet.destination()))
                .findFirst();
        if (receiver.isPresent()) {
            Link out = new Link.ToNic(receiver.get().nic());
            return passes(plan, in, sender, out, receiver, packet)
                    ? new End.AtPort(plan.net(), receiver.get())
                    : new End.Nowhere();
        }
        if (plan.range().contains(packet.destination())) {
            return new End.Nowhere();
        }
        return sender.flatMap(port -> way(plan, port, packet.destination()))
                .filter(peering -> passes(plan, in, sender, new Link.ToPeer(peering), Optional.empty(), packet))
                .map(peering -> fromPeer(plan.peerings().get(peering).peer(), peering, packet))
                .orElse(new End.Nowhere());
    }

    private static Optional<NetPeeringId> way(NetPlan plan, Port port, Ipv4 destination) {
        return plan.tables().get(port.table()).routes().entrySet().stream()
                .filter(route -> route.getKey().contains(destination))
                .max(Comparator.comparingInt(route -> route.getKey().length()))
                .flatMap(route -> route.getValue().peering());
    }

    private boolean passes(
            NetPlan plan, Link in, Optional<Port> sender, Link out, Optional<Port> receiver, Packet packet) {
        if (!bound(plan, in, out, packet)) {
            return false;
        }
        if (out instanceof Link.ToPeer(NetPeeringId id)
                && !(plan.range().contains(packet.source())
                        && plan.peerings().get(id).peerRange().contains(packet.destination()))) {
            return false;
        }
        return crosses(plan, sender, receiver, packet)
                && (packet.reply()
                        || (sender.map(it -> allows(plan, it, GroupRules::outbound, packet, out, packet.destination()))
                                        .orElse(true)
                                && receiver.map(it ->
                                                allows(plan, it, GroupRules::inbound, packet, in, packet.source()))
                                        .orElse(true)));
    }

    /** Every packet by itself, unless it stays in its Subnet. */
    private static boolean crosses(NetPlan plan, Optional<Port> sender, Optional<Port> receiver, Packet packet) {
        Optional<SubnetId> from = sender.map(Port::subnet);
        Optional<SubnetId> to = receiver.map(Port::subnet);
        return from.equals(to)
                || from.flatMap(it -> border(plan, it))
                                .map(it -> allowed(it.outbound(), packet, packet.destination()))
                                .orElse(true)
                        && to.flatMap(it -> border(plan, it))
                                .map(it -> allowed(it.inbound(), packet, packet.source()))
                                .orElse(true);
    }

    private static Optional<Border> border(NetPlan plan, SubnetId subnet) {
        return Optional.ofNullable(plan.borders().get(subnet));
    }

    /** Any of the packets that a reply may be stands for all: no entry here tells their ports apart. */
    private static boolean allowed(List<BorderEntry> entries, Packet packet, Ipv4 other) {
        Traffic traffic = packet.reply() ? reply(packet.traffic()) : packet.traffic();
        return entries.stream()
                .filter(entry ->
                        entry.range().contains(other) && entry.traffic().covers(traffic))
                .findFirst()
                .map(BorderEntry::allows)
                .orElse(false);
    }

    private static Traffic reply(Traffic request) {
        return switch (request) {
            case Traffic.Ports(int protocol, int _, int _) -> new Traffic.Ports(protocol, 40_000, 40_000);
            case Traffic.Icmp(int type, int _) -> new Traffic.Icmp(type == 8 ? 0 : type + 1, 0);
            case Traffic.All _, Traffic.Other _ -> request;
        };
    }

    private boolean bound(NetPlan plan, Link in, Link out, Packet packet) {
        if (!packet.reply()) {
            bindings.put(plan.net(), peering(out).or(() -> peering(in)));
        }
        Optional<NetPeeringId> binding = bindings.getOrDefault(plan.net(), Optional.empty());
        return peering(in).map(it -> binding.filter(it::equals).isPresent()).orElse(true)
                && peering(out)
                        .map(it -> binding.filter(it::equals).isPresent())
                        .orElse(true);
    }

    private static Optional<NetPeeringId> peering(Link link) {
        return link instanceof Link.ToPeer(NetPeeringId id) ? Optional.of(id) : Optional.empty();
    }

    private static boolean allows(
            NetPlan plan,
            Port port,
            Function<GroupRules, List<GroupRule>> rules,
            Packet packet,
            Link link,
            Ipv4 other) {
        for (SecurityGroupId group : port.groups()) {
            for (GroupRule rule : rules.apply(plan.groups().get(group))) {
                boolean speaksOf = rule.ranges().contains(other)
                        || rule.groups().stream()
                                .anyMatch(it -> plan.members().get(it).contains(new Member(link, other)));
                if (speaksOf && rule.traffic().covers(packet.traffic())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The Net's ranges, for a failure's message. */
    Map<NetId, Cidr> ranges() {
        Map<NetId, Cidr> ranges = new HashMap<>();
        plans.forEach((id, plan) -> ranges.put(id, plan.range()));
        return ranges;
    }
}
