package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.Outside;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.planner.NetView;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.Snapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A Region as the analysis sees it: Net by Net, each read once, when a packet gets there. Good for as long as its snapshot
 * is, and for one thread.
 */
public final class RegionView {

    private final Snapshot snapshot;
    private final FlowTables flowTables;
    private final Optional<PublicIpPool> pool;
    private final Instant now;
    private final Set<SubregionName> failed;
    private final Function<NetId, Optional<NetIndex>> read;
    private final Predicate<NetId> seen;
    private final Map<NetId, Optional<NetIndex>> nets = new HashMap<>();
    private final Map<NetPeeringId, Optional<NetPeering>> peerings = new HashMap<>();
    private final Map<VmId, Optional<NetId>> netsOfVms = new HashMap<>();
    private final Map<NicId, Optional<NetId>> netsOfNics = new HashMap<>();

    private RegionView(Snapshot snapshot, FlowTables flowTables, Optional<PublicIpPool> pool) {
        this.snapshot = snapshot;
        this.flowTables = flowTables;
        this.pool = pool;
        this.now = snapshot.now();
        this.failed = new HashSet<>(snapshot.silentSubregions());
        this.read = id -> NetView.of(snapshot, id).map(view -> new NetIndex(view, live(id)));
        this.seen = _ -> true;
    }

    private RegionView(
            RegionView whole, FlowTables flowTables, Function<NetId, Optional<NetIndex>> read, Predicate<NetId> seen) {
        this.snapshot = whole.snapshot;
        this.flowTables = flowTables;
        this.pool = whole.pool;
        this.now = whole.now;
        this.failed = whole.failed;
        this.read = read;
        this.seen = seen;
    }

    public static RegionView of(Snapshot snapshot) {
        return of(snapshot, FlowTables.UNKNOWN, PublicIpPools.NONE);
    }

    /**
     * The Region with what is in no snapshot.
     *
     * @param flowTables what the network tells of its routers now
     * @param pools the public addresses
     */
    public static RegionView of(Snapshot snapshot, FlowTables flowTables, PublicIpPools pools) {
        return new RegionView(snapshot, flowTables, pools.of(snapshot.region()));
    }

    FlowTables flowTables() {
        return flowTables;
    }

    Instant now() {
        return now;
    }

    boolean failed(SubregionName subregion) {
        return failed.contains(subregion);
    }

    Optional<NetIndex> net(NetId id) {
        return nets.computeIfAbsent(id, read);
    }

    private List<NetPeering> live(NetId net) {
        return snapshot.peerings().liveOfNet(net).stream()
                .filter(peering -> peering.stateAt(now) instanceof PeeringState.Live)
                .toList();
    }

    /**
     * The same Region as far as an account sees into it: its own Nets as they are; of others that they are there, with
     * their ranges and their peerings with Nets of its own. What is in them is not even read.
     *
     * @param memberships what is assumed of the groups of the others' machines
     */
    RegionView outlinedFor(AccountId viewer, NetIndex.Memberships memberships) {
        return new RegionView(
                this,
                flowTablesOf(viewer),
                id -> snapshot.nets()
                        .find(id)
                        .flatMap(net -> net.owner().equals(viewer)
                                ? net(id)
                                : Optional.of(NetIndex.outline(net, withNetsOf(viewer, id), memberships))),
                id -> isOf(viewer, id));
    }

    private boolean isOf(AccountId owner, NetId id) {
        return snapshot.nets().find(id).filter(net -> net.owner().equals(owner)).isPresent();
    }

    private FlowTables flowTablesOf(AccountId viewer) {
        return new FlowTables() {
            @Override
            public Optional<FlowTable> flowTable(NetId id) {
                return isOf(viewer, id) ? flowTables.flowTable(id) : Optional.empty();
            }
        };
    }

    private List<NetPeering> withNetsOf(AccountId viewer, NetId net) {
        return live(net).stream()
                .filter(peering -> peering.peerOf(net).owner().equals(viewer))
                .toList();
    }

    Optional<NetIndex> netOf(VmId vm) {
        return netsOfVms
                .computeIfAbsent(vm, _ -> snapshot.vms().find(vm).map(Vm::net))
                .flatMap(this::net);
    }

    Optional<NetIndex> netOf(NicId nic) {
        return netsOfNics
                .computeIfAbsent(nic, _ -> snapshot.nics().find(nic).map(Nic::net))
                .flatMap(this::net);
    }

    /** Empty for one that is gone. */
    Optional<InternetService> internetService(InternetServiceId id) {
        return snapshot.internetServices().find(id);
    }

    /**
     * The machine that a public address stands for, where that is seen; empty for one that stands for none, or that is not the
     * Region's.
     */
    Optional<ResolvedEndpoint> standsFor(Ipv4 publicAddress) {
        return snapshot.publicIps()
                .findByAddress(publicAddress)
                .flatMap(PublicIp::link)
                .filter(link -> seen.test(link.net()))
                .flatMap(link -> net(link.net()).map(net -> ResolvedEndpoint.at(net, link.privateAddress())));
    }

    /** What the owner of a Net has been given, and lets stand for nothing, in the order of addresses; where that is seen. */
    List<PublicIp> freePublicIps(ResolvedEndpoint seat) {
        return !seen.test(seat.netId())
                ? List.of()
                : snapshot.publicIps().ofOwner(seat.owner()).stream()
                        .filter(ip -> ip.link().isEmpty())
                        .sorted(Comparator.comparing(PublicIp::address))
                        .toList();
    }

    /** Whether it is a public address of the Region that stands for no machine. */
    boolean standsForNobody(Ipv4 publicAddress) {
        return snapshot.publicIps()
                .findByAddress(publicAddress)
                .map(ip -> ip.link().isEmpty())
                .orElseGet(() -> pool.filter(it -> it.mayGive(publicAddress)).isPresent());
    }

    /** Whether the address is outside, where no Net is meant by it. */
    public boolean isOutside(Ipv4 address) {
        return Outside.mayHave(address)
                || pool.filter(it -> it.range().contains(address)).isPresent();
    }

    /** In whichever state; empty for one that is forgotten. */
    Optional<NetPeering> peering(NetPeeringId id) {
        return peerings.computeIfAbsent(id, snapshot.peerings()::find);
    }
}
