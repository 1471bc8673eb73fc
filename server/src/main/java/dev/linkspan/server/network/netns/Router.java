package dev.linkspan.server.network.netns;

import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.linux.netlink.KernelDiff;
import dev.linkspan.server.network.linux.netlink.KernelState;
import dev.linkspan.server.network.linux.netlink.KernelState.DeviceState;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest;
import dev.linkspan.server.network.linux.nftables.NftScript;
import dev.linkspan.server.network.linux.nftables.NftTable;
import dev.linkspan.server.network.linux.nftables.Nftables;
import dev.linkspan.server.network.vm.VmLink;
import dev.linkspan.server.network.vm.VmNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The router of one Net: a namespace with a link to each NIC and each peer. It remembers what it applied, so that a change
 * costs what it changes; what it does not remember, it reads from the kernel.
 */
final class Router {

    /** In the order in which they must be there: before any link is. */
    static final Map<String, String> SYSCTLS = sysctls();

    private final NetworkNamespace namespace;
    private final NetworkNamespaces namespaces;
    private final TrackingShares shares;
    private Optional<Applied> applied = Optional.empty();

    /** What was applied last, completely. */
    private record Applied(NetPlan plan, PastRoutes past, KernelState state, List<NftTable> filter) {}

    /** What a step begins with: links that exist, and everything else as it was found or remembered. */
    private record Found(KernelState state, Set<NicId> misplaced, FlowEndings endings) {}

    /**
     * What others have to do with an application.
     *
     * @param deleted the names of links that were deleted: their other ends are gone with them
     * @param created the names of links that were made: their other ends are there, and down
     * @param raised the names of links that were set up
     */
    record Outcome(Set<String> deleted, Set<String> created, Set<String> raised) {}

    Router(NetworkNamespaces namespaces, String name, TrackingShares shares) {
        this.namespaces = namespaces;
        this.shares = shares;
        this.namespace = namespaces.find(name).orElseGet(() -> create(namespaces, name));
    }

    private static NetworkNamespace create(NetworkNamespaces namespaces, String name) {
        NetworkNamespace created = namespaces.create(name);
        created.writeSysctls(SYSCTLS);
        return created;
    }

    NetworkNamespace namespace() {
        return namespace;
    }

    Optional<NetPlan> plan() {
        return applied.map(Applied::plan);
    }

    /** Whether the plan is applied already, and every link to a peer that it asks for is up. */
    boolean hasApplied(NetPlan plan, Set<NetPeeringId> linkable) {
        return applied.filter(it -> it.plan().equals(plan)
                        && linkable.stream().allMatch(peering -> isUp(it.state(), KernelNames.link(peering))))
                .isPresent();
    }

    private static boolean isUp(KernelState state, String link) {
        DeviceState found = state.devices().get(link);
        return found != null && found.up();
    }

    /** A peer has made the link between the two, or deleted it: this end is there, and down, or it is gone. */
    void learn(String link, boolean exists) {
        List<String> changed = List.of(link);
        applied = applied.map(it -> new Applied(
                it.plan(),
                it.past(),
                exists ? it.state().withDevices(changed) : it.state().withoutDevices(changed),
                it.filter()));
    }

    /** Reads everything anew the next time. */
    void forget() {
        applied = Optional.empty();
    }

    /**
     * Makes the router as planned.
     *
     * @param peers the routers of those peers that exist
     * @param peerPlans the plans of those peers that are known
     * @param outside where the link of its exit leads
     */
    Outcome apply(
            NetPlan plan, Map<NetPeeringId, NetworkNamespace> peers, Collection<NetPlan> peerPlans, Outside outside) {
        Optional<Applied> before = applied;
        applied = Optional.empty();
        List<NftTable> filter = NftCompiler.compile(plan, shares);
        applyFilter(before.map(Applied::filter), filter);
        try (Netlink netlink = namespace.openNetlink()) {
            Found found = before.map(it -> remembered(it, plan)).orElseGet(() -> observe(netlink, plan));
            KernelState wanted = RouterState.of(plan, peers.keySet());
            List<String> deleted = deleteLinks(netlink, found, wanted);
            KernelState left = found.state().withoutDevices(deleted);
            List<String> created = createLinks(netlink, left.devices().keySet(), plan, peers, outside);
            KernelState start = left.withDevices(created);
            // What ends has ended, also for living flows, before anything takes its place.
            netlink.apply(KernelDiff.closing(start, wanted));
            found.endings().apply(namespace, plan, peerPlans, peers);
            Collection<String> unsettled =
                    before.isPresent() ? created : wanted.devices().keySet();
            List<NetlinkRequest> opening = new ArrayList<>(KernelDiff.missing(start, wanted));
            plan.ports().keySet().stream()
                    .map(KernelNames::link)
                    .filter(unsettled::contains)
                    .forEach(link -> opening.add(new NetlinkRequest.SetProxyDelay(link, Duration.ZERO)));
            netlink.apply(opening);
            PastRoutes past = before.map(it -> it.past().after(it.plan(), plan)).orElse(PastRoutes.NONE);
            applied = Optional.of(new Applied(plan, past, wanted, filter));
            return new Outcome(Set.copyOf(deleted), Set.copyOf(created), raised(start, wanted));
        }
    }

    private void applyFilter(Optional<List<NftTable>> before, List<NftTable> wanted) {
        Nftables nftables = namespace.nftables();
        String digest = NftScript.digest(wanted);
        if (before.isPresent()) {
            String changes = NftScript.between(before.get(), wanted);
            if (!changes.isEmpty()) {
                nftables.runStamped(changes, NftCompiler.IP_TABLE, digest);
            }
        } else if (!nftables.untouchedDigest(NftCompiler.IP_TABLE).equals(Optional.of(digest))) {
            nftables.runStamped(NftScript.replacing(wanted), NftCompiler.IP_TABLE, digest);
        }
    }

    private static Found remembered(Applied before, NetPlan plan) {
        return new Found(
                before.state(), moved(before.plan(), plan), FlowEndings.between(before.plan(), before.past(), plan));
    }

    private Found observe(Netlink netlink, NetPlan plan) {
        namespace.writeSysctls(SYSCTLS);
        KernelState state = KernelState.observe(netlink);
        Set<NicId> misplaced = new HashSet<>();
        for (Port port : plan.ports().values()) {
            if (state.devices().containsKey(KernelNames.link(port.nic())) && !VmNamespace.holds(namespaces, port)) {
                misplaced.add(port.nic());
            }
        }
        return new Found(state, misplaced, FlowEndings.found(state, misplaced, plan));
    }

    /** The NICs that are linked to another VM or device than before. */
    private static Set<NicId> moved(NetPlan before, NetPlan plan) {
        Set<NicId> moved = new HashSet<>();
        plan.ports().forEach((nic, port) -> {
            Port old = before.ports().get(nic);
            if (old != null && !(old.vm().equals(port.vm()) && old.deviceNumber() == port.deviceNumber())) {
                moved.add(nic);
            }
        });
        return moved;
    }

    private static List<String> deleteLinks(Netlink netlink, Found found, KernelState wanted) {
        Set<String> misplaced =
                found.misplaced().stream().map(KernelNames::link).collect(Collectors.toSet());
        List<String> surplus = found.state().devices().keySet().stream()
                .filter(link -> !wanted.devices().containsKey(link) || misplaced.contains(link))
                .sorted()
                .toList();
        // With one end of the link with itself the other one goes.
        netlink.apply(surplus.stream()
                .filter(link -> !link.startsWith(LinkKind.REENTRY.name("")))
                .map(NetlinkRequest.DeleteDevice::new)
                .toList());
        return surplus;
    }

    private List<String> createLinks(
            Netlink netlink,
            Set<String> existing,
            NetPlan plan,
            Map<NetPeeringId, NetworkNamespace> peers,
            Outside outside) {
        Map<String, NetlinkRequest> missing = new LinkedHashMap<>();
        for (Port port : plan.ports().values()) {
            String link = KernelNames.link(port.nic());
            if (!existing.contains(link)) {
                missing.put(link, veth(link, VmLink.device(port), port, namespaceOf(port.vm())));
            }
        }
        plan.natServices().keySet().forEach(nat -> {
            String link = KernelNames.link(nat);
            if (!existing.contains(link)) {
                missing.put(link, linkTo(namespaceOf(nat), link));
            }
        });
        peers.forEach((peering, peer) -> {
            String link = KernelNames.link(peering);
            if (!existing.contains(link)) {
                missing.put(link, linkTo(peer, link));
            }
        });
        String exit = KernelNames.exit(plan.net());
        if (plan.exit().isPresent() && !existing.contains(exit)) {
            missing.put(exit, linkTo(outside.namespace(), exit));
        }
        List<String> created = new ArrayList<>(missing.keySet());
        String bypass = KernelNames.bypass(plan.net());
        if (!plan.appliances().isEmpty() && !existing.contains(bypass)) {
            String reentry = KernelNames.reentry(plan.net());
            missing.put(bypass, linkTo(namespace, bypass, reentry));
            created.addAll(List.of(bypass, reentry));
        }
        netlink.apply(missing.values());
        return List.copyOf(created);
    }

    /** Makes both ends of a link under one name, the far one there. Neither asks by ARP, so they may have the same MAC. */
    private static NetlinkRequest linkTo(NetworkNamespace far, String name) {
        return linkTo(far, name, name);
    }

    private static NetlinkRequest linkTo(NetworkNamespace far, String name, String there) {
        return new NetlinkRequest.CreateVeth(
                new NetlinkRequest.VethEnd(name, VmLink.ROUTER_MAC),
                new NetlinkRequest.VethEnd(there, VmLink.ROUTER_MAC),
                far.file(),
                VmLink.MTU);
    }

    private static NetlinkRequest veth(String link, String device, Port port, NetworkNamespace machine) {
        return new NetlinkRequest.CreateVeth(
                new NetlinkRequest.VethEnd(link, VmLink.ROUTER_MAC),
                new NetlinkRequest.VethEnd(device, port.mac()),
                machine.file(),
                VmLink.MTU);
    }

    private NetworkNamespace namespaceOf(ResourceId id) {
        return namespaces
                .find(id.value())
                .orElseThrow(() -> new IllegalStateException("BUG: the namespace of %s is missing".formatted(id)));
    }

    private static Set<String> raised(KernelState before, KernelState wanted) {
        return wanted.devices().keySet().stream()
                .filter(link -> isUp(wanted, link) && !isUp(before, link))
                .collect(Collectors.toSet());
    }

    private static Map<String, String> sysctls() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("net/ipv4/ip_forward", "1");
        for (String which : List.of("all", "default")) {
            values.put("net/ipv4/conf/" + which + "/rp_filter", "0");
            values.put("net/ipv4/conf/" + which + "/send_redirects", "0");
            values.put("net/ipv6/conf/" + which + "/disable_ipv6", "1");
        }
        values.put("net/ipv4/conf/all/accept_redirects", "0");
        values.put("net/ipv4/conf/all/proxy_arp", "1");
        // Else the reply to a packet that was refused would take up the flow again.
        values.put("net/netfilter/nf_conntrack_tcp_loose", "0");
        values.putAll(TrackingShares.TIMEOUTS);
        return values;
    }
}
