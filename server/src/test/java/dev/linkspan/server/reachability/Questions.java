package dev.linkspan.server.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.reachability.Endpoint;
import dev.linkspan.core.reachability.Question;
import dev.linkspan.core.reachability.ReachabilityAnalysis;
import dev.linkspan.core.reachability.RegionView;
import dev.linkspan.core.reachability.Trace;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.Testbed;
import java.util.List;
import java.util.Optional;

/** Asks the analysis about what is sent, as the network is in one snapshot. */
final class Questions {

    private final Snapshot snapshot;
    private final ReachabilityAnalysis analysis;

    Questions(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.analysis = new ReachabilityAnalysis(RegionView.of(snapshot, FlowTables.UNKNOWN, Exits.POOLS));
    }

    /** Whether its sender is still there. */
    boolean isSender(Probe probe) {
        return probe.from().equals(Testbed.OUTSIDE)
                || !snapshot.nics().ofVm(new VmId(probe.from())).isEmpty();
    }

    /** What becomes of it, whoever it is for. */
    Trace about(Probe probe) {
        return about(probe, Optional.empty());
    }

    /** Whether it gets to the machine of each Net that has its destination's address. */
    List<Trace> aboutEachMeant(Probe probe) {
        return snapshot.nets().ids().stream()
                .filter(net -> isAddressIn(net, probe.to()))
                .map(net -> about(probe, Optional.of(net)))
                .toList();
    }

    private boolean isAddressIn(NetId net, Ipv4 address) {
        return snapshot.nics().ofNet(net).stream()
                .anyMatch(nic -> nic.addresses().contains(address));
    }

    private Trace about(Probe probe, Optional<NetId> whose) {
        return analysis.trace(new Question(sender(probe), new Endpoint.AtAddress(whose, probe.to()), traffic(probe)));
    }

    private Endpoint sender(Probe probe) {
        if (probe.from().equals(Testbed.OUTSIDE)) {
            return new Endpoint.AtAddress(Optional.empty(), probe.source());
        }
        VmId vm = new VmId(probe.from());
        return probe.source().equals(Probe.ANY)
                ? new Endpoint.InVm(vm)
                : new Endpoint.AtAddress(snapshot.vms().find(vm).map(Vm::net), probe.source());
    }

    private static Traffic traffic(Probe probe) {
        return switch (probe) {
            case Probe.Udp udp -> new Traffic.Ports(Traffic.UDP, udp.port(), udp.port());
            case Probe.Tcp tcp -> new Traffic.Ports(Traffic.TCP, tcp.port(), tcp.port());
            case Probe.Icmp icmp -> new Traffic.Icmp(icmp.type(), 0);
            case Probe.Experimental _ -> new Traffic.Other(Probe.Experimental.PROTOCOL);
        };
    }
}
