package dev.linkspan.server.host.agent;

import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.VmId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is on a host.
 *
 * @param machines those that have a namespace
 * @param links the links of NICs, by the NIC for which their host's end is named
 * @param devices the numbers of the host's devices, by name
 * @param ports those of the host's switch, by device
 */
record HostState(
        Set<VmId> machines, Map<NicId, Link> links, Map<String, Integer> devices, Map<String, SwitchPort> ports) {

    /**
     * A link of a NIC.
     *
     * @param device the number of the host's end
     * @param up whether that is set up
     * @param ends what has this number at its other end: that of the link, and perhaps the ends of links which machines have among
     *     themselves, whose numbers count elsewhere
     */
    record Link(int device, boolean up, Set<End> ends) {}

    /** The end of a link that is in a machine. */
    record End(VmId machine, String device, MacAddress mac) {}

    /** Holds what does not change. */
    HostState {
        machines = Set.copyOf(machines);
        links = Map.copyOf(links);
        devices = Map.copyOf(devices);
        ports = Map.copyOf(ports);
    }

    /** The port by which this NIC is connected, where somebody else has made its device: a virtual machine's, say. */
    Optional<SwitchPort> attached(NicId nic) {
        return ports.values().stream()
                .filter(port -> port.nic().equals(Optional.of(nic)))
                .filter(port -> LinkNames.nic(port.device()).isEmpty())
                .findFirst();
    }
}
