package dev.linkspan.core.routing;

import dev.linkspan.core.address.Cidr;

/** One line of a route table: packets to this range go to this target, unless a longer prefix wins (R2). */
public record Route(Cidr destination, RouteTarget target) {

    public boolean isLocal() {
        return target instanceof RouteTarget.Local;
    }
}
