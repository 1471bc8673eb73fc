package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Exit;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.linux.netlink.AddressEntry;
import dev.linkspan.server.network.linux.netlink.KernelDiff;
import dev.linkspan.server.network.linux.netlink.KernelState;
import dev.linkspan.server.network.linux.netlink.KernelState.DeviceState;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest;
import dev.linkspan.server.network.linux.netlink.RouteEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What stands for the internet: a namespace that has the first address of each Region's public ones, whatever the user adds to
 * it, and a link to the router of each Net that has an internet service. It passes packets on from one Net's public address
 * to another's; a public address that stands for nothing is nowhere.
 */
final class Outside {

    /** No Net and no VM is called so. */
    static final String NAME = "outside";

    private static final Map<String, String> SYSCTLS = Map.of(
            "net/ipv4/ip_forward", "1",
            "net/ipv4/conf/all/rp_filter", "0",
            "net/ipv4/conf/default/rp_filter", "0",
            "net/ipv4/conf/all/send_redirects", "0",
            "net/ipv4/conf/default/send_redirects", "0",
            "net/ipv4/conf/all/accept_redirects", "0",
            "net/ipv6/conf/all/disable_ipv6", "1",
            "net/ipv6/conf/default/disable_ipv6", "1");

    private static final int HOST = 32;

    private final NetworkNamespaces namespaces;
    private final Set<Ipv4> addresses;
    private boolean prepared;

    /** What leads to each Net, as it was applied last. */
    private final Map<NetId, KernelState> applied = new HashMap<>();

    /** @param addresses its own, at least: what the user adds stays */
    Outside(NetworkNamespaces namespaces, Set<Ipv4> addresses) {
        this.namespaces = namespaces;
        this.addresses = addresses;
    }

    /** The namespace, which is made when the first Net needs it. */
    NetworkNamespace namespace() {
        Optional<NetworkNamespace> found = namespaces.find(NAME);
        if (found.isPresent() && prepared) {
            return found.get();
        }
        NetworkNamespace namespace = found.orElseGet(() -> namespaces.create(NAME));
        prepare(namespace);
        prepared = true;
        return namespace;
    }

    private void prepare(NetworkNamespace namespace) {
        applied.clear();
        namespace.writeSysctls(SYSCTLS);
        try (Netlink netlink = namespace.openNetlink()) {
            List<NetlinkRequest> requests = new ArrayList<>();
            requests.add(NetlinkRequest.ChangeDevice.up(KernelState.LOOPBACK));
            addresses.stream()
                    .map(address -> new AddressEntry(KernelState.LOOPBACK, address, HOST))
                    .filter(address -> !netlink.addresses().contains(address))
                    .sorted(Comparator.comparing(AddressEntry::address))
                    .forEach(address -> requests.add(new NetlinkRequest.AddAddress(address)));
            netlink.apply(requests);
        }
    }

    /** Whether what leads to the Net is there already. */
    boolean hasApplied(NetPlan plan) {
        return wanted(plan).equals(Optional.ofNullable(applied.get(plan.net())));
    }

    /** Lets it know the Net's public addresses; the link is there if the plan asks for one. */
    void apply(NetPlan plan, boolean created) {
        Optional<KernelState> wanted = wanted(plan);
        KernelState remembered = applied.remove(plan.net());
        if (wanted.isEmpty()) {
            return;
        }
        Optional<KernelState> before = created ? Optional.of(fresh(plan.net())) : Optional.ofNullable(remembered);
        try (Netlink netlink = namespace().openNetlink()) {
            netlink.apply(KernelDiff.between(before.orElseGet(() -> observe(netlink, plan.net())), wanted.get()));
        }
        applied.replaceAll((_, state) -> without(state, wanted.get().routes()));
        applied.put(plan.net(), wanted.get());
    }

    /** An address that has moved to another Net took its route along. */
    private static KernelState without(KernelState other, Set<RouteEntry> taken) {
        Set<Cidr> moved = taken.stream().map(RouteEntry::destination).collect(Collectors.toSet());
        boolean concerned = other.routes().stream().anyMatch(route -> moved.contains(route.destination()));
        return !concerned
                ? other
                : state(
                        other.devices(),
                        other.routes().stream()
                                .filter(route -> !moved.contains(route.destination()))
                                .collect(Collectors.toSet()));
    }

    /** Reads everything about the Net anew the next time. */
    void forget(NetId net) {
        applied.remove(net);
    }

    private static KernelState fresh(NetId net) {
        return empty().withDevices(Set.of(KernelNames.exit(net)));
    }

    private static KernelState empty() {
        return state(Map.of(), Set.of());
    }

    private static KernelState state(Map<String, DeviceState> links, Set<RouteEntry> routes) {
        return new KernelState(links, Set.of(), routes, Set.of(), Set.of());
    }

    /** What hangs on the Net's link; everything else is others'. */
    private static KernelState observe(Netlink netlink, NetId net) {
        String link = KernelNames.exit(net);
        KernelState all = KernelState.observe(netlink);
        Map<String, DeviceState> links = new HashMap<>(all.devices());
        links.keySet().retainAll(Set.of(link));
        return state(
                links,
                all.routes().stream()
                        .filter(route -> route.device().equals(Optional.of(link)))
                        .collect(Collectors.toSet()));
    }

    private static Optional<KernelState> wanted(NetPlan plan) {
        return plan.exit().map(exit -> {
            String link = KernelNames.exit(plan.net());
            return state(Map.of(link, new DeviceState(true, false)), routes(link, exit));
        });
    }

    private static Set<RouteEntry> routes(String link, Exit exit) {
        return exit.publicAddresses().values().stream()
                .map(address -> RouteEntry.through(RouteEntry.MAIN, Cidr.of(address), 0, link, RouterState.NEXT_HOP))
                .collect(Collectors.toSet());
    }
}
