package dev.linkspan.server.network.vm;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.plan.NetPlan.Port;
import java.util.List;

/**
 * A NIC as its VM knows it.
 *
 * @param deviceNumber its place in the VM, 0 for {@code eth0}
 * @param addresses the primary one first
 * @param subnetRange the range of its Subnet
 */
public record VmNic(int deviceNumber, MacAddress mac, List<Ipv4> addresses, Cidr subnetRange) {

    /** As a plan has it. */
    public static VmNic of(Port port) {
        return new VmNic(port.deviceNumber(), port.mac(), port.addresses(), port.subnetRange());
    }

    /** What its device is called inside its VM. */
    public String device() {
        return VmLink.device(deviceNumber);
    }
}
