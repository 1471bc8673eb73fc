package dev.linkspan.server.network.ovn;

import dev.linkspan.core.securitygroup.Traffic;

/**
 * Compiles traffic into OVN's matching language. A mistake in it would be taken by the database and be in force nowhere, without a
 * word: so it is made of numbers and names alone.
 */
final class OvnMatch {

    private OvnMatch() {}

    /** Packets of IPv4 alone (S8). */
    static String of(Traffic traffic) {
        return switch (traffic) {
            case Traffic.All() -> "ip4";
            case Traffic.Ports(int protocol, int from, int to) ->
                ports(protocol == Traffic.TCP ? "tcp" : "udp", from, to);
            case Traffic.Icmp(int type, int code) ->
                "icmp4" + unlessAny("icmp4.type", type) + unlessAny("icmp4.code", code);
            case Traffic.Other(int protocol) -> "ip4 && ip.proto == " + protocol;
        };
    }

    private static String ports(String protocol, int from, int to) {
        String field = protocol + ".dst";
        if (from == to) {
            return "ip4 && %s == %d".formatted(field, from);
        }
        if (from == 0 && to == Traffic.Ports.LAST) {
            return "ip4 && " + protocol;
        }
        return "ip4 && %s >= %d && %s <= %d".formatted(field, from, field, to);
    }

    private static String unlessAny(String field, int value) {
        return value == Traffic.ANY ? "" : " && %s == %d".formatted(field, value);
    }

    /** The traffic as a part of a name. */
    static String word(Traffic traffic) {
        return switch (traffic) {
            case Traffic.All() -> "all";
            case Traffic.Ports(int protocol, int from, int to) ->
                "%s_%d_%d".formatted(protocol == Traffic.TCP ? "tcp" : "udp", from, to);
            case Traffic.Icmp(int type, int code) -> "icmp_%s_%s".formatted(word(type), word(code));
            case Traffic.Other(int protocol) -> "ip_" + protocol;
        };
    }

    private static String word(int number) {
        return number == Traffic.ANY ? "any" : Integer.toString(number);
    }
}
