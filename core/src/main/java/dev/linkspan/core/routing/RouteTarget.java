package dev.linkspan.core.routing;

import dev.linkspan.core.id.NetPeeringId;

/** Where a route sends packets. */
public sealed interface RouteTarget {

    /** The Net itself (R1). */
    record Local() implements RouteTarget {}

    /** Another Net, through a peering (R3). */
    record Peering(NetPeeringId id) implements RouteTarget {}
}
