package dev.linkspan.server.network.netns;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.port.NetworkDriver;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The network on one machine: a namespace per Net as its router, one per VM, a pair of virtual links per NIC and per
 * active peering. Everything lies in one run folder and outlives the process.
 *
 * <p>A peering's link concerns two routers, and exists while the plans of both want it. Whichever Net is applied last
 * makes it, and then the other one is applied again to set up its end; whichever is applied first without it deletes it,
 * and both ends vanish together.
 */
public final class NetnsDriver implements NetworkDriver {

    /** From this many flows on it takes milliseconds to count whose they are. */
    private static final long MANY = 1_000;

    private static final Duration KEPT = Duration.ofSeconds(1);

    private final NetworkNamespaces namespaces;
    private final Map<NetId, Router> routers = new HashMap<>();
    private final Map<VmId, Machine> machines = new HashMap<>();

    /** Read by whoever asks how full a table is, too. */
    private final Map<NetId, NetPlan> plans = new ConcurrentHashMap<>();

    private final TrackingShares shares;
    private final Map<NetId, Look> looks = new ConcurrentHashMap<>();

    /** What was seen of a table, in {@link System#nanoTime()}. */
    private record Look(long at, FlowTable table) {}

    private NetnsDriver(NetworkNamespaces namespaces, TrackingShares shares) {
        this.namespaces = namespaces;
        this.shares = shares;
    }

    /** A link for each peering keeps its packets apart from those of every other (P13). */
    public static final boolean SEPARATES_OVERLAPPING_PEERS = true;

    /** Takes over what an earlier process left in the folder, undisturbed; makes the folder where it is missing. */
    public static NetnsDriver open(Path runFolder) {
        return open(runFolder, TrackingShares.STANDARD);
    }

    /** @param shares how many flows one link may open */
    public static NetnsDriver open(Path runFolder, TrackingShares shares) {
        return new NetnsDriver(NetworkNamespaces.open(runFolder), shares);
    }

    @Override
    public void removeStrangers(Set<NetId> nets, Set<VmId> vms) {
        Set<String> known = new HashSet<>();
        nets.forEach(net -> known.add(net.value()));
        vms.forEach(vm -> known.add(vm.value()));
        namespaces.names().stream().filter(name -> !known.contains(name)).forEach(namespaces::delete);
    }

    @Override
    public void apply(NetPlan plan) {
        NetPlan before = plans.put(plan.net(), plan);
        Router router = routers.computeIfAbsent(plan.net(), net -> new Router(namespaces, net.value(), shares));
        Map<NetPeeringId, NetworkNamespace> peers = willingPeers(plan);
        if (router.hasApplied(plan, peers.keySet())) {
            return;
        }
        Map<VmId, List<Port>> ports = plan.ports().values().stream()
                .collect(Collectors.groupingBy(Port::vm, LinkedHashMap::new, Collectors.toList()));
        ports.keySet().forEach(this::machine);
        Router.Outcome outcome = router.apply(plan, peers, peerPlans(plan));
        ports.forEach((vm, its) -> machine(vm).apply(its));
        if (before != null) {
            removeMachines(before, ports.keySet());
        }
        lookAfterBothEnds(outcome.raised(), router, ports, peers);
        for (PeeringLink peering : peeringsOf(before, plan)) {
            String link = Names.link(peering.id());
            if (outcome.createdPeerings().contains(link)) {
                applyAgain(peering, true);
            } else if (outcome.deletedPeerings().contains(link)) {
                applyAgain(peering, false);
            }
        }
    }

    @Override
    public void verify(NetPlan plan) {
        Router router = routers.get(plan.net());
        if (router != null) {
            router.forget();
        }
        plan.ports().values().forEach(port -> machine(port.vm()).forget());
        apply(plan);
    }

    @Override
    public void remove(NetId net) {
        NetPlan last = plans.remove(net);
        if (last != null) {
            removeMachines(last, Set.of());
            last.peerings().values().forEach(peering -> forget(peering.peer()));
        }
        routers.remove(net);
        looks.remove(net);
        namespaces.delete(net.value());
    }

    @Override
    public boolean separatesOverlappingPeers() {
        return SEPARATES_OVERLAPPING_PEERS;
    }

    @Override
    public ProbeAnswer probe(VmId from, ProbePacket packet) {
        NetworkNamespace machine = namespaces
                .find(from.value())
                .orElseThrow(() -> new Refusal(
                        RefusalCode.INVALID_STATE,
                        "The network of the VM '%s' is not made yet: try again in a moment.",
                        from));
        return new ProbeSender(machine).send(packet);
    }

    @Override
    public Optional<FlowTable> flowTable(NetId net) {
        return Optional.ofNullable(plans.get(net)).flatMap(this::table);
    }

    @Override
    public Map<NetId, FlowTable> flowTables() {
        Map<NetId, FlowTable> tables = new HashMap<>();
        plans.forEach((net, plan) -> table(plan).ifPresent(table -> tables.put(net, table)));
        return tables;
    }

    /** A Net that is removed meanwhile has none. One with many flows is looked at once a second, whoever asks. */
    private Optional<FlowTable> table(NetPlan plan) {
        Look latest = looks.get(plan.net());
        if (latest != null && System.nanoTime() - latest.at() < KEPT.toNanos()) {
            return Optional.of(latest.table());
        }
        Optional<FlowTable> table = look(plan);
        looks.remove(plan.net());
        table.filter(it -> it.flows() >= MANY).ifPresent(it -> looks.put(plan.net(), new Look(System.nanoTime(), it)));
        return table;
    }

    private Optional<FlowTable> look(NetPlan plan) {
        try {
            return namespaces.find(plan.net().value()).map(router -> new TrackingReader(shares).read(router, plan));
        } catch (SystemCallException gone) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        namespaces.close();
    }

    private List<NetPlan> peerPlans(NetPlan plan) {
        return plan.peerings().values().stream()
                .flatMap(peering -> Optional.ofNullable(plans.get(peering.peer())).stream())
                .toList();
    }

    /** Both ends of a link must know that the other one is up before a packet comes. */
    private void lookAfterBothEnds(
            Set<String> raised, Router router, Map<VmId, List<Port>> ports, Map<NetPeeringId, NetworkNamespace> peers) {
        lookAfter(router.namespace(), raised);
        ports.forEach((vm, its) -> lookAfter(machine(vm).namespace(), otherEnds(its, raised)));
        peers.forEach((peering, peer) -> {
            if (raised.contains(Names.link(peering))) {
                lookAfter(peer, Set.of(Names.link(peering)));
            }
        });
    }

    private static void lookAfter(NetworkNamespace namespace, Set<String> links) {
        if (!links.isEmpty()) {
            try (Netlink netlink = namespace.openNetlink()) {
                netlink.lookAfter(links);
            }
        }
    }

    private static Set<String> otherEnds(List<Port> ports, Set<String> links) {
        return ports.stream()
                .filter(port -> links.contains(Names.link(port.nic())))
                .map(MachineState::device)
                .collect(Collectors.toSet());
    }

    private Machine machine(VmId vm) {
        return machines.computeIfAbsent(vm, id -> new Machine(namespaces, id.value()));
    }

    /** The peers that want the link too; one that was not planned yet since this process began is taken to want it. */
    private Map<NetPeeringId, NetworkNamespace> willingPeers(NetPlan plan) {
        Map<NetPeeringId, NetworkNamespace> willing = new LinkedHashMap<>();
        for (PeeringLink peering : plan.peerings().values()) {
            NetPlan other = plans.get(peering.peer());
            if (other == null || other.peerings().containsKey(peering.id())) {
                namespaces.find(peering.peer().value()).ifPresent(router -> willing.put(peering.id(), router));
            }
        }
        return willing;
    }

    private void removeMachines(NetPlan before, Set<VmId> remaining) {
        for (Port port : before.ports().values()) {
            if (!remaining.contains(port.vm()) && machines.remove(port.vm()) != null) {
                namespaces.delete(port.vm().value());
            }
        }
    }

    private static Collection<PeeringLink> peeringsOf(@Nullable NetPlan before, NetPlan plan) {
        Map<NetPeeringId, PeeringLink> peerings = new LinkedHashMap<>();
        if (before != null) {
            peerings.putAll(before.peerings());
        }
        peerings.putAll(plan.peerings());
        return peerings.values();
    }

    /** The peer's end of a link appeared or vanished: one that appeared is set up, if the peer's plan wants the peering too. */
    private void applyAgain(PeeringLink peering, boolean exists) {
        Router router = routers.get(peering.peer());
        if (router != null) {
            router.learn(Names.link(peering.id()), exists);
        }
        NetPlan plan = plans.get(peering.peer());
        if (plan != null) {
            apply(plan);
        }
    }

    private void forget(NetId net) {
        Router router = routers.get(net);
        if (router != null) {
            router.forget();
        }
    }
}
