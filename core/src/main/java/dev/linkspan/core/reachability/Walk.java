package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.reachability.Step.Outcome;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteLookup;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One packet's way inside a Net or through a peering, and its reply's: walked once, noting each decision. */
final class Walk {

    private static final int ECHO_REQUEST = 8;

    private final RegionView region;
    private final Decisions decisions;
    private final ResolvedEndpoint from;
    private final Ipv4 address;
    private final Optional<ResolvedEndpoint> to;
    private final Optional<NatPassage> nat;
    private final Optional<AppliancePassage> appliance;

    /** The one that the reply is handed to. */
    private final Optional<AppliancePassage> back;

    /** @param to who is meant by the address; empty where nobody can be */
    Walk(Decisions decisions, ResolvedEndpoint from, Ipv4 address, Optional<ResolvedEndpoint> to) {
        this.region = decisions.region();
        this.decisions = decisions;
        this.from = from;
        this.address = address;
        this.to = to;
        this.appliance = AppliancePassage.routed(decisions, Leg.THERE, from, address);
        this.nat = appliance.isPresent() ? appliance.get().natService() : NatPassage.routed(decisions, from, address);
        this.back = to.flatMap(it -> AppliancePassage.routed(decisions, Leg.BACK, it, seen().address()));
    }

    /** From whom the packet comes for its receiver: the sender, or the NAT service that sends it on. */
    private ResolvedEndpoint seen() {
        return nat.map(NatPassage::service).orElse(from);
    }

    Trace trace() {
        decisions.machine(Leg.THERE, Direction.OUTBOUND, from);
        if (to.isEmpty()) {
            leave();
            lead(Optional.empty());
        } else if (to.get().netId().equals(from.netId())) {
            inside(to.get());
        } else {
            across(to.get());
        }
        return new Trace(
                decisions.question(),
                Optional.of(from.site()),
                from.address(),
                to.map(ResolvedEndpoint::site),
                address,
                decisions.steps(),
                decisions.verdict());
    }

    private void leave() {
        decisions.begins(from.netId());
        from.exitTo(address).ifPresent(nic -> {
            decisions.sourceCheck(Leg.THERE, from, nic);
            // Who is asked in the end is not known where the packet goes to a NAT service or an appliance.
            FarEnd goal = nat.isPresent() || appliance.isPresent()
                    ? FarEnd.at(address, to)
                    : farEnd(Direction.OUTBOUND, from, address, to);
            decisions.groups(Direction.OUTBOUND, from, nic, goal);
            boolean stays = appliance.isPresent()
                    ? appliance.get().isBeside(nic)
                    : nat.filter(it -> it.isBeside(nic)).isPresent();
            if (!stays) {
                leaveSubnet(Leg.THERE, from, nic, address, to);
            }
            decisions.tracked(from.netId(), Optional.of(nic.id()), Optional.empty());
        });
    }

    private void inside(ResolvedEndpoint target) {
        if (from.vmId().isPresent() && from.vmId().equals(target.vmId())) {
            decisions.note(
                    new Step.InsideMachine(Leg.THERE, from.netId(), from.vmId().get()), List.of());
            return;
        }
        if (isGateway(target)) {
            from.exitTo(address).ifPresent(nic -> decisions.sourceCheck(Leg.THERE, from, nic));
            from.exitTo(address)
                    .ifPresent(nic -> decisions.tracked(from.netId(), Optional.of(nic.id()), Optional.empty()));
            boolean answers = decisions.packet() instanceof Traffic.Icmp icmp && icmp.type() == ECHO_REQUEST;
            decisions.note(new Step.Router(Leg.THERE, from.netId(), address, answers), List.of());
            return;
        }
        leave();
        lead(Optional.empty());
        arrive(target);
        reply(target, Optional.empty());
    }

    private boolean isGateway(ResolvedEndpoint target) {
        return target.subnet()
                .filter(subnet -> subnet.gateway().equals(address))
                .isPresent();
    }

    private void across(ResolvedEndpoint target) {
        if (from.range().overlaps(target.range())) {
            leave();
            RouteTable table = from.table(from.exitTo(address));
            decisions.note(
                    new Step.Routing(
                            Leg.THERE,
                            from.netId(),
                            table.id(),
                            address,
                            RouteLookup.winner(table, address),
                            Optional.empty(),
                            Outcome.OVERLAP),
                    List.of());
            return;
        }
        Optional<NetPeering> peering = connecting(target);
        leave();
        lead(peering);
        cross(target, peering);
        arrive(target);
        peering.filter(NetPeering::isActive)
                .ifPresent(it -> decisions.tracked(target.netId(), Optional.empty(), Optional.of(it.id())));
        reply(target, peering);
    }

    /** The peering that connects the two Nets: the active one, else one that may be; the one with a route first. */
    private Optional<NetPeering> connecting(ResolvedEndpoint target) {
        List<NetPeering> live = from.net().peeringsWith(target.netId());
        RouteTable last = nat.map(NatPassage::table)
                .or(() -> appliance.map(AppliancePassage::table))
                .orElseGet(() -> from.table(from.exitTo(address)));
        Optional<NetPeeringId> routed = RouteLookup.winner(last, address)
                .flatMap(winner -> winner.target().peering());
        return live.stream()
                .filter(NetPeering::isActive)
                .findFirst()
                .or(() -> live.stream()
                        .filter(it -> routed.filter(it.id()::equals).isPresent())
                        .findFirst())
                .or(() -> live.stream().findFirst());
    }

    private FarEnd farEnd(
            Direction direction, ResolvedEndpoint asker, Ipv4 other, Optional<ResolvedEndpoint> otherSeat) {
        return new FarEnd(
                other,
                otherSeat.map(it -> memberships(direction, asker, it)).orElse(Set.of()),
                otherSeat.map(ResolvedEndpoint::neighbourhood));
    }

    /** A packet that leaves through another NIC than its address's is not one of a member, as its own Net sees it. */
    private Set<SecurityGroupId> memberships(Direction direction, ResolvedEndpoint asker, ResolvedEndpoint other) {
        boolean strange = direction == Direction.INBOUND
                && to.filter(it -> it.netId().equals(from.netId())).isPresent()
                && !from.exitTo(address).equals(from.nic());
        return strange ? Set.of() : other.memberships(asker.net());
    }

    /**
     * Leads the packet out of its sender's Subnet, and on by the appliance or NAT service if it goes to one, or by both.
     *
     * @param wanted the peering that connects the two Nets
     */
    private void lead(Optional<NetPeering> wanted) {
        route(Leg.THERE, from, from.exitTo(address), address, to, wanted);
        appliance.ifPresent(it -> {
            it.there();
            it.on(nat.isPresent() ? FarEnd.at(address, to) : farEnd(Direction.OUTBOUND, from, address, to), nat);
            route(Leg.THERE, it.seat(), Optional.of(it.onward()), address, to, wanted);
        });
        nat.ifPresent(it -> {
            it.there(FarEnd.at(address, to));
            route(Leg.THERE, it.service(), Optional.of(it.nic()), address, to, wanted);
        });
    }

    /**
     * Chooses the route.
     *
     * @param exit the NIC through which the packet leaves
     * @param other who is meant by the address
     * @param wanted the peering that connects the two Nets
     */
    private void route(
            Leg leg,
            ResolvedEndpoint seat,
            Optional<Nic> exit,
            Ipv4 goal,
            Optional<ResolvedEndpoint> other,
            Optional<NetPeering> wanted) {
        RouteTable table = seat.table(exit);
        Optional<Route> route = RouteLookup.winner(table, goal);
        Optional<NetPeering> target =
                route.flatMap(winner -> winner.target().peering()).flatMap(region::peering);
        Outcome outcome = outcome(leg, seat, route, target, goal, wanted);
        decisions.note(
                new Step.Routing(
                        leg,
                        seat.netId(),
                        table.id(),
                        goal,
                        route,
                        target.map(it -> it.stateAt(region.now()).name()),
                        outcome),
                handing(leg, seat)
                        .map(AppliancePassage::start)
                        .orElseGet(() -> other
                                .filter(_ -> leg == Leg.BACK || isApart(seat, table))
                                .map(it -> Remedies.route(region, seat, table, it, wanted.map(NetPeering::id)))
                                .stream()
                                .toList()));
    }

    /** The appliance to which this end hands over. */
    private Optional<AppliancePassage> handing(Leg leg, ResolvedEndpoint seat) {
        return (leg == Leg.THERE ? appliance : back).filter(it -> it.from().equals(seat));
    }

    /** Where the Subnet of a NAT service, or of an appliance, has the sender's table, no route leads to it and on from it. */
    private boolean isApart(ResolvedEndpoint seat, RouteTable table) {
        return seat.equals(from) || !from.table(from.exitTo(address)).id().equals(table.id());
    }

    private Outcome outcome(
            Leg leg,
            ResolvedEndpoint seat,
            Optional<Route> route,
            Optional<NetPeering> target,
            Ipv4 goal,
            Optional<NetPeering> wanted) {
        if (route.isEmpty()) {
            return Outcome.NOWHERE;
        }
        return switch (route.get().target()) {
            case RouteTarget.Local _ -> Outcome.LOCAL;
            case RouteTarget.Peering _ -> through(seat.netId(), target, goal, wanted);
            case RouteTarget.InternetService(InternetServiceId id) ->
                seat.exits().isOpen(id) ? Outcome.ELSEWHERE : Outcome.NOT_LINKED;
            case RouteTarget.NatService(NatServiceId id) -> toNatService(leg, seat, id);
            case RouteTarget.Nic(NicId id) ->
                AppliancePassage.outcome(
                        seat, id, handing(leg, seat).isPresent() ? Outcome.TO_APPLIANCE : Outcome.ELSEWHERE);
        };
    }

    private Outcome toNatService(Leg leg, ResolvedEndpoint seat, NatServiceId id) {
        if (seat.exits().natService(id).isEmpty()) {
            return Outcome.NAT_DELETED;
        }
        boolean again = seat.nic().flatMap(Nic::natService).isPresent();
        return leg == Leg.BACK ? Outcome.ELSEWHERE : again ? Outcome.NAT_AGAIN : Outcome.BY_NAT_SERVICE;
    }

    private Outcome through(NetId own, Optional<NetPeering> target, Ipv4 goal, Optional<NetPeering> wanted) {
        Optional<NetPeering> live = target.filter(it -> it.stateAt(region.now()) instanceof PeeringState.Live);
        if (live.isEmpty()) {
            return Outcome.DEAD;
        }
        if (wanted.filter(it -> it.id().equals(live.get().id())).isPresent()) {
            return Outcome.THROUGH_PEERING;
        }
        return live.get().peerOf(own).range().contains(goal) ? Outcome.ELSEWHERE : Outcome.BEYOND;
    }

    private void cross(ResolvedEndpoint target, Optional<NetPeering> peering) {
        decisions.note(
                new Step.Crossing(
                        Leg.THERE,
                        from.netId(),
                        peering.map(NetPeering::id),
                        target.netId(),
                        target.range(),
                        peering.map(it -> it.stateAt(region.now()).name())),
                Remedies.peering(from, target, peering));
    }

    private void arrive(ResolvedEndpoint target) {
        decisions.machine(Leg.THERE, Direction.INBOUND, target);
        target.nic().ifPresent(nic -> {
            enterSubnet(Leg.THERE, target, nic, seen(), seen().exitTo(address));
            decisions.groups(
                    Direction.INBOUND,
                    target,
                    nic,
                    farEnd(Direction.INBOUND, target, seen().address(), Optional.of(seen())));
        });
    }

    /** Unless the packet stays in the Subnet (N3). */
    private void leaveSubnet(Leg leg, ResolvedEndpoint seat, Nic nic, Ipv4 goal, Optional<ResolvedEndpoint> other) {
        boolean stays = other.flatMap(ResolvedEndpoint::nic)
                .filter(it -> it.subnet().equals(nic.subnet()))
                .isPresent();
        if (!stays) {
            decisions.border(leg, Direction.OUTBOUND, seat, nic, FarEnd.at(goal, other));
        }
    }

    /** @param exit the NIC through which it was sent */
    private void enterSubnet(Leg leg, ResolvedEndpoint seat, Nic nic, ResolvedEndpoint sender, Optional<Nic> exit) {
        boolean stays = exit.filter(it -> it.subnet().equals(nic.subnet())).isPresent();
        if (!stays) {
            decisions.border(leg, Direction.INBOUND, seat, nic, FarEnd.at(sender.address(), Optional.of(sender)));
        }
    }

    private void reply(ResolvedEndpoint target, Optional<NetPeering> peering) {
        ResolvedEndpoint asker = seen();
        Optional<Nic> exit = target.exitTo(asker.address());
        exit.ifPresent(nic -> decisions.sourceCheck(Leg.BACK, target, nic));
        exit.filter(nic -> back.filter(it -> it.isBeside(nic)).isEmpty())
                .ifPresent(nic -> leaveSubnet(Leg.BACK, target, nic, asker.address(), Optional.of(asker)));
        route(Leg.BACK, target, exit, asker.address(), Optional.of(asker), peering);
        back.ifPresent(it -> {
            it.there();
            it.on(FarEnd.at(asker.address(), Optional.of(asker)), Optional.empty());
            route(Leg.BACK, it.seat(), Optional.of(it.onward()), asker.address(), Optional.of(asker), peering);
        });
        nat.ifPresentOrElse(
                it -> it.back(FarEnd.at(target.address(), Optional.of(target))),
                () -> from.nic().ifPresent(nic -> enterSubnet(Leg.BACK, from, nic, target, exit)));
    }
}
