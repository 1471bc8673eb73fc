package dev.linkspan.core.port;

import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.NetPlan;
import java.util.Set;

/**
 * Makes packets follow the plan. Level-triggered: from whatever it finds, {@link #apply} converges on the
 * plan, changes only what differs, and doing it again changes nothing. Calls come from one thread at a time.
 */
public interface NetworkDriver extends AutoCloseable {

    /** Removes what an earlier process left of Nets, VMs and NAT services that are not among these. */
    void removeOrphans(Set<NetId> nets, Set<VmId> vms, Set<NatServiceId> natServices);

    /** Makes the network of this Net as planned; what it shares with a peer exists once both Nets are applied. */
    void apply(NetPlan plan);

    /** Compares everything of this Net with the plan, not only what this process remembers, and repairs it. */
    void verify(NetPlan plan);

    /** Removes everything of this Net. */
    void remove(NetId net);

    /** Stops driving; the network stays as it is, so that flows go on across a restart. */
    @Override
    void close();
}
