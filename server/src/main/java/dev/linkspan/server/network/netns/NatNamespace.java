package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.plan.NetPlan.NatService;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.linux.netlink.AddressEntry;
import dev.linkspan.server.network.linux.netlink.KernelDiff;
import dev.linkspan.server.network.linux.netlink.KernelState;
import dev.linkspan.server.network.linux.netlink.KernelState.DeviceState;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest;
import dev.linkspan.server.network.linux.netlink.RouteEntry;
import dev.linkspan.server.network.linux.netlink.RuleEntry;
import dev.linkspan.server.network.linux.nftables.NftScript;
import dev.linkspan.server.network.linux.nftables.NftTable;
import dev.linkspan.server.network.linux.nftables.NftTable.NftChain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A NAT service (X4): a namespace with one link, to its Net's router, that sends what comes in there back with its own address
 * and another port if need be, and the answers to whoever asked. What is no answer and for its address, it drops.
 *
 * <p>It is a namespace of its own because the kernel's NAT needs a second table of flows: in the router's, a flow before and
 * after it would be in each other's way.
 */
final class NatNamespace {

    private static final String TABLE = "linkspan";
    private static final int HOST = 32;
    private static final int LOCAL = 255;
    private static final int ASK_MAIN = 32766;

    private final NatServiceId id;
    private final NetworkNamespace namespace;

    /** What was applied last, completely. */
    private Optional<Applied> applied = Optional.empty();

    private record Applied(KernelState state, NftTable filter) {}

    /** Makes the namespace where it is missing. */
    NatNamespace(NetworkNamespaces namespaces, NatServiceId id) {
        this.id = id;
        this.namespace = namespaces.find(id.value()).orElseGet(() -> namespaces.create(id.value()));
    }

    private static void prepare(NetworkNamespace namespace, Netlink netlink) {
        namespace.writeSysctls(Router.SYSCTLS);
        netlink.apply(NetlinkRequest.ChangeDevice.up(KernelState.LOOPBACK));
    }

    NetworkNamespace namespace() {
        return namespace;
    }

    /**
     * Sets it up; its link exists.
     *
     * @param created whether the link was made since the last time
     */
    void apply(NatService nat, boolean created) {
        KernelState wanted = state(nat);
        NftTable filter = filter(nat);
        if (!created && applied.equals(Optional.of(new Applied(wanted, filter)))) {
            return;
        }
        Optional<Applied> before = applied;
        applied = Optional.empty();
        if (!before.map(Applied::filter).equals(Optional.of(filter))) {
            applyFilter(filter);
        }
        Set<String> made = created ? Set.of(KernelNames.link(id)) : Set.of();
        try (Netlink netlink = namespace.openNetlink()) {
            if (before.isEmpty()) {
                prepare(namespace, netlink);
            }
            KernelState found = before.map(it -> it.state().withoutDevices(made).withDevices(made))
                    .orElseGet(() -> KernelState.observe(netlink));
            netlink.apply(KernelDiff.between(found, wanted));
        }
        applied = Optional.of(new Applied(wanted, filter));
    }

    private void applyFilter(NftTable filter) {
        String digest = NftScript.digest(List.of(filter));
        if (!namespace.nftables().untouchedDigest(TABLE).equals(Optional.of(digest))) {
            namespace.nftables().runStamped(NftScript.replacing(List.of(filter)), TABLE, digest);
        }
    }

    /** Reads everything anew the next time. */
    void forget() {
        applied = Optional.empty();
    }

    private static KernelState state(NatService nat) {
        String link = KernelNames.link(nat.id());
        return new KernelState(
                Map.of(link, new DeviceState(true, false)),
                Set.of(new AddressEntry(KernelState.LOOPBACK, nat.address(), HOST)),
                Set.of(RouteEntry.through(RouteEntry.MAIN, Cidr.ALL, 0, link, RouterState.NEXT_HOP)),
                Set.of(RuleEntry.lookup(0, LOCAL), RuleEntry.lookup(ASK_MAIN, RouteEntry.MAIN)),
                Set.of());
    }

    private static NftTable filter(NatService nat) {
        Map<String, NftChain> chains = new LinkedHashMap<>();
        chains.put("input", NftCompiler.hook("input priority filter"));
        chains.put("forward", NftCompiler.hook("forward priority filter", "ct state invalid drop", "accept"));
        chains.put(
                "translate",
                new NftChain(
                        "type nat hook postrouting priority srcnat; policy accept;",
                        List.of("snat to %s".formatted(nat.address()))));
        return new NftTable("ip " + TABLE, Map.of(), chains);
    }
}
