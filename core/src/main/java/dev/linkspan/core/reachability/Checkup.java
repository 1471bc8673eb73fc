package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.networkacl.NetworkAcl;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.reachability.PeeringHealth.Finding;
import dev.linkspan.core.reachability.PeeringHealth.Kind;
import dev.linkspan.core.reachability.PeeringHealth.Share;
import dev.linkspan.core.reachability.PeeringHealth.Side;
import dev.linkspan.core.reachability.PeeringHealth.SubnetSide;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteLookup;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at both sides of one peering. */
final class Checkup {

    private final RegionView region;
    private final NetPeering peering;
    private final Consent consent;
    private final PeeringStateName state;
    private final List<Finding> findings = new ArrayList<>();

    /** @param consent where it may be looked up which groups the other owner has */
    Checkup(RegionView region, NetPeering peering, Consent consent) {
        this.region = region;
        this.peering = peering;
        this.consent = consent;
        this.state = peering.stateAt(region.now()).name();
    }

    /** Whether both owners want to talk. */
    boolean agreed() {
        return state == PeeringStateName.ACTIVE && consent.covers(peering.id());
    }

    PeeringHealth health() {
        if (state != PeeringStateName.ACTIVE) {
            Optional<Remedy> remedy = state == PeeringStateName.PENDING_ACCEPTANCE
                    ? Optional.of(new Remedy.AcceptPeering(peering.accepter().owner(), Optional.of(peering.id())))
                    : Optional.empty();
            findings.add(new Finding(
                    Kind.NOT_ACTIVE,
                    peering.accepter().net(),
                    peering.accepter().owner(),
                    "%s is %s: it carries nothing.".formatted(peering.id(), state.label()),
                    remedy));
        }
        Side source = side(peering.source(), peering.accepter());
        Side accepter = side(peering.accepter(), peering.source());
        return PeeringHealth.of(peering.id(), state, source, accepter, findings);
    }

    /** A Net may be gone while its dead peering is still shown (L7). */
    private Side side(PeeringSide own, PeeringSide peer) {
        Optional<NetIndex> found = region.net(own.net());
        if (found.isEmpty()) {
            return new Side(own.net(), own.owner(), own.range(), Share.NONE, false, List.of());
        }
        NetIndex net = found.get();
        List<SubnetSide> subnets = net.view().subnets().values().stream()
                .sorted(Comparator.comparing(Subnet::range))
                .map(subnet -> subnet(net, subnet, peer))
                .toList();
        routes(net, own, peer);
        boolean admits = subnets.stream().anyMatch(subnet -> !subnet.admitted().isEmpty());
        boolean closed = findings.stream()
                .anyMatch(finding ->
                        finding.kind() == Kind.CLOSED_BORDER && finding.net().equals(own.net()));
        if (!admits && !closed) {
            find(Kind.NO_RULE, own, "No rule of %s lets anything in from %s.".formatted(own.net(), peer.range()));
        }
        staleRules(net, own, peer);
        return new Side(own.net(), own.owner(), own.range(), share(subnets, peer.range()), admits, subnets);
    }

    private static Share share(List<SubnetSide> subnets, Cidr range) {
        CidrSet whole = CidrSet.of(List.of(range));
        if (subnets.stream().allMatch(subnet -> subnet.led().isEmpty())) {
            return Share.NONE;
        }
        return subnets.stream().allMatch(subnet -> subnet.led().equals(whole)) ? Share.ALL : Share.SOME;
    }

    private SubnetSide subnet(NetIndex net, Subnet subnet, PeeringSide peer) {
        RouteTable table = net.tableOf(Optional.of(subnet.id()));
        CidrSet led = RouteLookup.led(table, peer.range(), new RouteTarget.Peering(peering.id()));
        Set<Traffic> admitted = new LinkedHashSet<>();
        for (Nic nic : net.view().nics()) {
            if (nic.subnet().equals(subnet.id())) {
                net.groupsOf(nic).stream()
                        .flatMap(group -> group.rules(Direction.INBOUND))
                        .filter(rule -> speaksOf(rule, net, peer))
                        .map(SecurityGroupRule::traffic)
                        .forEach(admitted::add);
            }
        }
        List<Traffic> crossing = admitted.stream()
                .filter(traffic ->
                        across(net, subnet, Direction.INBOUND).passesAny(traffic, CidrSet.of(List.of(peer.range()))))
                .toList();
        if (crossing.isEmpty() && !admitted.isEmpty()) {
            findings.add(new Finding(
                    Kind.CLOSED_BORDER,
                    net.net().id(),
                    net.net().owner(),
                    "The network ACL %s at %s lets nothing in from %s that a rule allows, or no reply out."
                            .formatted(net.view().acls().of(subnet.id()).id(), subnet.id(), peer.range()),
                    Optional.empty()));
        }
        return new SubnetSide(
                subnet.id(), subnet.range(), table.id(), led, crossing, across(net, subnet, Direction.OUTBOUND));
    }

    /** What crosses the Subnet's border in this direction, and is answered. */
    private static ReachAcrossBorders across(NetIndex net, Subnet subnet, Direction direction) {
        NetworkAcl acl = net.view().acls().of(subnet.id());
        Direction back = direction == Direction.INBOUND ? Direction.OUTBOUND : Direction.INBOUND;
        ReachAcrossBorders.Reply reply = new ReachAcrossBorders.Reply(
                List.of(new BorderSets(acl, back, subnet.range())), CidrSet.of(List.of(Cidr.ALL)));
        return new ReachAcrossBorders(List.of(new BorderSets(acl, direction, subnet.range())), List.of(reply));
    }

    private boolean speaksOf(SecurityGroupRule rule, NetIndex own, PeeringSide peer) {
        return switch (rule.counterpart()) {
            case Counterpart.Range(Cidr range) -> range.overlaps(peer.range());
            case Counterpart.Range(Ipv6Range _) -> false;
            case Counterpart.Group named -> isOf(own, peer, named);
        };
    }

    /** Before both agreed it is not looked up whether the other owner has the group: the rule alone says whose it is. */
    private boolean isOf(NetIndex own, PeeringSide peer, Counterpart.Group named) {
        if (agreed() || own.net().owner().equals(peer.owner())) {
            return has(peer.net(), named.id());
        }
        return named.owner().equals(peer.owner())
                && own.peerings().stream()
                        .filter(other -> other.isActive() && consent.covers(other.id()))
                        .noneMatch(other -> has(other.peerOf(own.net().id()).net(), named.id()));
    }

    private boolean has(NetId holder, SecurityGroupId id) {
        return region.net(holder).stream()
                .flatMap(net -> net.view().securityGroups().stream())
                .anyMatch(group -> group.id().equals(id));
    }

    private void routes(NetIndex net, PeeringSide own, PeeringSide peer) {
        Set<RouteTable> used = new LinkedHashSet<>();
        net.view().subnets().keySet().forEach(subnet -> used.add(net.tableOf(Optional.of(subnet))));
        Stream.concat(used.stream(), net.view().routeTables().stream())
                .distinct()
                .forEach(table -> table(net, table, used.contains(table), own, peer));
    }

    private void table(NetIndex net, RouteTable table, boolean used, PeeringSide own, PeeringSide peer) {
        RouteTarget here = new RouteTarget.Peering(peering.id());
        boolean live = peering.stateAt(region.now()) instanceof PeeringState.Live;
        if (used
                && live
                && RouteLookup.led(table, peer.range(), here).isEmpty()
                && !leadsByNatService(net, table, peer)) {
            findings.add(new Finding(
                    Kind.NO_ROUTE,
                    own.net(),
                    own.owner(),
                    "%s leads nothing of %s to %s.".formatted(table.id(), peer.range(), peering.id()),
                    missing(table, own, peer)));
        }
        for (Route route : table.routes()) {
            if (route.target().equals(here)) {
                into(table, route, own, peer);
            } else if (live && peer.range().contains(route.destination())) {
                route.target()
                        .peering()
                        .filter(this::isDead)
                        .ifPresent(other -> find(
                                Kind.DEAD_ROUTE,
                                own,
                                "%s leads %s to %s, which is dead: packets are dropped."
                                        .formatted(table.id(), route.destination(), other)));
                route.target()
                        .natService()
                        .filter(service ->
                                net.view().exits().natService(service).isEmpty())
                        .ifPresent(service -> find(
                                Kind.DEAD_ROUTE,
                                own,
                                "%s leads %s to %s, which is deleted: packets are dropped."
                                        .formatted(table.id(), route.destination(), service)));
                route.target()
                        .nic()
                        .filter(nic -> !isUp(net, nic))
                        .ifPresent(nic -> find(
                                Kind.DEAD_ROUTE,
                                own,
                                "%s leads %s to %s, which is in no VM that runs: packets are dropped."
                                        .formatted(table.id(), route.destination(), nic)));
                route.target()
                        .internetService()
                        .filter(service -> !net.view().exits().isOpen(service))
                        .ifPresent(service -> find(
                                Kind.DEAD_ROUTE,
                                own,
                                "%s leads %s to %s, which is not linked to %s: packets are dropped."
                                        .formatted(table.id(), route.destination(), service, own.net())));
            }
        }
    }

    /** Whether it leads some of the peer's range to a NAT service from where it is led through the peering. */
    private boolean leadsByNatService(NetIndex net, RouteTable table, PeeringSide peer) {
        return net.view().exits().natServices().stream().anyMatch(service -> {
            CidrSet there = RouteLookup.led(table, peer.range(), new RouteTarget.NatService(service.id()));
            RouteTable own = net.tableOf(Optional.of(service.subnet()));
            CidrSet onward = RouteLookup.led(own, peer.range(), new RouteTarget.Peering(peering.id()));
            return !there.intersection(onward).isEmpty();
        });
    }

    private Optional<Remedy> missing(RouteTable table, PeeringSide own, PeeringSide peer) {
        Remedy.Target here = new Remedy.Target.Peering(Optional.of(peering.id()));
        return Optional.of(
                table.route(peer.range()).isPresent()
                        ? new Remedy.UpdateRoute(own.owner(), table.id(), peer.range(), here)
                        : new Remedy.CreateRoute(own.owner(), table.id(), peer.range(), here));
    }

    private void into(RouteTable table, Route route, PeeringSide own, PeeringSide peer) {
        Cidr destination = route.destination();
        if (!destination.overlaps(peer.range())) {
            findings.add(new Finding(
                    Kind.NOT_TRANSITIVE,
                    own.net(),
                    own.owner(),
                    "%s leads %s to %s, whose other end has only %s: nothing passes beyond it."
                            .formatted(table.id(), destination, peering.id(), peer.range()),
                    Optional.of(new Remedy.DeleteRoute(own.owner(), table.id(), destination))));
        } else if (!peer.range().contains(destination)) {
            find(
                    Kind.WIDE_ROUTE,
                    own,
                    "%s leads %s to %s, of which only %s gets anywhere."
                            .formatted(table.id(), destination, peering.id(), peer.range()));
        }
    }

    private static boolean isUp(NetIndex net, NicId id) {
        return net.nic(id)
                .flatMap(Nic::link)
                .flatMap(link -> net.vm(link.vm()))
                .filter(vm -> vm.state() == VmState.RUNNING)
                .isPresent();
    }

    private boolean isDead(NetPeeringId id) {
        return region.peering(id)
                .map(it -> it.stateAt(region.now()) instanceof PeeringState.Dead)
                .orElse(true);
    }

    private void staleRules(NetIndex net, PeeringSide own, PeeringSide peer) {
        if (state == PeeringStateName.ACTIVE) {
            return;
        }
        for (SecurityGroup group : net.view().securityGroups()) {
            for (SecurityGroupRule rule : group.rules()) {
                if (rule.counterpart() instanceof Counterpart.Group named && isOf(net, peer, named)) {
                    find(
                            Kind.STALE_RULE,
                            own,
                            "A rule of %s names %s of the peer, which nobody counts as while %s is not active."
                                    .formatted(group.id(), named.id(), peering.id()));
                }
            }
        }
    }

    private void find(Kind kind, PeeringSide own, String why) {
        findings.add(new Finding(kind, own.net(), own.owner(), why, Optional.empty()));
    }
}
