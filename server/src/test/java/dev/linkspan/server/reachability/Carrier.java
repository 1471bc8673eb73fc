package dev.linkspan.server.reachability;

import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.network.LiveFlow;
import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.ProbeResult;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What carries the packets of one Region, or knows what became of them when they were carried. */
interface Carrier extends AutoCloseable {

    /** Opens one for the Region of a store. */
    @FunctionalInterface
    interface Opening {
        Carrier over(Store store);
    }

    /**
     * Waits until the network is as the truth says.
     *
     * @param passingOn the machines that pass on what they are handed for others
     */
    void settle(Set<VmId> passingOn);

    /** The probes that fare otherwise than expected, and how. */
    Map<Probe, ProbeResult> surprises(Map<Probe, ProbeResult> expected);

    /** Makes the connection, if it can make any. */
    Optional<LiveFlow> connect(Probe.Tcp first, VmId to);

    @Override
    void close();
}
