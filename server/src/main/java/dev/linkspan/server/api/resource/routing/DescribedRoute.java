package dev.linkspan.server.api.resource.routing;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.operation.RouteStates;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import java.util.Optional;

/**
 * A route in the words that both APIs have for it.
 *
 * @param origin the call that made it, by its name in both APIs
 * @param gateway the internet service that it leads to; {@code local} for the one that its table was born with (R1)
 * @param natService the NAT service that it leads to
 */
record DescribedRoute(
        Cidr destination,
        String origin,
        Optional<String> gateway,
        Optional<NetPeeringId> peering,
        Optional<NatServiceId> natService,
        String state) {

    /** The call that makes every route but the one that its table was born with. */
    private static final String CREATED = "CreateRoute";

    static DescribedRoute of(RouteTable table, Route route, RouteStates states) {
        String state = states.of(table.net(), route).label();
        return switch (route.target()) {
            case RouteTarget.Local _ ->
                new DescribedRoute(
                        route.destination(),
                        "CreateRouteTable",
                        Optional.of("local"),
                        Optional.empty(),
                        Optional.empty(),
                        state);
            case RouteTarget.Peering(NetPeeringId id) ->
                new DescribedRoute(
                        route.destination(), CREATED, Optional.empty(), Optional.of(id), Optional.empty(), state);
            case RouteTarget.InternetService(InternetServiceId id) ->
                new DescribedRoute(
                        route.destination(),
                        CREATED,
                        Optional.of(id.value()),
                        Optional.empty(),
                        Optional.empty(),
                        state);
            case RouteTarget.NatService(NatServiceId id) ->
                new DescribedRoute(
                        route.destination(), CREATED, Optional.empty(), Optional.empty(), Optional.of(id), state);
        };
    }
}
