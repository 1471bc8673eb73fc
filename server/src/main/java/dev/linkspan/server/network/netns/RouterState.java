package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.NatService;
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.plan.NetPlan.Table;
import dev.linkspan.server.network.linux.netlink.AddressEntry;
import dev.linkspan.server.network.linux.netlink.KernelState;
import dev.linkspan.server.network.linux.netlink.KernelState.DeviceState;
import dev.linkspan.server.network.linux.netlink.Neighbour;
import dev.linkspan.server.network.linux.netlink.RouteEntry;
import dev.linkspan.server.network.linux.netlink.RuleEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compiles a Net's plan into the links, addresses, rules and routes of its router.
 *
 * <p>There is no bridge: a NIC's link ends in the router, and a packet to the same Subnet is routed like any other, so
 * that the packet filter judges it (S4). The Net's own table is asked first and knows a host route per NIC and drops the
 * rest of the Net's range, so no route can lead it elsewhere (R1). Then the table is asked that the packet's mark names,
 * which is that of the sender's Subnet. What comes from a peering carries no mark: it reaches this Net or nothing (P11).
 *
 * <p>Behind each route to a peering stands a blackhole with a higher metric: when the peering's link goes, its routes go
 * with it, in all tables at once, and what they carried is dropped instead of taking a shorter prefix (R4).
 */
final class RouterState {

    /** The next hop across every peering, and to the outside or a NAT service and back. It belongs to nobody: it only says that the packet is for the other end. */
    static final Ipv4 NEXT_HOP = Ipv4.parse("169.254.0.1");

    private static final int KERNEL_LOCAL_TABLE = 255;
    private static final int ASK_BYPASS = 50;
    private static final int ASK_LOCAL_FIRST = 100;
    private static final int ASK_MARKED = 1000;
    private static final int ASK_FOR_ROUTER = 2000;
    private static final int ELSE_DROP = 32000;
    private static final int BEHIND = 1000;
    private static final int BEFORE = 10;

    private final NetPlan plan;
    private final Set<NetPeeringId> linked;
    private final Map<String, DeviceState> links = new HashMap<>();
    private final Set<AddressEntry> addresses = new HashSet<>();
    private final Set<RouteEntry> routes = new HashSet<>();
    private final Set<RuleEntry> rules = new HashSet<>();
    private final Set<Neighbour> neighbours = new HashSet<>();

    private RouterState(NetPlan plan, Set<NetPeeringId> linked) {
        this.plan = plan;
        this.linked = linked;
    }

    /**
     * The state that the plan asks for.
     *
     * @param linked the peerings whose link can exist, because the peer's router does
     */
    static KernelState of(NetPlan plan, Set<NetPeeringId> linked) {
        RouterState state = new RouterState(plan, linked);
        state.gateways();
        plan.ports().values().forEach(state::port);
        state.linked.forEach(peering -> state.links.put(KernelNames.link(peering), new DeviceState(true, false)));
        plan.natServices().values().forEach(state::natService);
        plan.exit().ifPresent(_ -> state.links.put(KernelNames.exit(plan.net()), new DeviceState(true, false)));
        state.rules();
        state.bypass();
        state.ownRoutes();
        plan.tables().values().forEach(state::table);
        return new KernelState(state.links, state.addresses, state.routes, state.rules, state.neighbours);
    }

    /** Without an address of its own, a router's ICMP errors would come from 192.0.0.8 (RFC 7600), which no peer lets in. */
    private void gateways() {
        Collection<Cidr> ranges = plan.gateways().isEmpty()
                ? List.of(plan.range())
                : plan.gateways().values();
        for (Cidr range : ranges) {
            addresses.add(new AddressEntry(KernelState.LOOPBACK, Subnet.gatewayOf(range), 32));
        }
        routes.add(RouteEntry.blackhole(KernelNames.LOCAL_TABLE, plan.range(), 0));
    }

    private void port(Port port) {
        String link = KernelNames.link(port.nic());
        links.put(link, new DeviceState(port.up(), true));
        if (port.up()) {
            for (Ipv4 address : port.addresses()) {
                neighbours.add(new Neighbour(link, address, port.mac()));
                routes.add(toPort(port, address));
            }
        }
    }

    private void natService(NatService nat) {
        String link = KernelNames.link(nat.id());
        links.put(link, new DeviceState(nat.up(), false));
        if (nat.up()) {
            routes.add(RouteEntry.through(KernelNames.LOCAL_TABLE, Cidr.of(nat.address()), 0, link, NEXT_HOP));
        }
    }

    private boolean isUp(NatServiceId nat) {
        return Optional.ofNullable(plan.natServices().get(nat))
                .filter(NatService::up)
                .isPresent();
    }

    /** The route to one of a NIC's addresses. */
    static RouteEntry toPort(Port port, Ipv4 address) {
        return RouteEntry.onLink(KernelNames.LOCAL_TABLE, Cidr.of(address), 0, KernelNames.link(port.nic()));
    }

    /** Its MAC is known by any of its addresses. */
    private static RouteEntry toAppliance(int table, Cidr destination, Port port) {
        return RouteEntry.through(
                table,
                destination,
                BEFORE,
                KernelNames.link(port.nic()),
                port.addresses().getFirst());
    }

    private void rules() {
        rules.add(RuleEntry.lookup(0, KERNEL_LOCAL_TABLE));
        rules.add(RuleEntry.lookup(ASK_LOCAL_FIRST, KernelNames.LOCAL_TABLE));
        rules.add(RuleEntry.lookupOwn(ASK_FOR_ROUTER, KernelNames.OWN_TABLE));
        rules.add(RuleEntry.blackhole(ELSE_DROP));
    }

    /** What comes in and passes by an appliance goes through the router twice, whomever it is for ({@link NftAppliances}). */
    private void bypass() {
        if (!plan.appliances().isEmpty()) {
            String link = KernelNames.bypass(plan.net());
            links.put(link, new DeviceState(true, false));
            links.put(KernelNames.reentry(plan.net()), new DeviceState(true, false));
            rules.add(RuleEntry.lookupMarked(ASK_BYPASS, KernelNames.BYPASS_MARK, KernelNames.BYPASS_TABLE));
            routes.add(RouteEntry.through(KernelNames.BYPASS_TABLE, Cidr.ALL, BEFORE, link, NEXT_HOP));
        }
    }

    /**
     * Where the router's ICMP errors about a peer's packets go, whatever the tables of its Subnets say. Of peers that overlap
     * each other an address does not tell which one is meant, so they are told nothing (P13).
     */
    private void ownRoutes() {
        for (PeeringLink peering : unlikeAnyOther(plan.peerings().values())) {
            if (linked.contains(peering.id())) {
                routes.add(RouteEntry.through(
                        KernelNames.OWN_TABLE, peering.peerRange(), BEFORE, KernelNames.link(peering.id()), NEXT_HOP));
            }
        }
    }

    /**
     * The peerings whose range overlaps no other one's. In the order of ranges, what contains one stands before it, and what
     * is contained in one follows at once.
     */
    private static List<PeeringLink> unlikeAnyOther(Collection<PeeringLink> peerings) {
        List<PeeringLink> ordered = peerings.stream()
                .sorted(Comparator.comparing(PeeringLink::peerRange))
                .toList();
        List<PeeringLink> unlike = new ArrayList<>();
        Optional<Cidr> widest = Optional.empty();
        for (int i = 0; i < ordered.size(); i++) {
            Cidr range = ordered.get(i).peerRange();
            boolean contained = widest.filter(it -> it.contains(range)).isPresent();
            boolean contains =
                    i + 1 < ordered.size() && range.contains(ordered.get(i + 1).peerRange());
            if (!contained) {
                widest = Optional.of(range);
                if (!contains) {
                    unlike.add(ordered.get(i));
                }
            }
        }
        return unlike;
    }

    private void table(Table table) {
        int number = KernelNames.number(table.id());
        rules.add(RuleEntry.lookupMarked(ASK_MARKED, number, number));
        table.routes().forEach((destination, hop) -> {
            routes.add(RouteEntry.blackhole(number, destination, BEHIND));
            switch (hop) {
                case NextHop.Peering(NetPeeringId peering)
                when linked.contains(peering) ->
                    routes.add(RouteEntry.through(number, destination, BEFORE, KernelNames.link(peering), NEXT_HOP));
                case NextHop.Exit() ->
                    routes.add(RouteEntry.through(number, destination, BEFORE, KernelNames.exit(plan.net()), NEXT_HOP));
                case NextHop.Nat(NatServiceId nat)
                when isUp(nat) ->
                    routes.add(RouteEntry.through(number, destination, BEFORE, KernelNames.link(nat), NEXT_HOP));
                case NextHop.Nic(NicId nic) ->
                    Optional.ofNullable(plan.ports().get(nic))
                            .ifPresent(port -> routes.add(toAppliance(number, destination, port)));
                case NextHop.Peering _, NextHop.Requested _, NextHop.Nat _, NextHop.Blackhole _ -> {}
            }
        });
    }
}
