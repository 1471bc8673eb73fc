package dev.linkspan.server.host.agent;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NicId;
import dev.linkspan.server.host.protocol.LinkState;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A port of the host's switch.
 *
 * @param device the network device that it is for
 * @param port its row
 * @param settings the row of what is set of it
 * @param nic whose port it is to OVN, where it is one's; only where it is on the bridge of OVN
 * @param marked whose port the agent has made it, where it has
 * @param deviceIndex the number of the device that it was made for: a device that has come in its place is dead to the switch
 * @param addresses those of the NIC that were last made known
 * @param installed whether OVN says that it forwards for it
 * @param state of the device, as the switch sees it
 */
record SwitchPort(
        String device,
        UUID port,
        UUID settings,
        Optional<NicId> nic,
        Optional<NicId> marked,
        int deviceIndex,
        List<Ipv4> addresses,
        boolean installed,
        LinkState state) {

    /**
     * What a port is to be.
     *
     * @param deviceIndex the number of the device, as the kernel has it now
     */
    record Wanted(String device, int deviceIndex, NicId nic, List<Ipv4> addresses) {}
}
