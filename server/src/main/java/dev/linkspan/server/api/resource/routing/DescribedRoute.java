package dev.linkspan.server.api.resource.routing;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.net.Vm;
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
 * @param nic the NIC that it leads to, whether there is one of that id any more or not
 * @param vm the one that has that NIC, while one has
 */
record DescribedRoute(
        Cidr destination,
        String origin,
        Optional<String> gateway,
        Optional<NetPeeringId> peering,
        Optional<NatServiceId> natService,
        Optional<NicId> nic,
        Optional<Vm> vm,
        String state) {

    static DescribedRoute of(RouteTable table, Route route, RouteStates states) {
        RouteTarget target = route.target();
        return new DescribedRoute(
                route.destination(),
                route.isLocal() ? "CreateRouteTable" : "CreateRoute",
                route.isLocal()
                        ? Optional.of("local")
                        : target.internetService().map(InternetServiceId::value),
                target.peering(),
                target.natService(),
                target.nic(),
                target.nic().flatMap(states::appliance),
                states.of(table.net(), route).label());
    }
}
