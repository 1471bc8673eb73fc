package dev.linkspan.server.network.ovn;

import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.network.Driver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The network in OVN's logical routers and switches. It remembers nothing: what is there is what its copy of the database says, so each
 * call compares everything of a Net, and a call that returns normally says that all hosts forward as planned.
 *
 * <p>It makes ports for the NICs, by their ids. Who has the machines connects them, on a host of OVN's, by
 * {@code external_ids:iface-id}.
 */
public final class OvnDriver implements Driver {

    private static final Logger LOG = System.getLogger(OvnDriver.class.getName());

    private final OvnAccess access;
    private final Northbound northbound;
    private boolean warned;

    private OvnDriver(OvnAccess access, Northbound northbound) {
        this.access = access;
        this.northbound = northbound;
    }

    /** Begins to connect, and takes over what is there; whoever drove the same network before is refused from then on. */
    public static OvnDriver open(OvnSettings settings) {
        return new OvnDriver(settings.access(), Northbound.open(settings));
    }

    /**
     * Removes everything that servers of this network have written, and nothing else.
     *
     * @return how many Nets that were
     */
    public static int cleanUp(OvnSettings settings) {
        try (OvnDriver driver = open(settings)) {
            int nets = driver.northbound.nets().size();
            driver.removeOrphans(Set.of(), Set.of(), Set.of());
            return nets;
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
        if (!warned) {
            warnOfGrowth();
        }
    }

    private void warnOfGrowth() {
        Optional<String> warning = northbound
                .version()
                .flatMap(version -> version.warning(northbound.knownNets().size()));
        warning.ifPresent(text -> LOG.log(Level.WARNING, text));
        warned = warning.isPresent();
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

    /** It has no machines: whoever makes them sends from them. */
    @Override
    public ProbeAnswer probe(VmId from, ProbePacket packet) {
        throw new Refusal(
                        RefusalCode.INVALID_STATE, "The machine '%s' is on a host, which alone can send from it.", from)
                .about(from);
    }

    @Override
    public Record particulars() {
        return OvnParticulars.of(access, northbound.version(), northbound.chassis());
    }

    @Override
    public void close() {
        northbound.close();
    }
}
