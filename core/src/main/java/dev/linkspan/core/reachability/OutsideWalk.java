package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.InternetServiceId;
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
 * group.
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
        Optional<Nic> exit = from.exitTo(address);
        exit.ifPresent(nic -> {
            decisions.sourceCheck(Leg.THERE, from, nic);
            decisions.groups(Direction.OUTBOUND, from, nic, FarEnd.outside(address));
            decisions.border(Leg.THERE, Direction.OUTBOUND, from, nic, FarEnd.outside(address));
            decisions.tracked(from.netId(), Optional.of(nic.id()), Optional.empty());
        });
        route(Leg.THERE, from, exit, address);
        Optional<Ipv4> seenAs = leave(from);
        // What the far end says to an address that is not known yet cannot be told.
        seenAs.ifPresent(source ->
                to.ifPresentOrElse(target -> arrive(source, Optional.of(address), target), () -> end(from, address)));
        from.nic().ifPresent(nic -> decisions.border(Leg.BACK, Direction.INBOUND, from, nic, FarEnd.outside(address)));
        return trace(Optional.of(from), from.address(), to, address);
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

    private Optional<Ipv4> leave(ResolvedEndpoint from) {
        Optional<Ipv4> seenAs = from.exits().publicAddressOf(from.address());
        decisions.note(
                new Step.Leaving(Leg.THERE, from.netId(), serviceOf(from), from.address(), seenAs),
                Remedies.publicAddress(from));
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
                Remedies.wayIn(region, to, publicAddress));
        decisions.tracked(to.netId(), Optional.empty(), Optional.empty());
        decisions.machine(Leg.THERE, Direction.INBOUND, to);
        to.nic().ifPresent(nic -> {
            decisions.border(Leg.THERE, Direction.INBOUND, to, nic, FarEnd.outside(source));
            decisions.groups(Direction.INBOUND, to, nic, FarEnd.outside(source));
        });
        exit.ifPresent(nic -> {
            decisions.sourceCheck(Leg.BACK, to, nic);
            decisions.border(Leg.BACK, Direction.OUTBOUND, to, nic, FarEnd.outside(source));
        });
        route(Leg.BACK, to, exit, source);
        publicAddress.ifPresent(seenAs -> decisions.note(
                new Step.Leaving(Leg.BACK, to.netId(), serviceOf(to), to.address(), Optional.of(seenAs)), List.of()));
    }

    /** @param exit the NIC through which the packet leaves */
    private void route(Leg leg, ResolvedEndpoint seat, Optional<Nic> exit, Ipv4 goal) {
        RouteTable table = seat.table(exit);
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
                        outcome(leg, seat, route, target)),
                Remedies.routeOutside(region, seat, table, goal));
    }

    private Outcome outcome(Leg leg, ResolvedEndpoint seat, Optional<Route> route, Optional<NetPeering> target) {
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
            case RouteTarget.NatService _, RouteTarget.Nic _ -> Outcome.NOT_LINKED;
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
