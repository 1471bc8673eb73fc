package dev.linkspan.server.network.vm;

import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.plan.NetPlan.Port;

/** What both ends of a VM's link go by, whatever is at the other one. */
public final class VmLink {

    /** The largest packet in bytes, as inside an AWS VPC. */
    public static final int MTU = 9001;

    /** The MAC of the router on every link. */
    public static final MacAddress ROUTER_MAC = MacAddress.parse("02:00:00:00:00:fe");

    private VmLink() {}

    /** What the NIC's device is called inside its VM. */
    public static String device(Port port) {
        return device(port.deviceNumber());
    }

    static String device(int deviceNumber) {
        return "eth" + deviceNumber;
    }
}
