package dev.linkspan.server.network.netns;

import dev.linkspan.core.address.Ipv4;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What rtnetlink knows of one namespace: how it should be, or how it was found.
 *
 * @param links by name, without the loopback
 */
record KernelState(
        Map<String, LinkState> links,
        Set<AddressEntry> addresses,
        Set<RouteEntry> routes,
        Set<RuleEntry> rules,
        Set<Neighbour> neighbours) {

    static final String LOOPBACK = "lo";

    private static final AddressEntry LOOPBACK_ADDRESS = new AddressEntry(LOOPBACK, Ipv4.parse("127.0.0.1"), 8);

    KernelState {
        links = Map.copyOf(links);
        addresses = Set.copyOf(addresses);
        routes = Set.copyOf(routes);
        rules = Set.copyOf(rules);
        neighbours = Set.copyOf(neighbours);
    }

    /** What may change of a link while it exists. */
    record LinkState(boolean up, boolean arp) {}

    /** Reads it from the kernel. */
    static KernelState observe(Netlink netlink) {
        return new KernelState(
                netlink.links().stream()
                        .filter(link -> !link.name().equals(LOOPBACK))
                        .collect(Collectors.toMap(Link::name, link -> new LinkState(link.up(), link.arp()))),
                netlink.addresses().stream()
                        .filter(address -> !LOOPBACK_ADDRESS.equals(address))
                        .collect(Collectors.toSet()),
                Set.copyOf(netlink.routes()),
                Set.copyOf(netlink.rules()),
                Set.copyOf(netlink.neighbours()));
    }
}
