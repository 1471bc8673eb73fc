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
 * @param devices by name, without the loopback
 */
public record KernelState(
        Map<String, DeviceState> devices,
        Set<AddressEntry> addresses,
        Set<RouteEntry> routes,
        Set<RuleEntry> rules,
        Set<Neighbour> neighbours) {

    /** The loopback device, which every namespace has. */
    public static final String LOOPBACK = "lo";

    private static final AddressEntry LOOPBACK_ADDRESS = new AddressEntry(LOOPBACK, Ipv4.parse("127.0.0.1"), 8);

    public KernelState {
        devices = Map.copyOf(devices);
        addresses = Set.copyOf(addresses);
        routes = Set.copyOf(routes);
        rules = Set.copyOf(rules);
        neighbours = Set.copyOf(neighbours);
    }

    /** What may change of a device while it exists. */
    public record DeviceState(boolean up, boolean arp) {}

    /** What is left when these devices are deleted: whatever hangs on a device is gone with it. */
    public KernelState withoutDevices(Collection<String> deleted) {
        Map<String, DeviceState> left = new HashMap<>(devices);
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

    /** With these devices too, which were just made: they are down, and nothing hangs on them. */
    public KernelState withDevices(Collection<String> created) {
        Map<String, DeviceState> all = new HashMap<>(devices);
        created.forEach(device -> all.put(device, new DeviceState(false, true)));
        return new KernelState(all, addresses, routes, rules, neighbours);
    }

    private static <T> Set<T> without(Set<T> all, Predicate<T> gone) {
        return all.stream().filter(gone.negate()).collect(Collectors.toSet());
    }

    /** Reads it from the kernel. */
    public static KernelState observe(Netlink netlink) {
        return new KernelState(
                netlink.devices().stream()
                        .filter(device -> !device.name().equals(LOOPBACK))
                        .collect(Collectors.toMap(
                                NetworkDevice::name, device -> new DeviceState(device.up(), device.arp()))),
                netlink.addresses().stream()
                        .filter(address -> !LOOPBACK_ADDRESS.equals(address))
                        .collect(Collectors.toSet()),
                Set.copyOf(netlink.routes()),
                Set.copyOf(netlink.rules()),
                Set.copyOf(netlink.neighbours()));
    }
}
