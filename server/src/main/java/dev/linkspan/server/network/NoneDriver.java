package dev.linkspan.server.network;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.port.NetworkDriver;
import java.util.Set;

/** Carries no packets: for a server that is a control plane only ({@code --network none}). */
public final class NoneDriver implements NetworkDriver {

    @Override
    public void removeStrangers(Set<NetId> nets, Set<VmId> vms) {}

    @Override
    public void apply(NetPlan plan) {}

    @Override
    public void verify(NetPlan plan) {}

    @Override
    public void remove(NetId net) {}

    @Override
    public boolean separatesOverlappingPeers() {
        return true;
    }

    @Override
    public void close() {}
}
