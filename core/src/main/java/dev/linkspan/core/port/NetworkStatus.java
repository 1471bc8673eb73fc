package dev.linkspan.core.port;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import java.util.Map;
import java.util.Optional;

/** How far the network has followed what is true. */
public interface NetworkStatus {

    Report report();

    /**
     * One look at it.
     *
     * @param driver {@code netns}, {@code ovn} or {@code none}
     * @param standingBy whether another server that shares the store carries the network, so that this one does nothing
     * @param runFolder where the driver keeps the namespaces of VMs, where it has such a folder
     * @param appliedSequences per Region, the event up to which everything was applied; equal to the Region's last
     *     sequence when packets do what the API says
     * @param failing the Nets that could not be made as planned at the last try, and why; they are tried again
     */
    record Report(
            String driver,
            boolean standingBy,
            Optional<String> runFolder,
            Map<RegionName, Long> appliedSequences,
            Map<NetId, String> failing) {}
}
