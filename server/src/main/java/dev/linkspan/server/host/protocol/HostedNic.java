package dev.linkspan.server.host.protocol;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.server.api.json.Required;
import java.util.List;

/**
 * A NIC in a machine.
 *
 * @param deviceNumber its place in the machine, 0 for {@code eth0}
 * @param addresses the primary one first
 * @param subnetRange the range of its Subnet, for the machine's own configuration
 * @param up whether it exchanges packets: the machine runs and its Subregion has not failed
 */
public record HostedNic(
        @Required NicId nicId,
        @Required int deviceNumber,
        @Required MacAddress mac,
        @Required List<Ipv4> addresses,
        @Required Cidr subnetRange,
        @Required boolean up) {

    /** Holds a list that does not change. */
    public HostedNic {
        addresses = List.copyOf(addresses);
    }

    /** As a plan has it. */
    public static HostedNic of(Port port) {
        return new HostedNic(
                port.nic(), port.deviceNumber(), port.mac(), port.addresses(), port.subnetRange(), port.up());
    }
}
