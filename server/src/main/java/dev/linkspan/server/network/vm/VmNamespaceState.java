package dev.linkspan.server.network.vm;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.server.network.linux.netlink.AddressEntry;
import dev.linkspan.server.network.linux.netlink.KernelState;
import dev.linkspan.server.network.linux.netlink.KernelState.DeviceState;
import dev.linkspan.server.network.linux.netlink.Neighbour;
import dev.linkspan.server.network.linux.netlink.RouteEntry;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compiles the NICs of a VM into the links, addresses and routes inside it: what DHCP would tell a real machine. The
 * first NIC's router is the default one; other NICs reach their own Subnet, and whatever the tenant adds.
 */
final class VmNamespaceState {

    /** The prefix length of an address alone. */
    private static final int HOST = 32;

    private VmNamespaceState() {}

    static KernelState of(Collection<VmNic> nics) {
        Map<String, DeviceState> links = new HashMap<>();
        Set<AddressEntry> addresses = new HashSet<>();
        Set<RouteEntry> routes = new HashSet<>();
        Set<Neighbour> neighbours = new HashSet<>();
        List<VmNic> inOrder = nics.stream()
                .sorted(Comparator.comparingInt(VmNic::deviceNumber))
                .toList();
        for (VmNic nic : inOrder) {
            String device = nic.device();
            links.put(device, new DeviceState(true, true));
            addAddresses(nic, addresses);
            neighbours.add(new Neighbour(device, Subnet.gatewayOf(nic.subnetRange()), VmLink.ROUTER_MAC));
        }
        inOrder.stream().findFirst().ifPresent(first -> routes.add(defaultRoute(first)));
        return new KernelState(links, addresses, routes, Set.of(), neighbours);
    }

    /**
     * The primary address alone says what is on the link. Of several that do, the kernel sends from the one that it got first,
     * and forgets the others together with that one.
     */
    private static void addAddresses(VmNic nic, Set<AddressEntry> addresses) {
        String device = nic.device();
        Ipv4 primary = nic.addresses().getFirst();
        addresses.add(new AddressEntry(device, primary, nic.subnetRange().length()));
        nic.addresses().stream().skip(1).forEach(secondary -> addresses.add(new AddressEntry(device, secondary, HOST)));
    }

    private static RouteEntry defaultRoute(VmNic nic) {
        return new RouteEntry(
                RouteEntry.MAIN,
                Cidr.ALL,
                0,
                new RouteEntry.Hop.Gateway(nic.device(), Subnet.gatewayOf(nic.subnetRange()), false));
    }
}
