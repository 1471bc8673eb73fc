package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.NetExits;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.networkacl.NetAcls;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.planner.NetView;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTableLink;
import dev.linkspan.core.securitygroup.SecurityGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A Net's view, and its live peerings, by what a packet asks for: so that a question costs the same in a Net of any size. */
final class NetIndex {

    /** Every Net has a main table; that of a Net of which nothing is seen has no name. */
    private static final RouteTableId UNSEEN_TABLE = new RouteTableId("rtb-00000000");

    private static final RouteTableLinkId UNSEEN_LINK = new RouteTableLinkId("rtbassoc-00000000");

    private final NetView view;
    private final Map<NicId, Nic> nics = new HashMap<>();
    private final Map<Ipv4, Nic> nicsByAddress = new HashMap<>();
    private final Map<VmId, List<Nic>> nicsByVm = new HashMap<>();
    private final Map<SubnetId, RouteTable> tables = new HashMap<>();
    private final Map<NicId, List<SecurityGroup>> groups = new HashMap<>();
    private final Map<NetId, List<NetPeering>> peerings = new HashMap<>();
    private final RouteTable mainTable;
    private final Optional<Memberships> assumed;

    /** @param live the Net's peerings that carry packets, or will once they are accepted */
    NetIndex(NetView view, List<NetPeering> live) {
        this(view, live, Optional.empty());
    }

    private NetIndex(NetView view, List<NetPeering> live, Optional<Memberships> assumed) {
        this.view = view;
        this.assumed = assumed;
        this.mainTable =
                view.routeTables().stream().filter(RouteTable::main).findFirst().orElseThrow();
        for (RouteTable table : view.routeTables()) {
            table.links().forEach(link -> link.subnet().ifPresent(subnet -> tables.put(subnet, table)));
        }
        Map<SecurityGroupId, SecurityGroup> byId = new HashMap<>();
        view.securityGroups().forEach(group -> byId.put(group.id(), group));
        view.nics().forEach(nic -> add(nic, byId));
        nicsByVm.values().forEach(list -> list.sort(Comparator.comparingInt(NetIndex::deviceNumber)));
        live.forEach(peering -> peerings.computeIfAbsent(
                        peering.peerOf(view.net().id()).net(), _ -> new ArrayList<>())
                .add(peering));
    }

    /** In which groups a machine of a Net is taken to be, of which nothing is seen. */
    interface Memberships {
        Set<SecurityGroupId> of(NetIndex asker, NetIndex other);
    }

    /** A Net of which nothing is seen but that it is there: it is empty. */
    static NetIndex outline(Net net, List<NetPeering> live, Memberships assumed) {
        RouteTable table = RouteTable.born(UNSEEN_TABLE, net, net.createdAt())
                .withLink(new RouteTableLink(UNSEEN_LINK, Optional.empty()));
        NetView view = new NetView(
                net,
                Map.of(),
                List.of(),
                Map.of(),
                List.of(table),
                List.of(),
                new NetAcls(net, List.of()),
                NetExits.NONE,
                List.of(),
                List.of(),
                Map.of(),
                Set.of());
        return new NetIndex(view, live, Optional.of(assumed));
    }

    /** What is assumed of its machines, where nothing is seen of them. */
    Optional<Memberships> assumed() {
        return assumed;
    }

    private void add(Nic nic, Map<SecurityGroupId, SecurityGroup> byId) {
        nics.put(nic.id(), nic);
        nic.addresses().forEach(address -> nicsByAddress.put(address, nic));
        nic.link()
                .ifPresent(link -> nicsByVm.computeIfAbsent(link.vm(), _ -> new ArrayList<>())
                        .add(nic));
        List<SecurityGroup> ofNic = new ArrayList<>();
        nic.groups().forEach(id -> Optional.ofNullable(byId.get(id)).ifPresent(ofNic::add));
        groups.put(nic.id(), ofNic);
    }

    private static int deviceNumber(Nic nic) {
        return nic.link().map(NicLink::deviceNumber).orElse(NicLink.LAST_DEVICE_NUMBER);
    }

    Net net() {
        return view.net();
    }

    NetView view() {
        return view;
    }

    Optional<Nic> nic(NicId id) {
        return Optional.ofNullable(nics.get(id));
    }

    Optional<Nic> nicAt(Ipv4 address) {
        return Optional.ofNullable(nicsByAddress.get(address));
    }

    /** By device number: the first is the one that its default route leads through. */
    List<Nic> nicsOf(VmId vm) {
        return nicsByVm.getOrDefault(vm, List.of());
    }

    Optional<Vm> vm(VmId id) {
        return Optional.ofNullable(view.vms().get(id));
    }

    Optional<Subnet> subnetAt(Ipv4 address) {
        return nicAt(address)
                .map(nic -> subnet(nic.subnet()))
                .or(() -> view.subnets().values().stream()
                        .filter(subnet -> subnet.range().contains(address))
                        .findFirst());
    }

    Subnet subnet(SubnetId id) {
        return Optional.ofNullable(view.subnets().get(id))
                .orElseThrow(() -> new IllegalStateException("BUG: the view does not hold %s".formatted(id)));
    }

    /** The table that decides for a Subnet; the main one for an address in none. */
    RouteTable tableOf(Optional<SubnetId> subnet) {
        return subnet.map(id -> tables.getOrDefault(id, mainTable)).orElse(mainTable);
    }

    List<SecurityGroup> groupsOf(Nic nic) {
        return groups.getOrDefault(nic.id(), List.of());
    }

    /** Those to this Net, active or pending. */
    List<NetPeering> peeringsWith(NetId peer) {
        return peerings.getOrDefault(peer, List.of());
    }

    List<NetPeering> peerings() {
        return peerings.values().stream().flatMap(List::stream).toList();
    }
}
