package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.network.Driver;
import dev.linkspan.server.network.FlowLimits;
import dev.linkspan.server.network.linux.SystemCallException;
import dev.linkspan.server.network.linux.namespace.NamespaceParticulars;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.vm.ProbeSender;
import dev.linkspan.server.network.vm.VmLink;
import dev.linkspan.server.network.vm.VmNamespace;
import dev.linkspan.server.network.vm.VmNic;
import java.nio.file.Path;
import java.time.Duration;
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
 * The network on one machine: a namespace per Net as its router, one per VM and NAT service, a pair of virtual links per NIC and per
 * active peering ({@link PeeringVeth}). Everything lies in one run folder and outlives the process.
 */
public final class NetnsDriver implements Driver {

    /** From this many flows on it takes milliseconds to count whose they are. */
    private static final long MANY = 1_000;

    /** For how long they are not counted again. */
    private static final Duration COUNT_KEPT = Duration.ofSeconds(1);

    /** For how long the host's networks are taken for the same. */
    private static final Duration UPLINK_KEPT = Duration.ofSeconds(20);

    private final Path runFolder;
    private final NetworkNamespaces namespaces;
    private final Map<NetId, Router> routers = new HashMap<>();
    private final Map<VmId, VmNamespace> machines = new HashMap<>();
    private final Map<NatServiceId, NatNamespace> natServices = new HashMap<>();
    private final Map<NetPeeringId, PeeringVeth> veths = new HashMap<>();

    /** Read by whoever asks how full a table is, too. */
    private final Map<NetId, NetPlan> plans = new ConcurrentHashMap<>();

    private final TrackingShares shares;
    private final Outside outside;
    private final NetworkNamespace host;
    private final Optional<Uplink> uplink;
    private volatile long uplinkRenewed = System.nanoTime();
    private final Map<NetId, Reading> readings = new ConcurrentHashMap<>();

    /** What was seen of a table, in {@link System#nanoTime()}. */
    private record Reading(long at, FlowTable table) {}

    /**
     * The host, and what of it outside is bound to.
     *
     * @param namespace the file that stands for the namespace in which the host's interfaces are
     * @param uplink the name of one of them, if outside is to be bound to it
     */
    public record Host(Path namespace, Optional<String> uplink) {

        /** What this process is in, nothing of which is bound. */
        static final Host UNBOUND = bound(Optional.empty());

        /** What this process is in. */
        static Host bound(Optional<String> uplink) {
            return new Host(Path.of("/proc/self/ns/net"), uplink);
        }
    }

    private NetnsDriver(Path runFolder, TrackingShares shares, PublicIpPools publicIps, Host host) {
        this.runFolder = runFolder;
        this.namespaces = NetworkNamespaces.open(runFolder);
        this.shares = shares;
        this.outside = new Outside(
                namespaces,
                publicIps.byRegion().values().stream()
                        .map(PublicIpPool::outside)
                        .collect(Collectors.toSet()));
        this.host = namespaces.other("host", host.namespace());
        Set<Cidr> ranges =
                publicIps.byRegion().values().stream().map(PublicIpPool::range).collect(Collectors.toSet());
        this.uplink = host.uplink().map(device -> new Uplink(this.host, runFolder, device, ranges));
    }

    /** Takes over what an earlier process left in the folder, undisturbed; makes the folder where it is missing. Outside has no address. */
    public static NetnsDriver open(Path runFolder) {
        return open(runFolder, FlowLimits.STANDARD, PublicIpPools.NONE);
    }

    /**
     * The same, with other limits than the standard ones.
     *
     * @param publicIps outside has the first address of each Region's
     */
    public static NetnsDriver open(Path runFolder, FlowLimits limits, PublicIpPools publicIps) {
        return open(runFolder, limits, publicIps, Host.UNBOUND);
    }

    /** The same, with outside bound to an interface of the host or, if to none, no longer to that of an earlier process. */
    public static NetnsDriver open(Path runFolder, FlowLimits limits, PublicIpPools publicIps, Host host) {
        NetnsDriver driver = new NetnsDriver(runFolder, new TrackingShares(limits), publicIps, host);
        try {
            driver.uplink.ifPresentOrElse(
                    it -> it.bind(driver.outside.namespace()), () -> Uplink.release(driver.host, runFolder));
            return driver;
        } catch (RuntimeException failed) {
            driver.namespaces.close();
            throw failed;
        }
    }

    @Override
    public void removeOrphans(Set<NetId> nets, Set<VmId> vms, Set<NatServiceId> nats) {
        Set<String> known = new HashSet<>(Set.of(Outside.NAME));
        nets.forEach(net -> known.add(net.value()));
        vms.forEach(vm -> known.add(vm.value()));
        nats.forEach(nat -> known.add(nat.value()));
        namespaces.names().stream().filter(name -> !known.contains(name)).forEach(namespaces::delete);
    }

    /** A link is made when its peering becomes active: until then there is nothing of it. */
    @Override
    public void apply(NetPlan planned) {
        NetPlan plan = planned.withoutRequests();
        NetPlan before = plans.put(plan.net(), plan);
        List<PeeringVeth> concerned = veths(before, plan);
        concerned.forEach(veth -> veth.planned(plan));
        Router router = routers.computeIfAbsent(plan.net(), net -> new Router(namespaces, net.value(), shares));
        Map<NetPeeringId, NetworkNamespace> peers = routersOfPeers(plan);
        if (router.hasApplied(plan, peers.keySet()) && outside.hasApplied(plan)) {
            return;
        }
        Map<VmId, List<Port>> ports = plan.ports().values().stream()
                .collect(Collectors.groupingBy(Port::vm, LinkedHashMap::new, Collectors.toList()));
        ports.keySet().forEach(this::machine);
        plan.natServices().keySet().forEach(this::natService);
        try {
            apply(plan, router, peers, concerned, ports);
        } catch (RuntimeException failed) {
            // How far it got is not known: the next time everything is read anew.
            router.forget();
            outside.forget(plan.net());
            machines.forEach((vm, machine) -> {
                if (ports.containsKey(vm)) {
                    machine.forget();
                }
            });
            plan.natServices().keySet().forEach(nat -> natService(nat).forget());
            throw failed;
        }
        if (before != null) {
            removeMachines(before, ports.keySet());
            removeNatServices(before, plan.natServices().keySet());
        }
        forgetUnplanned(concerned);
    }

    private void apply(
            NetPlan plan,
            Router router,
            Map<NetPeeringId, NetworkNamespace> peers,
            List<PeeringVeth> concerned,
            Map<VmId, List<Port>> ports) {
        Router.Outcome outcome = router.apply(plan, peers, peerPlans(plan), outside);
        outside.apply(plan, outcome.created().contains(KernelNames.exit(plan.net())));
        ports.forEach((vm, its) ->
                machine(vm).apply(its.stream().map(VmNic::of).toList(), otherEnds(its, outcome.created())));
        plan.natServices()
                .forEach(
                        (id, nat) -> natService(id).apply(nat, outcome.created().contains(KernelNames.link(id))));
        noteCarriers(outcome.raised(), router, ports, peers);
        plan.natServices().keySet().stream()
                .filter(id -> outcome.raised().contains(KernelNames.link(id)))
                .forEach(id -> noteCarrier(natService(id).namespace(), Set.of(KernelNames.link(id))));
        if (outcome.raised().contains(KernelNames.exit(plan.net()))) {
            noteCarrier(outside.namespace(), Set.of(KernelNames.exit(plan.net())));
        }
        for (PeeringVeth veth : concerned) {
            boolean created = outcome.created().contains(veth.name());
            if (created || outcome.deleted().contains(veth.name())) {
                veth.changed(plan.net(), created);
                applyAgain(veth.peerOf(plan.net()));
            }
        }
    }

    @Override
    public void verify(NetPlan plan) {
        Router router = routers.get(plan.net());
        if (router != null) {
            router.forget();
        }
        outside.forget(plan.net());
        plan.ports().values().forEach(port -> machine(port.vm()).forget());
        plan.natServices().keySet().forEach(nat -> natService(nat).forget());
        uplink.ifPresent(this::renew);
        apply(plan);
    }

    private void renew(Uplink it) {
        if (System.nanoTime() - uplinkRenewed > UPLINK_KEPT.toNanos()) {
            uplinkRenewed = System.nanoTime();
            it.renew(outside.namespace());
        }
    }

    @Override
    public void remove(NetId net) {
        NetPlan last = plans.remove(net);
        if (last != null) {
            removeMachines(last, Set.of());
            removeNatServices(last, Set.of());
            List<PeeringVeth> concerned = veths(last, last);
            concerned.forEach(veth -> veth.removed(net));
            forgetUnplanned(concerned);
        }
        routers.remove(net);
        outside.forget(net);
        readings.remove(net);
        namespaces.delete(net.value());
    }

    @Override
    public Record particulars() {
        return NamespaceParticulars.in(runFolder);
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
        Reading latest = readings.get(plan.net());
        if (latest != null && System.nanoTime() - latest.at() < COUNT_KEPT.toNanos()) {
            return Optional.of(latest.table());
        }
        Optional<FlowTable> table = look(plan);
        readings.remove(plan.net());
        table.filter(it -> it.flows() >= MANY)
                .ifPresent(it -> readings.put(plan.net(), new Reading(System.nanoTime(), it)));
        return table;
    }

    private Optional<FlowTable> look(NetPlan plan) {
        try {
            return namespaces
                    .find(plan.net().value())
                    .map(router -> new TrackingReader(shares.limits()).read(router, plan));
        } catch (SystemCallException gone) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        uplink.ifPresent(Uplink::release);
        namespaces.close();
    }

    private List<NetPlan> peerPlans(NetPlan plan) {
        return plan.peerings().values().stream()
                .flatMap(peering -> Optional.ofNullable(plans.get(peering.peer())).stream())
                .toList();
    }

    /** Both ends of a link must know that the other one is up before a packet comes. */
    private void noteCarriers(
            Set<String> raised, Router router, Map<VmId, List<Port>> ports, Map<NetPeeringId, NetworkNamespace> peers) {
        noteCarrier(router.namespace(), raised);
        ports.forEach((vm, its) -> noteCarrier(machine(vm).namespace(), otherEnds(its, raised)));
        peers.forEach((peering, peer) -> {
            if (raised.contains(KernelNames.link(peering))) {
                noteCarrier(peer, Set.of(KernelNames.link(peering)));
            }
        });
    }

    private static void noteCarrier(NetworkNamespace namespace, Set<String> links) {
        if (!links.isEmpty()) {
            try (Netlink netlink = namespace.openNetlink()) {
                netlink.noteCarrier(links);
            }
        }
    }

    private static Set<String> otherEnds(List<Port> ports, Set<String> links) {
        return ports.stream()
                .filter(port -> links.contains(KernelNames.link(port.nic())))
                .map(VmLink::device)
                .collect(Collectors.toSet());
    }

    private VmNamespace machine(VmId vm) {
        return machines.computeIfAbsent(vm, id -> new VmNamespace(namespaces, id.value()));
    }

    private NatNamespace natService(NatServiceId nat) {
        return natServices.computeIfAbsent(nat, id -> new NatNamespace(namespaces, id));
    }

    /** The routers of those peers to which a link can be. */
    private Map<NetPeeringId, NetworkNamespace> routersOfPeers(NetPlan plan) {
        Map<NetPeeringId, NetworkNamespace> peers = new LinkedHashMap<>();
        for (PeeringLink peering : plan.peerings().values()) {
            veth(plan.net(), peering)
                    .routerOfPeer(plan.net(), namespaces)
                    .ifPresent(router -> peers.put(peering.id(), router));
        }
        return peers;
    }

    private PeeringVeth veth(NetId net, PeeringLink peering) {
        return veths.computeIfAbsent(peering.id(), id -> {
            PeeringVeth veth = new PeeringVeth(id, net, peering.peer(), it -> Optional.ofNullable(routers.get(it)));
            Optional.ofNullable(plans.get(peering.peer())).ifPresent(veth::planned);
            return veth;
        });
    }

    private void removeMachines(NetPlan before, Set<VmId> remaining) {
        for (Port port : before.ports().values()) {
            if (!remaining.contains(port.vm()) && machines.remove(port.vm()) != null) {
                namespaces.delete(port.vm().value());
            }
        }
    }

    private void removeNatServices(NetPlan before, Set<NatServiceId> remaining) {
        for (NatServiceId nat : before.natServices().keySet()) {
            if (!remaining.contains(nat) && natServices.remove(nat) != null) {
                namespaces.delete(nat.value());
            }
        }
    }

    /** The links of the peerings that the plan has or had. */
    private List<PeeringVeth> veths(@Nullable NetPlan before, NetPlan plan) {
        Map<NetPeeringId, PeeringLink> peerings = new LinkedHashMap<>();
        if (before != null) {
            peerings.putAll(before.peerings());
        }
        peerings.putAll(plan.peerings());
        return peerings.values().stream()
                .map(peering -> veth(plan.net(), peering))
                .toList();
    }

    private void forgetUnplanned(List<PeeringVeth> concerned) {
        concerned.stream().filter(PeeringVeth::isUnplanned).forEach(veth -> veths.remove(veth.peering(), veth));
    }

    /** An end of a link in its router appeared or vanished: one that appeared is set up, if the plan has the peering. */
    private void applyAgain(NetId net) {
        NetPlan plan = plans.get(net);
        if (plan != null) {
            apply(plan);
        }
    }
}
