package dev.linkspan.server.network.vm;

import dev.linkspan.core.id.NicId;
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
import java.util.stream.Collectors;

/**
 * A VM: a namespace in which whoever runs commands finds NICs that are set up. What is configured in it beyond that is
 * the tenant's and is left alone.
 */
public final class VmNamespace {

    private static final Map<String, String> SYSCTLS =
            Map.of("net/ipv6/conf/all/disable_ipv6", "1", "net/ipv6/conf/default/disable_ipv6", "1");

    private final NetworkNamespace namespace;
    private Optional<Applied> applied = Optional.empty();

    /**
     * What was applied last.
     *
     * @param nics by the name of the device
     */
    private record Applied(KernelState state, Map<String, NicId> nics) {

        static Applied of(Collection<Port> ports) {
            return new Applied(
                    VmNamespaceState.of(ports), ports.stream().collect(Collectors.toMap(VmLink::device, Port::nic)));
        }

        /** What is there before the next one: a device that is another NIC's now has just been made. */
        KernelState before(Applied next) {
            List<String> replaced = nics.keySet().stream()
                    .filter(device -> next.nics.containsKey(device)
                            && !next.nics.get(device).equals(nics.get(device)))
                    .toList();
            return state.withoutDevices(replaced).withDevices(replaced);
        }
    }

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

    /** Sets up its NICs, whose links exist. */
    public void apply(Collection<Port> ports) {
        Applied wanted = Applied.of(ports);
        if (applied.equals(Optional.of(wanted))) {
            return;
        }
        Optional<KernelState> before = applied.map(it -> it.before(wanted));
        applied = Optional.empty();
        try (Netlink netlink = namespace.openNetlink()) {
            List<NetlinkRequest> requests = before.map(state -> KernelDiff.between(state, wanted.state()))
                    .orElseGet(() -> KernelDiff.missing(KernelState.observe(netlink), wanted.state()));
            netlink.apply(requests);
        }
        applied = Optional.of(wanted);
    }

    /** Reads everything anew the next time. */
    public void forget() {
        applied = Optional.empty();
    }
}
