package dev.linkspan.core.routing;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.CidrSet;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.SubnetId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where packets from a Subnet to an address go, and what decided it (R1, R2).
 *
 * @param table the table that decides for the Subnet
 * @param route the table's route that wins; empty where none covers the address
 */
public record RouteLookup(RouteTable table, Optional<Route> route) {

    /**
     * Looks up where packets from the Subnet to the address go.
     *
     * @param tables all tables of the Subnet's Net
     */
    public static RouteLookup of(Collection<RouteTable> tables, SubnetId from, Ipv4 to) {
        RouteTable table = tableOf(tables, from);
        return new RouteLookup(table, winner(table, to));
    }

    /** The table that decides for a Subnet: the one linked to it, else the Net's main one. */
    public static RouteTable tableOf(Collection<RouteTable> tables, SubnetId subnet) {
        Predicate<RouteTable> linked = table -> table.linkOf(subnet).isPresent();
        return tables.stream()
                .filter(linked)
                .findFirst()
                .or(() -> tables.stream().filter(RouteTable::main).findFirst())
                .orElseThrow(() -> new IllegalStateException("BUG: no main route table for %s".formatted(subnet)));
    }

    /** The table's route that wins: the local one inside the Net's range; elsewhere the one with the longest prefix. */
    public static Optional<Route> winner(RouteTable table, Ipv4 to) {
        Comparator<Route> byPrefix =
                Comparator.comparingInt(route -> route.destination().length());
        return table.routes().stream()
                .filter(route -> route.destination().contains(to))
                .max(Comparator.comparing(Route::isLocal).thenComparing(byPrefix));
    }

    /** The addresses of a range for which a route to this target wins. */
    public static CidrSet led(RouteTable table, Cidr range, RouteTarget target) {
        List<Route> byStrength = table.routes().stream()
                .sorted(Comparator.comparing(Route::isLocal)
                        .thenComparingInt(route -> route.destination().length())
                        .reversed())
                .toList();
        CidrSet open = CidrSet.of(List.of(range));
        CidrSet led = CidrSet.EMPTY;
        for (Route route : byStrength) {
            if (route.target().equals(target)) {
                led = led.union(open.intersection(CidrSet.of(List.of(route.destination()))));
            }
            open = open.minus(route.destination());
        }
        return led;
    }
}
