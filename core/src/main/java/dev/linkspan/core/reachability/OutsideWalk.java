package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.reachability.Step.Outcome;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteLookup;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Direction;
import java.util.List;
import java.util.Optional;

/**
 * One packet's way out of a Net by its internet service, or in from outside, or out and in again, and its reply's (X3). Rules and
 * network ACLs see the private address of their own machine and of the other end only what is seen outside: nobody there is in a
 * group. It may go out through a NAT service, and then comes from that one's public address (X4).
 */
final class OutsideWalk {

    private final RegionView region;
    private final Decisions decisions;

    OutsideWalk(Decisions decisions) {
        this.region = decisions.region();
        this.decisions = decisions;
    }

    /** From a machine to an address outside, which may stand for a machine of any Net: also of this one. */
    Trace out(ResolvedEndpoint from, Ipv4 address) {
        Optional<ResolvedEndpoint> to = region.standsFor(address);
        decisions.machine(Leg.THERE, Direction.OUTBOUND, from);
        decisions.begins(from.netId());
        FarEnd goal = FarEnd.outside(address);
        Optional<Nic> exit = from.exitTo(address);
        Optional<AppliancePassage> appliance = AppliancePassage.routed(decisions, Leg.THERE, from, address);
        Optional<NatPassage> nat = appliance.isPresent()
                ? appliance.get().natService()
                : NatPassage.routed(decisions, from, address).or(() -> calledFor(from, address));
        exit.ifPresent(nic -> {
            decisions.sourceCheck(Leg.THERE, from, nic);
            decisions.groups(Direction.OUTBOUND, from, nic, goal);
            boolean stays = appliance.isPresent()
                    ? appliance.get().isBeside(nic)
                    : nat.filter(it -> it.isBeside(nic)).isPresent();
            if (!stays) {
                decisions.border(Leg.THERE, Direction.OUTBOUND, from, nic, goal);
            }
            decisions.tracked(from.netId(), Optional.of(nic.id()), Optional.empty());
        });
        Optional<Ipv4> seenAs = appliance.isPresent() ? lead(appliance.get(), address, nat) : lead(from, address, nat);
        // What the far end says to an address that is not known yet cannot be told.
        seenAs.ifPresent(source ->
                to.ifPresentOrElse(target -> arrive(source, Optional.of(address), target), () -> end(from, address)));
        nat.ifPresentOrElse(
                it -> it.back(goal),
                () -> from.nic().ifPresent(nic -> decisions.border(Leg.BACK, Direction.INBOUND, from, nic, goal)));
        return trace(Optional.of(from), from.address(), to, address);
    }

    /** Leads the packet to an appliance and out of its Net from there; answers the public address from which it comes then. */
    private Optional<Ipv4> lead(AppliancePassage appliance, Ipv4 address, Optional<NatPassage> nat) {
        ResolvedEndpoint from = appliance.from();
        RouteTable table = from.table(appliance.exit());
        route(Leg.THERE, from, table, address, Outcome.TO_APPLIANCE, appliance.start());
        appliance.there();
        appliance.on(FarEnd.outside(address), nat);
        // With the sender's table, it would get back what it passes on.
        boolean apart = !appliance.table().id().equals(table.id());
        route(
                Leg.THERE,
                appliance.seat(),
                appliance.table(),
                address,
                Outcome.BY_NAT_SERVICE,
                apart ? Remedies.routeOutside(decisions, appliance.seat(), appliance.table(), address) : List.of());
        nat.ifPresent(it -> pass(it, appliance.table(), address));
        return leave(from, table, address, nat);
    }

    /** The NAT service that a route should lead to, where none leads anywhere and the sender is not seen outside by itself. */
    private Optional<NatPassage> calledFor(ResolvedEndpoint from, Ipv4 address) {
        RouteTable table = from.table(from.exitTo(address));
        Optional<RouteTarget> target = RouteLookup.winner(table, address).map(Route::target);
        boolean leadsNowhere = target.map(it -> it.natService().isPresent()).orElse(true);
        return leadsNowhere && from.exits().publicAddressOf(from.address()).isEmpty()
                ? Remedies.natServiceOut(region, from, table, address)
                        .flatMap(service -> NatPassage.through(decisions, from, address, service))
                : Optional.empty();
    }

    /** Leads the packet out of its Net; answers the public address from which it comes then, where there is one. */
    private Optional<Ipv4> lead(ResolvedEndpoint from, Ipv4 address, Optional<NatPassage> nat) {
        Optional<Nic> exit = from.exitTo(address);
        RouteTable table = from.table(exit);
        route(
                Leg.THERE,
                from,
                table,
                address,
                Outcome.BY_NAT_SERVICE,
                nat.map(it -> List.of(Remedies.routeTo(it.service(), from, table, address)))
                        .orElseGet(() -> Remedies.routeOutside(decisions, from, table, address)));
        nat.ifPresent(it -> pass(it, table, address));
        return leave(from, table, address, nat);
    }

    /** @param before the table by which the packet got to the NAT service */
    private void pass(NatPassage nat, RouteTable before, Ipv4 address) {
        nat.there(FarEnd.outside(address));
        // With a table that leads what the machines send to it, it would get back what it sends.
        boolean apart = !nat.table().id().equals(before.id());
        route(
                Leg.THERE,
                nat.service(),
                nat.table(),
                address,
                Outcome.NAT_AGAIN,
                apart ? Remedies.routeOutside(decisions, nat.service(), nat.table(), address) : List.of());
    }

    /**
     * From an address outside to a machine.
     *
     * @param publicAddress that stands for the machine's; empty where none does
     */
    Trace in(Ipv4 source, ResolvedEndpoint to, Optional<Ipv4> publicAddress) {
        decisions.begins(to.netId());
        arrive(source, publicAddress, to);
        return trace(Optional.empty(), source, Optional.of(to), publicAddress.orElse(to.address()));
    }

    private Trace trace(Optional<ResolvedEndpoint> from, Ipv4 source, Optional<ResolvedEndpoint> to, Ipv4 destination) {
        return new Trace(
                decisions.question(),
                from.map(ResolvedEndpoint::site),
                source,
                to.map(ResolvedEndpoint::site),
                destination,
                decisions.steps(),
                decisions.verdict());
    }

    /** A NAT service that has no public address gets none: another one that has is what helps. */
    private Optional<Ipv4> leave(ResolvedEndpoint from, RouteTable table, Ipv4 address, Optional<NatPassage> nat) {
        ResolvedEndpoint seat = nat.map(NatPassage::service).orElse(from);
        Optional<Ipv4> seenAs = seat.exits().publicAddressOf(seat.address());
        List<Remedy> otherWay = Remedies.natServiceOut(region, from, table, address)
                .map(service -> Remedies.routeTo(service, from, table, address))
                .stream()
                .toList();
        decisions.note(
                new Step.Leaving(Leg.THERE, from.netId(), serviceOf(from), seat.address(), seenAs),
                nat.isPresent() ? otherWay : Remedies.publicAddress(decisions, from, address),
                nat.isPresent() ? List.of() : otherWay);
        return seenAs;
    }

    private void end(ResolvedEndpoint from, Ipv4 address) {
        Step.Answer answer = region.standsForNobody(address) ? Step.Answer.SILENT : Step.Answer.ANSWERS;
        decisions.note(new Step.Outside(Leg.THERE, from.netId(), address, answer), List.of());
    }

    private static Optional<InternetServiceId> serviceOf(ResolvedEndpoint seat) {
        return seat.exits().internetService().map(InternetService::id);
    }

    private void arrive(Ipv4 source, Optional<Ipv4> publicAddress, ResolvedEndpoint to) {
        Optional<Nic> exit = to.exitTo(source);
        decisions.note(
                new Step.Arriving(Leg.THERE, to.netId(), serviceOf(to), publicAddress, to.address()),
                Remedies.wayIn(decisions, to, publicAddress, source));
        decisions.tracked(to.netId(), Optional.empty(), Optional.empty());
        decisions.machine(Leg.THERE, Direction.INBOUND, to);
        to.nic().ifPresent(nic -> {
            decisions.border(Leg.THERE, Direction.INBOUND, to, nic, FarEnd.outside(source));
            decisions.groups(Direction.INBOUND, to, nic, FarEnd.outside(source));
        });
        Optional<AppliancePassage> back = AppliancePassage.routed(decisions, Leg.BACK, to, source);
        exit.ifPresent(nic -> {
            decisions.sourceCheck(Leg.BACK, to, nic);
            if (back.filter(it -> it.isBeside(nic)).isEmpty()) {
                decisions.border(Leg.BACK, Direction.OUTBOUND, to, nic, FarEnd.outside(source));
            }
        });
        RouteTable table = to.table(exit);
        route(
                Leg.BACK,
                to,
                table,
                source,
                back.isPresent() ? Outcome.TO_APPLIANCE : Outcome.ELSEWHERE,
                back.map(AppliancePassage::start).orElseGet(() -> Remedies.routeOutside(decisions, to, table, source)));
        back.ifPresent(it -> {
            it.there();
            it.on(FarEnd.outside(source), Optional.empty());
            route(
                    Leg.BACK,
                    it.seat(),
                    it.table(),
                    source,
                    Outcome.ELSEWHERE,
                    Remedies.routeOutside(decisions, it.seat(), it.table(), source));
        });
        publicAddress.ifPresent(seenAs -> decisions.note(
                new Step.Leaving(Leg.BACK, to.netId(), serviceOf(to), to.address(), Optional.of(seenAs)), List.of()));
    }

    /** @param passing what it is that a route leads to a NAT service, or to an appliance */
    private void route(
            Leg leg, ResolvedEndpoint seat, RouteTable table, Ipv4 goal, Outcome passing, List<Remedy> remedies) {
        Optional<Route> route = RouteLookup.winner(table, goal);
        Optional<NetPeering> target =
                route.flatMap(winner -> winner.target().peering()).flatMap(region::peering);
        decisions.note(
                new Step.Routing(
                        leg,
                        seat.netId(),
                        table.id(),
                        goal,
                        route,
                        target.map(it -> it.stateAt(region.now()).name()),
                        outcome(leg, seat, route, target, passing)),
                remedies);
    }

    private Outcome outcome(
            Leg leg, ResolvedEndpoint seat, Optional<Route> route, Optional<NetPeering> target, Outcome passing) {
        if (route.isEmpty()) {
            return Outcome.NOWHERE;
        }
        return switch (route.get().target()) {
            case RouteTarget.Local _ -> Outcome.OVERLAP;
            case RouteTarget.Peering _ ->
                target.filter(it -> it.stateAt(region.now()) instanceof PeeringState.Live)
                        .map(it -> intoPeering(leg, seat, it))
                        .orElse(Outcome.DEAD);
            case RouteTarget.InternetService(InternetServiceId id) ->
                seat.exits().isOpen(id) ? Outcome.OUTSIDE : Outcome.NOT_LINKED;
            case RouteTarget.NatService(NatServiceId id) ->
                seat.exits().natService(id).isPresent() ? passing : Outcome.NAT_DELETED;
            case RouteTarget.Nic(NicId id) ->
                AppliancePassage.outcome(
                        seat, id, passing == Outcome.TO_APPLIANCE ? Outcome.TO_APPLIANCE : Outcome.ELSEWHERE);
        };
    }

    /** Where the peer has an exit, as far as that may be known, it is told that it is the peer's alone (X5). */
    private Outcome intoPeering(Leg leg, ResolvedEndpoint seat, NetPeering peering) {
        boolean peerHasExit = region.net(peering.peerOf(seat.netId()).net())
                .flatMap(peer -> peer.view().exits().internetService())
                .isPresent();
        return leg == Leg.BACK || peerHasExit ? Outcome.NOT_SHARED : Outcome.BEYOND;
    }
}
