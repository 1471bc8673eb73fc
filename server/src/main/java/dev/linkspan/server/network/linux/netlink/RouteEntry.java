package dev.linkspan.server.network.linux.netlink;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import java.util.Optional;

/**
 * A route of one of the kernel's tables. Table, destination and metric are its key: of the routes to one destination, the
 * one with the lowest metric counts.
 *
 * @param table the number of the table; 254 is {@link #MAIN}
 */
public record RouteEntry(int table, Cidr destination, int metric, Hop hop) {

    /** The table that the kernel asks unless rules say otherwise. */
    public static final int MAIN = 254;

    /** What a route does with packets. */
    public sealed interface Hop {

        /** Drops them silently. */
        record Blackhole() implements Hop {}

        /** Sends them out to hosts that are on the link itself. */
        record OnLink(String device) implements Hop {}

        /**
         * Sends them to a gateway.
         *
         * @param onlink takes the gateway for a neighbour even though no address of the link says so
         */
        record Gateway(String device, Ipv4 address, boolean onlink) implements Hop {}

        /** Something that Linkspan never makes, such as a route with several hops; it can be listed and deleted. */
        record Foreign(int kernelType) implements Hop {}
    }

    /** Drops what goes there. */
    public static RouteEntry blackhole(int table, Cidr destination, int metric) {
        return new RouteEntry(table, destination, metric, new Hop.Blackhole());
    }

    /** To hosts on the link itself. */
    public static RouteEntry onLink(int table, Cidr destination, int metric, String device) {
        return new RouteEntry(table, destination, metric, new Hop.OnLink(device));
    }

    /** Through a neighbour that no address of the link makes reachable. */
    public static RouteEntry through(int table, Cidr destination, int metric, String device, Ipv4 gateway) {
        return new RouteEntry(table, destination, metric, new Hop.Gateway(device, gateway, true));
    }

    /** The link through which packets leave, where there is one. */
    public Optional<String> device() {
        return switch (hop) {
            case Hop.OnLink link -> Optional.of(link.device());
            case Hop.Gateway gateway -> Optional.of(gateway.device());
            case Hop.Blackhole _, Hop.Foreign _ -> Optional.empty();
        };
    }
}
