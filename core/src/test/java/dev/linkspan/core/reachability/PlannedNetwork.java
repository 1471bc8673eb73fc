package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RouteTableId;
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
import dev.linkspan.core.plan.NetPlan.NatService;
import dev.linkspan.core.plan.NetPlan.NextHop;
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
import java.util.stream.Stream;

/**
 * Routers that do what the plans say, packet by packet: written from what a driver is told, apart from the analysis, so
 * that the two can be compared.
 */
final class PlannedNetwork {

    private static final Set<Integer> ICMP_REQUESTS = Set.of(8, 13, 15, 17);
    private static final List<Cidr> PRIVATE = List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("172.16.0.0/12"));

    private final Map<NetId, NetPlan> plans = new HashMap<>();

    /** To which peering, or to outside, each router has bound the flow (P13, X5). */
    private final Map<NetId, Optional<Door>> bindings = new HashMap<>();

    /** Who sent what each NAT service has passed on. */
    private final Map<NatServiceId, Ipv4> askers = new HashMap<>();

    private final Set<Ipv4> taken;

    /** Through what a packet gets into a router, or out of it. */
    private sealed interface Door {
        record Nic(NicId id) implements Door {}

        record Peer(NetPeeringId id) implements Door {}

        record Outside() implements Door {}

        record Nat(NatServiceId id) implements Door {}

        /** By which a machine passes on what it was handed. */
        record Passing(NicId id) implements Door {}

        /** As members are known by; nobody outside is one. */
        default Optional<Link> link() {
            return switch (this) {
                case Nic(NicId id) -> Optional.of(new Link.ToNic(id));
                case Peer(NetPeeringId id) -> Optional.of(new Link.ToPeer(id));
                case Outside(), Nat _, Passing _ -> Optional.empty();
            };
        }

        /** Whether flows are bound to it; what a NAT service passes on is a flow of its own. */
        default boolean binds() {
            return this instanceof Peer || this instanceof Outside;
        }
    }

    /** Where a packet ends, and as what it gets there. */
    private sealed interface End {
        record AtPort(NetId net, Port port, Packet packet) implements End {}

        record Outside(Packet packet) implements End {}

        record AtRouter() implements End {}

        record Handed(NicId to) implements End {}

        record Nowhere() implements End {}
    }

    private record Packet(Ipv4 source, Ipv4 destination, Traffic traffic, boolean reply) {

        Packet reversed() {
            Ipv4 formerSource = source;
            return new Packet(destination, formerSource, traffic, true);
        }

        Packet from(Ipv4 other) {
            return new Packet(other, destination, traffic, reply);
        }

        Packet to(Ipv4 other) {
            return new Packet(source, other, traffic, reply);
        }
    }

    /** Whether appliances pass on, as it is, what they are handed. */
    private final boolean passingOn;

    /** With appliances that keep what they are handed. */
    static PlannedNetwork withSilentAppliances(Snapshot snapshot) {
        return new PlannedNetwork(snapshot, false);
    }

    /** With appliances that pass it on, as it is. */
    static PlannedNetwork withForwardingAppliances(Snapshot snapshot) {
        return new PlannedNetwork(snapshot, true);
    }

    private PlannedNetwork(Snapshot snapshot, boolean passingOn) {
        this.passingOn = passingOn;
        taken = snapshot.publicIps().takenAddresses();
        snapshot.nets()
                .ids()
                .forEach(id ->
                        plans.put(id, Planner.plan(NetView.of(snapshot, id).orElseThrow())));
    }

    /** Whether what the NIC's machine sends from this address arrives, at that NIC if one is named, and is answered. */
    boolean answers(NetId net, NicId nic, Ipv4 source, Ipv4 destination, Traffic traffic, Optional<NicId> meant) {
        bindings.clear();
        askers.clear();
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
            case End.Nowhere _, End.Handed _ -> false;
            case End.AtPort(NetId other, Port there, Packet arrived) ->
                meant.filter(it -> !it.equals(there.nic())).isEmpty() && isAt(net, nic, replied(other, there, arrived));
            case End.Outside(Packet arrived) -> isAt(net, nic, outside(arrived.reversed()));
        };
    }

    /** The NIC to which what the NIC's machine sends is handed, because a route leads there, if it is. */
    Optional<NicId> handedTo(NetId net, NicId nic, Ipv4 source, Ipv4 destination, Traffic traffic) {
        bindings.clear();
        askers.clear();
        Packet packet = new Packet(source, destination, traffic, false);
        return port(net, nic)
                .filter(port -> port.up() && !sameMachine(net, port, destination))
                .map(port -> fromPort(net, exit(net, port, destination), packet))
                .flatMap(end -> end instanceof End.Handed(NicId to) ? Optional.of(to) : Optional.empty());
    }

    /** Whether what somebody outside sends arrives, at that NIC if one is named, and is answered. */
    boolean answersOutside(Ipv4 source, Ipv4 destination, Traffic traffic, Optional<NicId> meant) {
        bindings.clear();
        askers.clear();
        return outside(new Packet(source, destination, traffic, false))
                        instanceof End.AtPort(NetId net, Port there, Packet arrived)
                && meant.filter(it -> !it.equals(there.nic())).isEmpty()
                && replied(net, there, arrived) instanceof End.Outside(Packet reply)
                && reply.destination().equals(source)
                && reply.source().equals(destination);
    }

    private End replied(NetId net, Port there, Packet arrived) {
        return fromPort(net, exit(net, there, arrived.source()), arrived.reversed());
    }

    private static boolean isAt(NetId net, NicId nic, End end) {
        return end instanceof End.AtPort(NetId home, Port port, Packet _)
                && home.equals(net)
                && port.nic().equals(nic);
    }

    /** Goes on to the Net that has the public address; a private one nobody has there. */
    private End outside(Packet packet) {
        for (NetPlan plan : plans.values()) {
            for (Map.Entry<Ipv4, Ipv4> pair : plan.exit()
                    .map(NetPlan.Exit::publicAddresses)
                    .orElse(Map.of())
                    .entrySet()) {
                if (pair.getValue().equals(packet.destination())) {
                    return plan.range().contains(packet.source())
                            ? new End.Nowhere()
                            : forward(plan, new Door.Outside(), Optional.empty(), packet.to(pair.getKey()));
                }
            }
        }
        boolean somebody = !taken.contains(packet.destination())
                && PRIVATE.stream().noneMatch(range -> range.contains(packet.destination()));
        return somebody ? new End.Outside(packet) : new End.Nowhere();
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
        return forward(plan(net), new Door.Nic(port.nic()), Optional.of(port), packet);
    }

    private End fromPeer(NetId net, NetPeeringId peering, Packet packet) {
        NetPlan plan = plan(net);
        PeeringLink link = Optional.ofNullable(plan.peerings().get(peering)).orElseThrow();
        boolean admitted =
                link.peerRange().contains(packet.source()) && plan.range().contains(packet.destination());
        return admitted ? forward(plan, new Door.Peer(peering), Optional.empty(), packet) : new End.Nowhere();
    }

    private static Optional<NatService> natServiceAt(NetPlan plan, Ipv4 address) {
        return plan.natServices().values().stream()
                .filter(nat -> nat.address().equals(address))
                .findFirst();
    }

    /** What is sent to it by a route: it tells flows apart by ports and by ICMP's numbers, and sends on with its address. */
    private End throughNat(NetPlan plan, Door in, Optional<Port> sender, NatService nat, Packet packet) {
        if (packet.reply()
                || !nat.up()
                || packet.traffic() instanceof Traffic.Other
                || !crosses(plan, sender.map(Port::subnet), Optional.of(nat.subnet()), packet)
                || !rulesAllow(plan, in, sender, new Door.Nat(nat.id()), Optional.empty(), packet)) {
            return new End.Nowhere();
        }
        askers.put(nat.id(), packet.source());
        return onward(
                plan, new Door.Nat(nat.id()), nat.table(), Optional.empty(), nat.subnet(), packet.from(nat.address()));
    }

    /** An answer to what it passed on goes to whoever asked; what is no answer it drops. */
    private End backThroughNat(NetPlan plan, Door in, NatService nat, Packet packet) {
        Optional<Ipv4> asker = Optional.ofNullable(askers.get(nat.id()));
        if (!packet.reply()
                || asker.isEmpty()
                || !nat.up()
                || !bound(plan, in, new Door.Nat(nat.id()), packet)
                || !crosses(plan, Optional.empty(), Optional.of(nat.subnet()), packet)) {
            return new End.Nowhere();
        }
        Packet back = packet.to(asker.get());
        return plan.ports().values().stream()
                .filter(it -> it.up() && it.addresses().contains(back.destination()))
                .filter(it -> crosses(plan, Optional.of(nat.subnet()), Optional.of(it.subnet()), back))
                .findFirst()
                .<End>map(port -> new End.AtPort(plan.net(), port, back))
                .orElse(new End.Nowhere());
    }

    private End forward(NetPlan plan, Door in, Optional<Port> sender, Packet packet) {
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
            Door out = new Door.Nic(receiver.get().nic());
            return passes(plan, in, sender, sender.map(Port::subnet), out, receiver, packet)
                    ? new End.AtPort(plan.net(), receiver.get(), packet)
                    : new End.Nowhere();
        }
        Optional<NatService> nat = natServiceAt(plan, packet.destination());
        if (nat.isPresent()) {
            return backThroughNat(plan, in, nat.get(), packet);
        }
        if (plan.range().contains(packet.destination())) {
            return new End.Nowhere();
        }
        return sender.map(port -> onward(plan, in, port.table(), sender, port.subnet(), packet))
                .orElse(new End.Nowhere());
    }

    /** By the route of the table, out of the Subnet. */
    private End onward(
            NetPlan plan, Door in, RouteTableId table, Optional<Port> sender, SubnetId subnet, Packet packet) {
        return way(plan, table, packet.destination())
                .map(hop -> switch (hop) {
                    case NextHop.Requested _, NextHop.Blackhole() -> new End.Nowhere();
                    case NextHop.Nic(NicId id) -> hand(plan, in, sender, id, packet);
                    case NextHop.Nat(NatServiceId id) ->
                        in instanceof Door.Nat
                                ? new End.Nowhere()
                                : throughNat(
                                        plan, in, sender, plan.natServices().get(id), packet);
                    case NextHop.Exit() -> leave(plan, in, sender, subnet, packet);
                    case NextHop.Peering(NetPeeringId peering) ->
                        passes(plan, in, sender, Optional.of(subnet), new Door.Peer(peering), Optional.empty(), packet)
                                ? fromPeer(plan.peerings().get(peering).peer(), peering, packet)
                                : new End.Nowhere();
                })
                .orElse(new End.Nowhere());
    }

    /** What comes from another NIC, and was not handed over before. A reply is not asked of rules. */
    private End hand(NetPlan plan, Door in, Optional<Port> sender, NicId id, Packet packet) {
        Door out = new Door.Nic(id);
        boolean taken = in instanceof Door.Nic
                && sender.map(Port::vm)
                        .filter(vm -> port(plan.net(), id)
                                .map(Port::vm)
                                .filter(vm::equals)
                                .isPresent())
                        .isEmpty()
                && (passingOn || !packet.reply())
                && passes(plan, in, sender, sender.map(Port::subnet), out, port(plan.net(), id), packet);
        if (!taken) {
            return new End.Nowhere();
        }
        return passingOn ? passOn(plan, port(plan.net(), id).orElseThrow(), packet) : new End.Handed(id);
    }

    private End passOn(NetPlan plan, Port handed, Packet packet) {
        Port port = exit(plan.net(), handed, packet.destination());
        return port.checked()
                ? new End.Nowhere()
                : onward(plan, new Door.Passing(port.nic()), port.table(), Optional.of(port), port.subnet(), packet);
    }

    private End leave(NetPlan plan, Door in, Optional<Port> sender, SubnetId subnet, Packet packet) {
        Optional<Ipv4> seenAs = plan.exit()
                .flatMap(exit -> Optional.ofNullable(exit.publicAddresses().get(packet.source())));
        return passes(plan, in, sender, Optional.of(subnet), new Door.Outside(), Optional.empty(), packet)
                ? seenAs.map(address -> outside(packet.from(address))).orElse(new End.Nowhere())
                : new End.Nowhere();
    }

    private static Optional<NextHop> way(NetPlan plan, RouteTableId table, Ipv4 destination) {
        return plan.tables().get(table).routes().entrySet().stream()
                .filter(route -> route.getKey().contains(destination))
                .max(Comparator.comparingInt(route -> route.getKey().length()))
                .map(Map.Entry::getValue);
    }

    private boolean passes(
            NetPlan plan,
            Door in,
            Optional<Port> sender,
            Optional<SubnetId> subnet,
            Door out,
            Optional<Port> receiver,
            Packet packet) {
        if (!bound(plan, in, out, packet)) {
            return false;
        }
        if (out instanceof Door.Peer(NetPeeringId id)
                && !(plan.range().contains(packet.source())
                        && plan.peerings().get(id).peerRange().contains(packet.destination()))) {
            return false;
        }
        return crosses(plan, subnet, receiver.map(Port::subnet), packet)
                && rulesAllow(plan, in, sender, out, receiver, packet);
    }

    private static boolean rulesAllow(
            NetPlan plan, Door in, Optional<Port> sender, Door out, Optional<Port> receiver, Packet packet) {
        return packet.reply()
                || (sender.map(it -> allows(plan, it, GroupRules::outbound, packet, out, packet.destination()))
                                .orElse(true)
                        && receiver.map(it -> allows(plan, it, GroupRules::inbound, packet, in, packet.source()))
                                .orElse(true));
    }

    /** Every packet by itself, unless it stays in its Subnet. */
    private static boolean crosses(NetPlan plan, Optional<SubnetId> from, Optional<SubnetId> to, Packet packet) {
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

    private boolean bound(NetPlan plan, Door in, Door out, Packet packet) {
        if (!packet.reply()) {
            bindings.put(plan.net(), Stream.of(out, in).filter(Door::binds).findFirst());
        }
        Optional<Door> binding = bindings.getOrDefault(plan.net(), Optional.empty());
        return Stream.of(in, out)
                .filter(Door::binds)
                .allMatch(door -> binding.filter(door::equals).isPresent());
    }

    private static boolean allows(
            NetPlan plan,
            Port port,
            Function<GroupRules, List<GroupRule>> rules,
            Packet packet,
            Door door,
            Ipv4 other) {
        for (SecurityGroupId group : port.groups()) {
            for (GroupRule rule : rules.apply(plan.groups().get(group))) {
                boolean speaksOf = rule.ranges().contains(other)
                        || rule.groups().stream()
                                .anyMatch(it -> door.link()
                                        .filter(link -> plan.members().get(it).contains(new Member(link, other)))
                                        .isPresent());
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
