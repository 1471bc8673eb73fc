package dev.linkspan.server.network.linux.netlink;

import dev.linkspan.core.address.Ipv4;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What rtnetlink knows of one namespace: how it should be, or how it was found.
 *
 * @param links by name, without the loopback
 */
public record KernelState(
        Map<String, LinkState> links,
        Set<AddressEntry> addresses,
        Set<RouteEntry> routes,
        Set<RuleEntry> rules,
        Set<Neighbour> neighbours) {

    public static final String LOOPBACK = "lo";

    private static final AddressEntry LOOPBACK_ADDRESS = new AddressEntry(LOOPBACK, Ipv4.parse("127.0.0.1"), 8);

    public KernelState {
        links = Map.copyOf(links);
        addresses = Set.copyOf(addresses);
        routes = Set.copyOf(routes);
        rules = Set.copyOf(rules);
        neighbours = Set.copyOf(neighbours);
    }

    /** What may change of a link while it exists. */
    public record LinkState(boolean up, boolean arp) {}

    /** What is left when these links are deleted: whatever hangs on a link is gone with it. */
    public KernelState withoutLinks(Collection<String> deleted) {
        Map<String, LinkState> left = new HashMap<>(links);
        left.keySet().removeAll(deleted);
        return new KernelState(
                left,
                without(addresses, address -> deleted.contains(address.device())),
                without(
                        routes,
                        route -> route.device().filter(deleted::contains).isPresent()),
                rules,
                without(neighbours, neighbour -> deleted.contains(neighbour.device())));
    }

    /** With these links too, which were just made: they are down, and nothing hangs on them. */
    public KernelState withLinks(Collection<String> created) {
        Map<String, LinkState> all = new HashMap<>(links);
        created.forEach(link -> all.put(link, new LinkState(false, true)));
        return new KernelState(all, addresses, routes, rules, neighbours);
    }

    private static <T> Set<T> without(Set<T> all, Predicate<T> gone) {
        return all.stream().filter(gone.negate()).collect(Collectors.toSet());
    }

    /** Reads it from the kernel. */
    public static KernelState observe(Netlink netlink) {
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
