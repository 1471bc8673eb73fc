package dev.linkspan.core.planner;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.NetExits;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.networkacl.NetAcls;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.routing.RouteLookup;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One Net and what it touches, as it is true at one instant: the input of the {@link Planner} and of the reachability
 * analysis.
 *
 * @param acls its network ACLs
 * @param exits what leads out of it other than peerings
 * @param activePeerings its peerings that carry packets
 * @param requestedPeerings those that wait for an answer
 * @param namedGroupMembers for each group that a rule of this Net names: the NICs that have it, of whichever Net
 * @param failed the Subregions whose machines are silent
 */
public record NetView(
        Net net,
        Map<SubnetId, Subnet> subnets,
        List<Nic> nics,
        Map<VmId, Vm> vms,
        List<RouteTable> routeTables,
        List<SecurityGroup> securityGroups,
        NetAcls acls,
        NetExits exits,
        List<NetPeering> activePeerings,
        List<NetPeering> requestedPeerings,
        Map<SecurityGroupId, List<Nic>> namedGroupMembers,
        Set<SubregionName> failed) {

    /** The view of a Net; empty where there is no such Net in the snapshot's Region. */
    public static Optional<NetView> of(Snapshot snapshot, NetId id) {
        return snapshot.nets().find(id).map(net -> read(snapshot, net));
    }

    private static NetView read(Snapshot snapshot, Net net) {
        List<SecurityGroup> groups = snapshot.securityGroups().ofNet(net.id());
        List<NetPeering> peerings = snapshot.peerings().liveOfNet(net.id());
        return new NetView(
                net,
                byKey(snapshot.subnets().ofNet(net.id()), Subnet::id),
                snapshot.nics().ofNet(net.id()),
                byKey(snapshot.vms().ofNet(net.id()), Vm::id),
                snapshot.routeTables().ofNet(net.id()),
                groups,
                new NetAcls(net, snapshot.networkAcls().ofNet(net.id())),
                new NetExits(
                        snapshot.internetServices().findOfNet(net.id()),
                        snapshot.publicIps().ofNet(net.id()),
                        snapshot.natServices().existingOfNet(net.id())),
                peerings.stream().filter(NetPeering::isActive).toList(),
                peerings.stream()
                        .filter(peering -> peering.isPendingAt(snapshot.now()))
                        .toList(),
                namedGroups(groups).stream().collect(Collectors.toMap(id -> id, snapshot.nics()::ofSecurityGroup)),
                snapshot.silentSubregions());
    }

    private static Set<SecurityGroupId> namedGroups(List<SecurityGroup> groups) {
        Set<SecurityGroupId> named = new HashSet<>();
        for (SecurityGroup group : groups) {
            for (SecurityGroupRule rule : group.rules()) {
                if (rule.counterpart() instanceof Counterpart.Group other) {
                    named.add(other.id());
                }
            }
        }
        return named;
    }

    private static <K, V> Map<K, V> byKey(List<V> values, Function<V, K> key) {
        return values.stream().collect(Collectors.toMap(key, Function.identity()));
    }

    /** The address with which a NAT service of this Net sends on: its NIC's only one. */
    public Ipv4 addressOf(NatService service) {
        return nics.stream()
                .filter(nic -> nic.id().equals(service.nic()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("BUG: %s has no NIC".formatted(service.id())))
                .primaryAddress();
    }

    /** The table that decides for a Subnet: the one linked to it, else the Net's main one. */
    public RouteTableId routeTableOf(SubnetId subnet) {
        return RouteLookup.tableOf(routeTables, subnet).id();
    }
}
