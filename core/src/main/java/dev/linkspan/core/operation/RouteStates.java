package dev.linkspan.core.operation;

import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteState;
import dev.linkspan.core.routing.RouteTarget;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The states of routes in one snapshot (R4, X7); looks each target up once, however many routes lead to it. */
public final class RouteStates {

    private final Snapshot snapshot;
    private final Map<NetPeeringId, RouteState> known = new HashMap<>();
    private final Map<NetId, Optional<InternetServiceId>> internetServices = new HashMap<>();
    private final Map<NatServiceId, Boolean> natServices = new HashMap<>();

    public RouteStates(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** @param net the one whose route table holds the route */
    public RouteState of(NetId net, Route route) {
        return switch (route.target()) {
            case RouteTarget.Local _ -> RouteState.ACTIVE;
            case RouteTarget.Peering(NetPeeringId id) -> known.computeIfAbsent(id, this::through);
            case RouteTarget.InternetService(InternetServiceId id) -> outOf(net, id);
            case RouteTarget.NatService(NatServiceId id) -> by(id);
        };
    }

    /** A peering that has been forgotten was dead before. */
    private RouteState through(NetPeeringId id) {
        boolean live = snapshot.peerings()
                .find(id)
                .filter(peering -> peering.stateAt(snapshot.now()) instanceof PeeringState.Live)
                .isPresent();
        return live ? RouteState.ACTIVE : RouteState.BLACKHOLE;
    }

    /** A route leads to one of its own Net alone. */
    private RouteState by(NatServiceId id) {
        boolean exists = natServices.computeIfAbsent(
                id,
                it -> snapshot.natServices().find(it).filter(NatService::exists).isPresent());
        return exists ? RouteState.ACTIVE : RouteState.BLACKHOLE;
    }

    /** One that is at another Net, or at none, leads nowhere from here. */
    private RouteState outOf(NetId net, InternetServiceId id) {
        Optional<InternetServiceId> linked = internetServices.computeIfAbsent(
                net, it -> snapshot.internetServices().findOfNet(it).map(InternetService::id));
        return linked.filter(id::equals).isPresent() ? RouteState.ACTIVE : RouteState.BLACKHOLE;
    }
}
