package dev.linkspan.server.network.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.network.linux.netlink.KernelDiff;
import dev.linkspan.server.network.linux.netlink.KernelState;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetlinkRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A VM: a namespace in which whoever runs commands finds NICs that are set up. What is configured in it beyond that is
 * the tenant's and is left alone.
 */
public final class VmNamespace {

    private static final Map<String, String> SYSCTLS =
            Map.of("net/ipv6/conf/all/disable_ipv6", "1", "net/ipv6/conf/default/disable_ipv6", "1");

    private final NetworkNamespace namespace;
    private Optional<KernelState> applied = Optional.empty();

    /** Makes the namespace where it is missing. */
    public VmNamespace(NetworkNamespaces namespaces, String name) {
        this.namespace = namespaces.find(name).orElseGet(() -> create(namespaces, name));
    }

    private static NetworkNamespace create(NetworkNamespaces namespaces, String name) {
        NetworkNamespace created = namespaces.create(name);
        created.writeSysctls(SYSCTLS);
        try (Netlink netlink = created.openNetlink()) {
            netlink.apply(NetlinkRequest.ChangeDevice.up(KernelState.LOOPBACK));
        }
        return created;
    }

    /** The namespace of the VM. */
    public NetworkNamespace namespace() {
        return namespace;
    }

    /** Whether the VM holds this NIC's other end where the plan wants it. */
    public static boolean holds(NetworkNamespaces namespaces, Port port) {
        return namespaces
                .find(port.vm().value())
                .map(machine -> holds(machine, port))
                .orElse(false);
    }

    private static boolean holds(NetworkNamespace machine, Port port) {
        try (Netlink netlink = machine.openNetlink()) {
            return netlink.devices().stream()
                    .anyMatch(link -> link.name().equals(VmLink.device(port))
                            && link.mac().equals(Optional.of(port.mac())));
        }
    }

    /**
     * Sets up its NICs, whose links exist.
     *
     * @param made the devices that were made since the last time: nothing hangs on them
     */
    public void apply(Collection<VmNic> nics, Collection<String> made) {
        KernelState wanted = VmNamespaceState.of(nics);
        if (made.isEmpty() && applied.equals(Optional.of(wanted))) {
            return;
        }
        Optional<KernelState> before = applied.map(it -> it.withoutDevices(made).withDevices(made));
        applied = Optional.empty();
        try (Netlink netlink = namespace.openNetlink()) {
            List<NetlinkRequest> requests = before.map(state -> KernelDiff.between(state, wanted))
                    .orElseGet(() -> KernelDiff.missing(KernelState.observe(netlink), wanted));
            netlink.apply(requests);
        }
        applied = Optional.of(wanted);
    }

    /** Takes addresses from a device that an earlier process may have given it; nothing happens where it has not. */
    public void withdraw(String device, Collection<Ipv4> addresses) {
        try (Netlink netlink = namespace.openNetlink()) {
            netlink.apply(netlink.addresses().stream()
                    .filter(entry -> entry.device().equals(device) && addresses.contains(entry.address()))
                    .map(NetlinkRequest.DeleteAddress::new)
                    .toList());
        }
    }

    /** Reads everything anew the next time. */
    public void forget() {
        applied = Optional.empty();
    }
}
