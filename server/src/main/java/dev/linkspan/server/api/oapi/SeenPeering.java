package dev.linkspan.server.api.oapi;

import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringState.Live;
import dev.linkspan.server.api.call.Position;
import java.time.Instant;

/** A peering with the time at which it is looked at, which its state and its place in an answer depend on. */
public record SeenPeering(NetPeering peering, Instant at) {

    /** The rank of the places of live ones. */
    static final int LIVE = 0;

    private static final int DEAD = 1;

    public Position position() {
        return position(peering.stateAt(at) instanceof Live, peering.createdAt(), peering.id());
    }

    /** Live ones before dead ones, then by creation. */
    static Position position(boolean live, Instant createdAt, NetPeeringId id) {
        return Position.byCreation(createdAt, id).ranked(live ? LIVE : DEAD);
    }
}
