package dev.linkspan.core.operation;

import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteState;
import dev.linkspan.core.routing.RouteTarget;
import java.util.HashMap;
import java.util.Map;

/** The states of routes in one snapshot (R4); looks each peering up once, however many routes lead to it. */
public final class RouteStates {

    private final Snapshot snapshot;
    private final Map<NetPeeringId, RouteState> known = new HashMap<>();

    public RouteStates(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    public RouteState of(Route route) {
        return switch (route.target()) {
            case RouteTarget.Local _ -> RouteState.ACTIVE;
            case RouteTarget.Peering(NetPeeringId id) -> known.computeIfAbsent(id, this::through);
            case RouteTarget.InternetService _ -> RouteState.BLACKHOLE;
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
}
