package dev.linkspan.server.store;

import dev.linkspan.core.securitygroup.Traffic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a rule's traffic is in columns of these names.
 *
 * @param protocol its number, or -1 for every one
 * @param first the first port, or the ICMP type
 * @param last the last port, or the ICMP code
 */
record TrafficColumns(int protocol, Optional<Integer> first, Optional<Integer> last) {

    private static final int EVERY_PROTOCOL = -1;

    static TrafficColumns of(Traffic traffic) {
        return switch (traffic) {
            case Traffic.All() -> new TrafficColumns(EVERY_PROTOCOL, Optional.empty(), Optional.empty());
            case Traffic.Ports(int protocol, int from, int to) ->
                new TrafficColumns(protocol, Optional.of(from), Optional.of(to));
            case Traffic.Icmp(int type, int code) ->
                new TrafficColumns(Traffic.ICMP, Optional.of(type), Optional.of(code));
            case Traffic.Other(int protocol) -> new TrafficColumns(protocol, Optional.empty(), Optional.empty());
        };
    }

    static Traffic read(ResultSet row) throws SQLException {
        int protocol = Columns.number(row, "protocol");
        int first = Columns.number(row, "first");
        int last = Columns.number(row, "last");
        return switch (protocol) {
            case EVERY_PROTOCOL -> new Traffic.All();
            case Traffic.TCP, Traffic.UDP -> new Traffic.Ports(protocol, first, last);
            case Traffic.ICMP -> new Traffic.Icmp(first, last);
            default -> new Traffic.Other(protocol);
        };
    }
}
