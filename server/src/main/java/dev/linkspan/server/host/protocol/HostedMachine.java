package dev.linkspan.server.host.protocol;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.server.api.json.Required;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A machine that a host must have.
 *
 * @param nics its NICs, in the order of their places in it
 */
public record HostedMachine(@Required VmId vmId, @Required NetId netId, List<HostedNic> nics) {

    /** Holds a list that does not change. */
    public HostedMachine {
        nics = List.copyOf(nics);
    }

    /** As a plan has it. */
    public static HostedMachine of(NetId net, VmId vm, Collection<Port> ports) {
        return new HostedMachine(
                vm,
                net,
                ports.stream()
                        .sorted(Comparator.comparingInt(Port::deviceNumber))
                        .map(HostedNic::of)
                        .toList());
    }
}
