package dev.linkspan.core.reachability;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.plan.NetView;
import dev.linkspan.core.port.Snapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Region as the analysis sees it: Net by Net, each read once, when a packet gets there. Good for as long as its snapshot
 * is, and for one thread.
 */
public final class RegionView {

    private final Snapshot snapshot;
    private final Instant now;
    private final Set<SubregionName> failed;
    private final Map<NetId, Optional<NetIndex>> nets = new HashMap<>();
    private final Map<NetPeeringId, Optional<NetPeering>> peerings = new HashMap<>();
    private final Map<VmId, Optional<NetId>> netsOfVms = new HashMap<>();
    private final Map<NicId, Optional<NetId>> netsOfNics = new HashMap<>();

    private RegionView(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.now = snapshot.now();
        this.failed = new HashSet<>(snapshot.failedSubregions());
    }

    public static RegionView of(Snapshot snapshot) {
        return new RegionView(snapshot);
    }

    Instant now() {
        return now;
    }

    boolean failed(SubregionName subregion) {
        return failed.contains(subregion);
    }

    Optional<NetIndex> net(NetId id) {
        return nets.computeIfAbsent(id, _ -> NetView.of(snapshot, id).map(this::index));
    }

    private NetIndex index(NetView view) {
        List<NetPeering> live = snapshot.livePeeringsOf(view.net().id()).stream()
                .filter(peering -> peering.stateAt(now) instanceof PeeringState.Live)
                .toList();
        return new NetIndex(view, live);
    }

    Optional<NetIndex> netOf(VmId vm) {
        return netsOfVms.computeIfAbsent(vm, _ -> snapshot.vm(vm).map(Vm::net)).flatMap(this::net);
    }

    Optional<NetIndex> netOf(NicId nic) {
        return netsOfNics
                .computeIfAbsent(nic, _ -> snapshot.nic(nic).map(Nic::net))
                .flatMap(this::net);
    }

    /** In whichever state; empty for one that is forgotten. */
    Optional<NetPeering> peering(NetPeeringId id) {
        return peerings.computeIfAbsent(id, snapshot::netPeering);
    }
}
