package dev.linkspan.server.network.ovn;

import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.port.NetworkDriver;
import java.util.List;
import java.util.Set;

/**
 * The network in OVN's logical routers and switches. It remembers nothing: what is there is what its copy of the database says, so each
 * call compares everything of a Net, and a call that returns normally says that all hosts forward as planned.
 *
 * <p>It makes ports for the NICs, by their ids. Who has the machines connects them, on a host of OVN's, by
 * {@code external_ids:iface-id}.
 */
public final class OvnDriver implements NetworkDriver {

    private final Northbound northbound;

    private OvnDriver(Northbound northbound) {
        this.northbound = northbound;
    }

    /** Begins to connect, and takes over what is there; whoever drove the same network before is refused from then on. */
    public static OvnDriver open(OvnSettings settings) {
        return new OvnDriver(Northbound.open(settings));
    }

    /** Removes everything that servers of this network have written, and nothing else. */
    public static void cleanUp(OvnSettings settings) {
        try (OvnDriver driver = open(settings)) {
            driver.removeOrphans(Set.of(), Set.of(), Set.of());
        }
    }

    /** Machines and NAT services are nothing by themselves here. */
    @Override
    public void removeOrphans(Set<NetId> nets, Set<VmId> vms, Set<NatServiceId> natServices) {
        northbound.put(northbound.nets().stream()
                .filter(net -> !nets.contains(net))
                .map(NetRows::none)
                .toList());
    }

    @Override
    public void apply(NetPlan plan) {
        northbound.put(List.of(OvnCompiler.compile(plan)));
    }

    /** The same as applying it, which compares everything. */
    @Override
    public void verify(NetPlan plan) {
        apply(plan);
    }

    @Override
    public void remove(NetId net) {
        northbound.put(List.of(NetRows.none(net)));
    }

    @Override
    public void close() {
        northbound.close();
    }
}
