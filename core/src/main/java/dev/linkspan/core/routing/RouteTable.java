package dev.linkspan.core.routing;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.Net;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The routes that some Subnets of a Net use.
 *
 * @param links who uses it, the main link first
 * @param routes in the order in which they were made, the local route first; one per destination (R5)
 * @param clientToken by which the call that made it is recognised when it is repeated
 */
public record RouteTable(
        RouteTableId id,
        NetId net,
        AccountId owner,
        List<RouteTableLink> links,
        List<Route> routes,
        Instant createdAt,
        Optional<String> clientToken) {

    public RouteTable {
        links = List.copyOf(links);
        routes = List.copyOf(routes);
    }

    /** A table that was not made with a client's token. */
    public RouteTable(
            RouteTableId id,
            NetId net,
            AccountId owner,
            List<RouteTableLink> links,
            List<Route> routes,
            Instant createdAt) {
        this(id, net, owner, links, routes, createdAt, Optional.empty());
    }

    /** A table that nobody uses yet: it holds the local route alone (R1). */
    public static RouteTable born(RouteTableId id, Net net, Instant now) {
        return born(id, net, now, Optional.empty());
    }

    /** Like {@link #born(RouteTableId, Net, Instant)}, made with this token if there is one. */
    public static RouteTable born(RouteTableId id, Net net, Instant now, Optional<String> clientToken) {
        Route local = new Route(net.range(), new RouteTarget.Local());
        return new RouteTable(id, net.id(), net.owner(), List.of(), List.of(local), now, clientToken);
    }

    public boolean main() {
        return links.stream().anyMatch(RouteTableLink::main);
    }

    public Optional<RouteTableLink> link(RouteTableLinkId id) {
        return links.stream().filter(link -> link.id().equals(id)).findFirst();
    }

    public Optional<RouteTableLink> linkOf(SubnetId subnet) {
        return links.stream()
                .filter(link -> link.subnet().filter(subnet::equals).isPresent())
                .findFirst();
    }

    /** The route to exactly this destination. */
    public Optional<Route> route(Cidr destination) {
        return routes.stream()
                .filter(route -> route.destination().equals(destination))
                .findFirst();
    }

    public RouteTable withLink(RouteTableLink added) {
        List<RouteTableLink> changed = new ArrayList<>(links);
        changed.add(added.main() ? 0 : changed.size(), added);
        return new RouteTable(id, net, owner, changed, routes, createdAt, clientToken);
    }

    public RouteTable withoutLink(RouteTableLinkId removed) {
        List<RouteTableLink> changed =
                links.stream().filter(link -> !link.id().equals(removed)).toList();
        return new RouteTable(id, net, owner, changed, routes, createdAt, clientToken);
    }

    public RouteTable withRoute(Route added) {
        List<Route> changed = new ArrayList<>(routes);
        changed.add(added);
        return new RouteTable(id, net, owner, links, changed, createdAt, clientToken);
    }

    /** The same table with this route in the place of the one to the same destination. */
    public RouteTable withRouteReplaced(Route replacement) {
        List<Route> changed = routes.stream()
                .map(route -> route.destination().equals(replacement.destination()) ? replacement : route)
                .toList();
        return new RouteTable(id, net, owner, links, changed, createdAt, clientToken);
    }

    public RouteTable withoutRoute(Cidr destination) {
        List<Route> changed = routes.stream()
                .filter(route -> !route.destination().equals(destination))
                .toList();
        return new RouteTable(id, net, owner, links, changed, createdAt, clientToken);
    }
}
