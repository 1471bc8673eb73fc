package dev.linkspan.core.planner;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.plan.GroupRule;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.Border;
import dev.linkspan.core.plan.NetPlan.BorderEntry;
import dev.linkspan.core.plan.NetPlan.GroupRules;
import dev.linkspan.core.plan.NetPlan.Link;
import dev.linkspan.core.plan.NetPlan.Member;
import dev.linkspan.core.plan.NetPlan.NextHop;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import dev.linkspan.core.plan.NetPlan.Port;
import dev.linkspan.core.plan.NetPlan.Table;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the truth about a Net into the network that must exist. A pure function: equal views give equal plans, and
 * every collection of a plan is in a stable order, so that plans can be compared.
 */
public final class Planner {

    private static final Comparator<ResourceId> BY_ID = Comparator.comparing(ResourceId::value);
    private static final Comparator<Member> MEMBER_ORDER = Comparator.comparing(Member::address)
            .thenComparing(member -> member.link().toString());

    private Planner() {}

    /** What routes may lead to, beside exits. */
    private record Ways(Set<NetPeeringId> active, Set<NetPeeringId> requested, Map<NicId, Port> ports) {

        Optional<NextHop> into(NetPeeringId id) {
            if (active.contains(id)) {
                return Optional.of(new NextHop.Peering(id));
            }
            return Optional.of(id).filter(requested::contains).map(NextHop.Requested::new);
        }
    }

    public static NetPlan plan(NetView view) {
        Map<NetPeeringId, PeeringLink> peerings = links(view, view.activePeerings());
        Map<NetPeeringId, PeeringLink> requested = links(view, view.requestedPeerings());
        Map<NicId, Port> ports = ports(view);
        Map<SecurityGroupId, GroupRules> groups = filters(view, ports.values());
        return new NetPlan(
                view.net().id(),
                view.net().range(),
                inOrder(view.subnets().values(), Subnet::id, Subnet::range),
                ports,
                natServices(view),
                peerings,
                requested,
                tables(view, new Ways(peerings.keySet(), requested.keySet(), ports)),
                groups,
                members(view, groups.values()),
                borders(view),
                exit(view));
    }

    private static Map<NetPeeringId, PeeringLink> links(NetView view, List<NetPeering> peerings) {
        NetId own = view.net().id();
        return inOrder(peerings, NetPeering::id, peering -> {
            PeeringSide peer = peering.peerOf(own);
            return new PeeringLink(peering.id(), peer.net(), peer.range());
        });
    }

    private static Map<NicId, Port> ports(NetView view) {
        List<Nic> linked =
                view.nics().stream().filter(nic -> nic.link().isPresent()).toList();
        return inOrder(linked, Nic::id, nic -> port(view, nic));
    }

    private static Port port(NetView view, Nic nic) {
        Subnet subnet = required(view.subnets().get(nic.subnet()), nic.subnet());
        var link = nic.link().orElseThrow();
        Vm vm = required(view.vms().get(link.vm()), link.vm());
        boolean up = vm.state() == VmState.RUNNING && !view.failed().contains(subnet.subregion());
        return new Port(
                nic.id(),
                vm.id(),
                link.deviceNumber(),
                nic.mac(),
                nic.addresses(),
                subnet.id(),
                subnet.range(),
                view.routeTableOf(subnet.id()),
                nic.groups().stream().sorted(BY_ID).toList(),
                nic.sourceDestChecked(),
                up);
    }

    private static Map<NatServiceId, NetPlan.NatService> natServices(NetView view) {
        return inOrder(view.exits().natServices(), NatService::id, service -> {
            Subnet subnet = required(view.subnets().get(service.subnet()), service.subnet());
            return new NetPlan.NatService(
                    service.id(),
                    view.addressOf(service),
                    subnet.id(),
                    view.routeTableOf(subnet.id()),
                    !view.failed().contains(subnet.subregion()));
        });
    }

    /** The tables that Subnets use; one that nobody uses concerns no packet. */
    private static Map<RouteTableId, Table> tables(NetView view, Ways ways) {
        Set<RouteTableId> used = new LinkedHashSet<>();
        view.subnets().keySet().forEach(subnet -> used.add(view.routeTableOf(subnet)));
        List<RouteTable> tables =
                view.routeTables().stream().filter(it -> used.contains(it.id())).toList();
        return inOrder(tables, RouteTable::id, table -> new Table(table.id(), nextHops(view, table, ways)));
    }

    /** The local route is the same in every table and left out. */
    private static Map<Cidr, NextHop> nextHops(NetView view, RouteTable table, Ways ways) {
        SortedMap<Cidr, NextHop> nextHops = new TreeMap<>();
        for (Route route : table.routes()) {
            if (!route.isLocal()) {
                NextHop hop = nextHop(view, route.target(), ways);
                nextHops.put(route.destination(), hop);
            }
        }
        return Collections.unmodifiableMap(nextHops);
    }

    /** A route whose target is not there, or takes nothing in, drops (R4, X6, X7). */
    private static NextHop nextHop(NetView view, RouteTarget target, Ways ways) {
        Optional<NextHop> open = switch (target) {
            case RouteTarget.Local _ -> throw new IllegalStateException("BUG: the local route is in no plan");
            case RouteTarget.Peering(NetPeeringId id) -> ways.into(id);
            case RouteTarget.InternetService(InternetServiceId id) ->
                Optional.of(id).filter(view.exits()::isOpen).map(_ -> new NextHop.Exit());
            case RouteTarget.NatService(NatServiceId id) ->
                view.exits().natService(id).map(_ -> new NextHop.Nat(id));
            case RouteTarget.Nic(NicId id) ->
                Optional.ofNullable(ways.ports().get(id))
                        .filter(port -> port.up() && !port.checked())
                        .map(_ -> new NextHop.Nic(id));
        };
        return open.orElse(new NextHop.Blackhole());
    }

    /** A public address stands for nothing as long as there is no way out. */
    private static Optional<NetPlan.Exit> exit(NetView view) {
        return view.exits().internetService().map(_ -> {
            SortedMap<Ipv4, Ipv4> publicAddresses = new TreeMap<>();
            view.exits()
                    .publicIps()
                    .forEach(ip ->
                            ip.link().ifPresent(link -> publicAddresses.put(link.privateAddress(), ip.address())));
            return new NetPlan.Exit(Collections.unmodifiableMap(publicAddresses));
        });
    }

    /** Where everything passes both ways there is nothing to judge. */
    private static Map<SubnetId, Border> borders(NetView view) {
        List<Subnet> judged = view.subnets().values().stream()
                .filter(subnet ->
                        !Stream.of(Direction.values()).allMatch(view.acls().of(subnet.id())::allowsAll))
                .toList();
        return inOrder(judged, Subnet::id, subnet -> {
            NetworkAcl acl = view.acls().of(subnet.id());
            return new Border(entries(acl, Direction.INBOUND), entries(acl, Direction.OUTBOUND));
        });
    }

    /** Those that can decide about a packet here: none for IPv6 (S8). */
    private static List<BorderEntry> entries(NetworkAcl acl, Direction direction) {
        return acl.entries(direction)
                .flatMap(entry -> switch (entry.range()) {
                    case Cidr range -> Stream.of(new BorderEntry(entry.traffic(), range, entry.allows()));
                    case Ipv6Range _ -> Stream.empty();
                })
                .toList();
    }

    private static Map<SecurityGroupId, GroupRules> filters(NetView view, Collection<Port> ports) {
        Set<SecurityGroupId> used = new LinkedHashSet<>();
        ports.forEach(port -> used.addAll(port.groups()));
        List<SecurityGroup> groups = view.securityGroups().stream()
                .filter(it -> used.contains(it.id()))
                .toList();
        return inOrder(
                groups,
                SecurityGroup::id,
                group -> new GroupRules(
                        group.id(), merged(group.rules(Direction.INBOUND)), merged(group.rules(Direction.OUTBOUND))));
    }

    /**
     * One rule per kind of traffic, with all its counterparts: overlapping ranges are collapsed. Rules about IPv6 are about
     * nobody (S8).
     */
    private static List<GroupRule> merged(Stream<SecurityGroupRule> rules) {
        SortedMap<String, Traffic> traffics = new TreeMap<>();
        Map<Traffic, List<Counterpart>> counterparts = new LinkedHashMap<>();
        rules.forEach(rule -> {
            traffics.put(rule.traffic().toString(), rule.traffic());
            counterparts.computeIfAbsent(rule.traffic(), _ -> new ArrayList<>()).add(rule.counterpart());
        });
        return traffics.values().stream()
                .map(traffic -> filterRule(traffic, required(counterparts.get(traffic), traffic)))
                .filter(rule -> !(rule.ranges().isEmpty() && rule.groups().isEmpty()))
                .toList();
    }

    private static GroupRule filterRule(Traffic traffic, List<Counterpart> counterparts) {
        List<Cidr> ranges = new ArrayList<>();
        Set<SecurityGroupId> groups = new LinkedHashSet<>();
        for (Counterpart counterpart : counterparts) {
            switch (counterpart) {
                case Counterpart.Range(Cidr range) -> ranges.add(range);
                case Counterpart.Range(Ipv6Range _) -> {}
                case Counterpart.Group(SecurityGroupId id, AccountId _) -> groups.add(id);
            }
        }
        return new GroupRule(
                traffic, CidrSet.of(ranges), groups.stream().sorted(BY_ID).toList());
    }

    /** Who is in the groups that rules name, seen from this Net: NICs in VMs of its own, and of active peers (S5). */
    private static Map<SecurityGroupId, Set<Member>> members(NetView view, Collection<GroupRules> filters) {
        Set<SecurityGroupId> named = new LinkedHashSet<>();
        filters.forEach(filter -> Stream.concat(filter.inbound().stream(), filter.outbound().stream())
                .forEach(rule -> named.addAll(rule.groups())));
        return inOrder(
                named, id -> id, id -> members(view, view.namedGroupMembers().getOrDefault(id, List.of())));
    }

    private static Set<Member> members(NetView view, List<Nic> nics) {
        List<Member> members = nics.stream()
                .filter(nic -> nic.link().isPresent())
                .flatMap(nic -> linkTo(view, nic).stream()
                        .flatMap(link -> nic.addresses().stream().map(address -> new Member(link, address))))
                .sorted(MEMBER_ORDER)
                .toList();
        return Collections.unmodifiableSet(new LinkedHashSet<>(members));
    }

    private static Optional<Link> linkTo(NetView view, Nic nic) {
        NetId own = view.net().id();
        if (nic.net().equals(own)) {
            return Optional.of(new Link.ToNic(nic.id()));
        }
        return view.activePeerings().stream()
                .filter(peering -> peering.peerOf(own).net().equals(nic.net()))
                .findFirst()
                .map(peering -> new Link.ToPeer(peering.id()));
    }

    private static <T, K extends ResourceId, V> Map<K, V> inOrder(
            Collection<T> values, Function<T, K> key, Function<T, V> value) {
        Map<K, V> map = new LinkedHashMap<>();
        values.stream().sorted(Comparator.comparing(key, BY_ID)).forEach(it -> map.put(key.apply(it), value.apply(it)));
        return Collections.unmodifiableMap(map);
    }

    private static <T> T required(@Nullable T found, Object key) {
        if (found == null) {
            throw new IllegalStateException("BUG: the view does not hold %s".formatted(key));
        }
        return found;
    }
}
